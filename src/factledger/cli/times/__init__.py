"""Times from third parties: what the commands that verify them share."""
