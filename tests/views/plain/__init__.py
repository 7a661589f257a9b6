"""Tests of views as plain values."""
