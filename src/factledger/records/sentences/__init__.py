"""A claim in a sentence: the words are data and a little grammar, the meaning is the claim's own."""
