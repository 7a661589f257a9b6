"""A ledger in a browser: from a question to the values of a page, to HTML; served, or as files."""
