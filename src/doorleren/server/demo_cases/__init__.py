"""Invented cases for the demo, carried through their lives by the product's own commands: `beside.py` begins, `lives.py` tells."""
