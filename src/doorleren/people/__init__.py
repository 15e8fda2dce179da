"""Bodies, persons, organisations, mandates and roles; who may do what; signing in."""
