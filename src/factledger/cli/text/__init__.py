"""Answers as lines for a terminal."""
