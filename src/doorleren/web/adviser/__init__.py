"""The pages of career advisers, of people whom they registered, and of officials who look at who may be there twice."""
