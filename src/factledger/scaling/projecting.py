"""A projection folded part by part, and the parts put together."""
