"""The end of retention: what is due on a day, destroying it, and the lists that two people agree on."""
