"""Where things are in the log."""
