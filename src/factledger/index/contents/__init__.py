"""What the entries of a log say, whatever their numbers are."""
