"""Ways out of a ledger, and in: one format a file."""
