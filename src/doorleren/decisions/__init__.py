"""Assessing applications and deciding on them: one assesses, another decides, alone or many at once; each with its letter."""
