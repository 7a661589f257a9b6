"""A view and a difference as a reader reads them."""
