"""The intake of the register: files of others become entries, row by row, with faults that say what to mend."""
