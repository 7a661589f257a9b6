"""Further questions: where words are, who held a post when, what a source says, what a day brought."""
