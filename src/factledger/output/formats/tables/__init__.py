"""Answers as tables of typed columns."""
