"""A ledger in a browser: a question → the values of a page → HTML, served or as files."""
