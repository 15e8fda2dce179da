"""The acts of destruction."""
