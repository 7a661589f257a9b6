"""Which claims are live, and how each stands."""
