"""What is sent back whatever the page: replies and errors, files of the design, and to whom."""
