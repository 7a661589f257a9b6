"""The questions to a ledger, and their answers."""
