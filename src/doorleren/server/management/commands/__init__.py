"""Commands of Django that this site does in its own way."""
