"""Invented cases for the demo, carried through their lives by the product's own commands: `making.py` begins, `lives.py` tells."""
