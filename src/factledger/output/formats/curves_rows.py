"""Curves → the JSON object and the rows that `factledger plot --series` writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factledger.output.pictures.curves import Curves
from factledger.views.view import View

COLUMNS = ("series", "name", "from", "value")


def curves_object(curves: Curves, view: View) -> dict[str, Any]:
    """Return curves as plain values, with how much was known."""
    at = view.at
    return {
        "series": curves.name,
        "from": str(curves.first),
        "to": str(curves.last),
        "per": curves.per,
        "recorded": {"entry": at.recorded, "at": at.recorded_at},
        "published": None if at.published is None else str(at.published),
        "head": at.head,
        "curves": [
            {"name": c.name, "points": [{"from": str(d), "value": v} for d, v in c.points]}
            for c in curves.curves
        ],
    }


def curves_rows(curves: Curves) -> Iterator[tuple[str, str, str, int]]:
    """Yield a row for each point, its cells in the order of `COLUMNS`."""
    for curve in curves.curves:
        for day, value in curve.points:
            yield curves.name, curve.name, str(day), value
