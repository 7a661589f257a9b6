"""Checks of what is erased, and of what would still tell of it."""
