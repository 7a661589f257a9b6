"""Bodies of claims, read and written as they are, without making records of them."""
