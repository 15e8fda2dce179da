"""What writes to the ledger and to the accounts of payees."""
