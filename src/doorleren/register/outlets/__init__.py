"""What leaves the register: the same training activities written in the standards of others. Pure: no database, no clock.

Every outlet reads `listed.Listed` and writes dicts, text or a file. What is not told is left out. Where a standard
demands a value that nobody told, its own word for unknown is written, and the docstring of the module says which.
"""
