"""What claims say against one another, their dates apart: that it was so, how often, how much and where."""
