"""What must go: content taken out of a ledger, and what beside it still tells of it."""
