"""The portal: every training, and what it costs after funding. Pages that ask the register and write nothing."""
