"""The content of a ledger in words for people: the same in a terminal, a report and a page."""
