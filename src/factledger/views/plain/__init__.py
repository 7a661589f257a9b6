"""A view as plain values: for JSON, for tables, for whoever prints it."""
