"""The parts of a ledger: what bears on what, and where its lines lie."""
