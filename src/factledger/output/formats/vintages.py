"""Vintages → JSON objects and flat rows; the keys are an API."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.output.formats.views import STANDING_HEAD, standing_row
from factledger.views.plain.answer_shapes import VintageShape
from factledger.views.plain.objects import standing_object
from factledger.views.vintages import Vintage

VINTAGE_COLUMNS = ("recorded", "at", *STANDING_HEAD)


def vintage_object(vintage: Vintage) -> VintageShape:
    """Return a vintage as plain values: the entry from which on it was answered, and the answer."""
    return {
        "recorded": {"entry": vintage.recorded, "at": vintage.at},
        "standings": [standing_object(s, vintage.view.belief) for s in vintage.answer.standings],
    }


def vintage_rows(vintage: Vintage) -> Iterator[tuple[str, ...]]:
    """Yield a row for each standing of an answer; for an unknown one a row without a standing."""
    place = str(vintage.recorded), vintage.at
    for standing in vintage.answer.standings:
        yield (*place, *standing_row(standing, vintage.view.belief))
    if not vintage.answer:
        yield (*place, *("" for _ in STANDING_HEAD))
