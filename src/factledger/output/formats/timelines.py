"""Lanes and curves → the JSON objects and the rows that `factledger timeline` and `plot` print.

Their keys are an API.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.output.pictures.curves import Curves
from factledger.output.pictures.lanes import Bar, Lanes, Stretch
from factledger.views.plain.objects import citation_object, cuts_object, redaction_object
from factledger.views.plain.shapes import StatusWord
from factledger.views.plain.time_shapes import BarShape, CurvesShape, LanesShape, StretchShape
from factledger.views.view import View

LANE_COLUMNS = (
    "group", "entry", "label", "shape", "type", "mode", "sentence", "because", "also",
    "from", "to", "status", "alone", "contested_by",
)  # fmt: skip

CURVE_COLUMNS = ("series", "name", "from", "value")


def lanes_object(lanes: Lanes, view: View) -> LanesShape:
    """Return lanes as plain values, with how much was known.

    A stretch without a day on which it begins or ends has None there.
    """
    return {
        "from": str(lanes.first),
        "to": str(lanes.last),
        **cuts_object(view.at),
        "lanes": [
            {"group": lane.group, "bars": [bar_object(bar) for bar in lane.bars]}
            for lane in lanes.lanes
        ],
        "redacted": [redaction_object(r) for r in view.redacted],
    }


def bar_object(bar: Bar) -> BarShape:
    """Return a bar as plain values."""
    standing = bar.standing
    return {
        "entry": standing.number,
        "label": standing.claim.label,
        "shape": standing.claim.shape,
        "type": standing.claim.type,
        "mode": standing.claim.mode,
        "sentence": standing.sentence,
        "because": standing.because,
        "also": list(standing.also),
        "stretches": [stretch_object(s) for s in bar.stretches],
        "citations": [citation_object(c) for c in standing.citations],
    }


def stretch_object(stretch: Stretch) -> StretchShape:
    """Return a stretch as plain values."""
    return {
        "from": known_day(stretch.first),
        "to": known_day(stretch.last),
        "status": cast(StatusWord, str(stretch.status)),
        "alone": cast(StatusWord, str(stretch.alone)),
        "contested_by": list(stretch.contested_by),
    }


def lanes_rows(lanes: Lanes) -> Iterator[tuple[str, ...]]:
    """Yield a row for each stretch, its cells in the order of `LANE_COLUMNS`."""
    for lane in lanes.lanes:
        for bar in lane.bars:
            for stretch in map(stretch_object, bar.stretches):
                flat = {"group": lane.group, **bar_object(bar), **stretch}
                yield tuple(_cell(flat[name]) for name in LANE_COLUMNS)


def _cell(value: object) -> str:
    """Return a value as a cell; several entries are joined with `; `."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def known_day(day: Day) -> str | None:
    """Return a day as text, None for the beginning and the end of time."""
    return str(day) if BEGINNING < day < FOREVER else None


def curves_object(curves: Curves, view: View) -> CurvesShape:
    """Return curves as plain values, with how much was known."""
    return {
        "series": curves.name,
        "from": str(curves.first),
        "to": str(curves.last),
        "per": cast(Any, curves.per),
        **cuts_object(view.at),
        "curves": [
            {"name": c.name, "points": [{"from": str(d), "value": v} for d, v in c.points]}
            for c in curves.curves
        ],
    }


def curves_rows(curves: Curves) -> Iterator[tuple[str, str, str, int]]:
    """Yield a row for each point, its cells in the order of `CURVE_COLUMNS`."""
    for curve in curves.curves:
        for day, value in curve.points:
            yield curves.name, curve.name, str(day), value
