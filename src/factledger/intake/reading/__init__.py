"""How the file of another is read: its bytes, its cells, its dates."""
