"""Bugs that are planted in the product, each found by at least one law."""

from __future__ import annotations

from planted import differing, erasing, holding, knowing, meeting, writing
from planted.bug import Bug

PLANTED: tuple[Bug, ...] = (
    *knowing.BUGS,
    *holding.BUGS,
    *meeting.BUGS,
    *writing.BUGS,
    *erasing.BUGS,
    *differing.BUGS,
)
