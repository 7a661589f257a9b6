"""Ways out of a ledger: one format a file."""
