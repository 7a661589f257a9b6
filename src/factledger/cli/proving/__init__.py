"""Checkpoints, proofs, keys and times in files that the command line reads."""
