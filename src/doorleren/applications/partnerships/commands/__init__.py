"""The acts of applying together, one module each."""
