"""The acts on letters."""
