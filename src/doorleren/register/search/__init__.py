"""The read index of the register: what a visitor types and chooses, to activities that match and why."""
