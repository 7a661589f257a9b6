"""Who held a post → the JSON objects that `holders`, `gaps` and `overlaps` print; their keys are an API."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from factledger.views.plain.objects import actor_object, standing_object
from factledger.views.plain.shapes import StatusWord
from factledger.views.plain.time_shapes import GapShape, HeldShape, OverlapShape, TenureShape

if TYPE_CHECKING:
    from factledger.dates.days import Day
    from factledger.status.belief import Belief
    from factledger.views.inquiries.tenures import Gap, HeldStretch, Overlap, Tenure


def tenure_object(tenure: Tenure, belief: Belief) -> TenureShape:
    """Return a tenure as plain values."""
    return {
        "post": tenure.post,
        "holders": [actor_object(holder, belief) for holder in tenure.holders],
        "stretches": [held_object(stretch) for stretch in tenure.stretches],
        "standing": standing_object(tenure.standing, belief),
    }


def held_object(stretch: HeldStretch) -> HeldShape:
    """Return a stretch of days as plain values, None where it has no known beginning or end."""
    return {
        "from": _day(stretch.first),
        "to": _day(stretch.last),
        "status": cast(StatusWord, str(stretch.status)),
    }


def gap_object(gap: Gap, belief: Belief) -> GapShape:
    """Return a gap as plain values, with those who may have held the post."""
    return {
        "post": gap.post,
        "from": str(gap.first),
        "to": str(gap.last),
        "possibly": [tenure_object(tenure, belief) for tenure in gap.possibly],
    }


def overlap_object(overlap: Overlap, belief: Belief) -> OverlapShape:
    """Return an overlap as plain values, with both tenures."""
    return {
        "post": overlap.post,
        "from": _day(overlap.first),
        "to": _day(overlap.last),
        "one": tenure_object(overlap.one, belief),
        "other": tenure_object(overlap.other, belief),
    }


def _day(day: Day | None) -> str | None:
    return None if day is None else str(day)
