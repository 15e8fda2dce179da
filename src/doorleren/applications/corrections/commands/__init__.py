"""The acts in a request to correct: one module per side, each act one function."""
