"""Records: the values that a line of the log can hold."""
