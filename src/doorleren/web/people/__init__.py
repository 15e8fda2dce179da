"""Pages of people who sign in: choosing how, coming back, one's own account, and why something is not allowed."""
