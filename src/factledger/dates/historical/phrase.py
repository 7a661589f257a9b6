"""What a phrase says: a point, or a period."""

from __future__ import annotations

import attrs

from factledger.dates.historical.points import Point


@attrs.frozen
class Phrase:
    """What a phrase says: a point, or a period from one to another.

    Of a period `end` is a point, None where the source names none, or `..` where it goes on; and
    `start` is None where it names none. Of a point both are the same.
    """

    form: str
    start: Point | None
    end: Point | str | None
    period: bool = False
    doubts: tuple[str, ...] = ()

    @classmethod
    def at(cls, point: Point) -> Phrase:
        """Return what names one point."""
        return cls(point.form, point, point, doubts=point.doubts)
