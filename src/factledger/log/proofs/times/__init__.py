"""Times from third parties for a checkpoint: read from files, and never fetched."""
