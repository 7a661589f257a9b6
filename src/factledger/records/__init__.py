"""What a line of the log can hold."""
