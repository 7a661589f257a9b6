"""Bundles to hand over: what was asked for, its proofs, and how to verify them."""
