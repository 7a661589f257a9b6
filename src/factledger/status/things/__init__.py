"""Claims about one thing: which can all be right, and on which days they cannot."""
