"""Who makes replies: a thread for the light ones, a process of lower priority for the others."""
