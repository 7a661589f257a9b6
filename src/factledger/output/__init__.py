"""One answer in words, in pictures and in formats."""
