"""What is asked of a ledger, and answered."""
