"""Evidence: the documents that a scheme asks, what a given file is, how it is kept, and who checked it (ADR 0022)."""
