"""Tracks: how each claim stands along time, by itself or beside others, and its turns."""
