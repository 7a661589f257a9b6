"""What makes a claim live: its readings, and what is said about it."""
