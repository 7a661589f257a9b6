"""What a ledger holds, in words for people: the same in a terminal, in a report and on a page."""
