"""Bytes that are hashed and kept; nothing here knows a claim."""
