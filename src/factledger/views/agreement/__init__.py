"""Where sources agree and where they do not: what is in dispute, and what is likely one thing."""
