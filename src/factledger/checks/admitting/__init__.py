"""What admission asks beside its checks: texts that were given, and what is there already."""
