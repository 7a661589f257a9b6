"""Mutation testing: the code changed in one place at a time, to see whether a test fails."""
