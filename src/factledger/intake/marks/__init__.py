"""Passages that somebody marked in other programs → a draft with each quote proved."""
