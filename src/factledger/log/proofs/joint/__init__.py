"""Proofs of several entries at once."""
