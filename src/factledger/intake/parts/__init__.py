"""A large file into the ledger: its rows mapped and tried in parts, wherever, and appended by one."""
