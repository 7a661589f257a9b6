"""Dates in the words of the reader's language: `2019-23` is "autumn 2019"."""
