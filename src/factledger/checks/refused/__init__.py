"""What becomes of what is refused, until all of its draft is."""
