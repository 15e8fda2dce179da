"""The training register: providers, training activities, admission, search, and what goes in and out."""
