"""Maps for files that many have, and what makes rows of those that are no table."""
