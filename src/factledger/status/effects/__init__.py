"""What events do to states: those that they begin, and those that they end."""
