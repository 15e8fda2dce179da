"""The plan of a partnership: development paths, with the numbers of people as a range that may be adjusted later."""
