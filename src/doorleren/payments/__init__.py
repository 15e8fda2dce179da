"""Money: the double-entry ledger, the accounts that payees are paid on, and what is built on both."""
