"""What may be given for an option: a path that is named, a number in plain digits."""
