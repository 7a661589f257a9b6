"""The ledger that users hold, and a store with its index, kept in step."""
