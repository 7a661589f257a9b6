"""A quote against a text, and what a reader must not overlook beside it."""
