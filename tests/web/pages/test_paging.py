"""Lists in pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factledger.web.pages.paging import Paging


@given(st.integers(1, 7), st.integers(0, 40))
def test_pages_reach_every_place_once(size: int, total: int) -> None:
    """From the first page the links lead over all places to the last page, and back the same way."""
    starts, at = [0], Paging(0, size, total)
    while at.following is not None:
        at = Paging(at.following, size, total)
        starts.append(at.first)
    assert starts == list(range(0, max(total, 1), size))
    assert at.last_begins == starts[-1]
    while at.previous is not None:
        at = Paging(at.previous, size, total)
        assert at.first == starts[-2]
        starts.pop()
    assert Paging(0, size, total).several is (total > size)
