"""Everyday dates of the past: from the words of a register to a date of the profile."""
