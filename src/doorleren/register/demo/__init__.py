"""A small register to look around in: made-up providers, and trainings as they are really given. Only with demo data."""
