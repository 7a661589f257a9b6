"""What a question names: a part of a view, and actors by name."""
