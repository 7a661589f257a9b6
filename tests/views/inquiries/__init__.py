"""Tests of the further questions."""
