"""What is done to a plan."""
