"""The public pages of rounds: which are open, planned or over, and how one stands now. No ticket is looked at for them."""
