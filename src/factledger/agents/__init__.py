"""Tools for programs that converse; the only room that knows mcp."""
