"""Which entries words are in: in a table of SQLite, or in memory, with the same answers."""
