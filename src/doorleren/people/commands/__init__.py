"""The only places that write about people: one function per act, each with its entry in the record."""
