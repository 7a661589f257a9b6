"""Citations for programs that show marks on a page."""
