"""Pure Python that everything stands on: exact money, days, three-valued logic. No Django, clock or network."""
