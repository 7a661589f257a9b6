"""A list in pages: where the pages before and after begin."""

from __future__ import annotations

import attrs


@attrs.frozen
class Paging:
    """The place of a page in a list of `total`: it shows up to `size` from the `first` on, from 0.

    >>> page = Paging(first=100, size=50, total=170)
    >>> page.previous, page.following, page.last_begins, str(page)
    (50, 150, 150, '101 to 150 of 170')
    """

    first: int
    size: int
    total: int

    @property
    def previous(self) -> int | None:
        """Where the page before begins, None for the first page."""
        return max(0, self.first - self.size) if self.first > 0 else None

    @property
    def following(self) -> int | None:
        """Where the page after begins, None for the last page."""
        after = self.first + self.size
        return after if after < self.total else None

    @property
    def last_begins(self) -> int:
        """Where the last page begins."""
        return max(self.total - 1, 0) // self.size * self.size

    @property
    def several(self) -> bool:
        """Whether there is more than this page."""
        return self.previous is not None or self.following is not None

    def __str__(self) -> str:
        last = min(self.first + self.size, self.total)
        return f"{self.first + 1:,} to {last:,} of {self.total:,}"
