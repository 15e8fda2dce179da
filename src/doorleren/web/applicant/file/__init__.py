"""My file: how an application stands, its letters, the decision and what it rests on, what one can do, and who looked."""
