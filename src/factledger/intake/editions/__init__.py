"""A file that is published anew: its rows against what stands of the edition before."""
