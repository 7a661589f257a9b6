"""Tests of the indexes of words."""
