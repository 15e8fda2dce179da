"""How the table of acts came to be."""
