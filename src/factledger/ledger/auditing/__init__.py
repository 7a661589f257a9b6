"""A ledger held against what it promises: its log read again, its index made anew."""
