"""Proofs that nothing was changed, for somebody who does not trust us."""
