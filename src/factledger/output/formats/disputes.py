"""What is in dispute, and what is likely one thing, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable

from factledger.dates.days import BEGINNING
from factledger.output.words.disputes import side_sentence
from factledger.views.agreement.contradictions import Contradiction, Side
from factledger.views.plain.answer_shapes import DisputeShape, DisputesShape, SideShape
from factledger.views.plain.objects import cuts_object, standing_object, told_object
from factledger.views.view import View


def disputes_object(view: View, found: Iterable[Contradiction]) -> DisputesShape:
    """Return what is in dispute as plain values: how much was known, and each dispute."""
    return {**cuts_object(view.at), "disputes": [dispute_object(c, view) for c in found]}


def dispute_object(found: Contradiction, view: View) -> DisputeShape:
    """Return one dispute: its first and last day, null where it has none, and its sides."""
    return {
        "since": None if found.since == BEGINNING else str(found.since),
        "until": None if found.until is None else str(found.until),
        "sides": [side_object(side, view) for side in found.sides],
    }


def side_object(side: Side, view: View) -> SideShape:
    """Return one side: its entry in words, where it was said, and its standing, null for a bare `dispute`."""
    return {
        "entry": side.number,
        "says": side_sentence(side, view),
        "standing": None if side.standing is None else standing_object(side.standing, view.belief),
        "citations": [told_object(c, view.belief) for c in side.citations],
    }
