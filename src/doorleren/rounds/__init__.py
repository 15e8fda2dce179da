"""Rounds: what can be spent, in which order applications are treated, and which place each one gets."""
