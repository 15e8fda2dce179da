"""The acts of assessing and deciding, one function each."""
