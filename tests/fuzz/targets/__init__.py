"""What is fuzzed: each module has `one(data)`, which raises where bytes break a promise."""
