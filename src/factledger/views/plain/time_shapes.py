"""The shapes of what is told along time: claims in lanes, curves, tenures with what lies between."""

from __future__ import annotations

from typing import Literal, TypedDict

from factledger.records.claims import Shape
from factledger.views.plain.shapes import (
    CutsShape,
    DayText,
    NamedShape,
    PlaceShape,
    RedactionShape,
    StandingShape,
    StatusWord,
)

StretchShape = TypedDict(
    "StretchShape",
    {
        "from": DayText | None,
        "to": DayText | None,
        "status": StatusWord,
        "alone": StatusWord,
        "contested_by": list[int],
    },
)


class BarShape(TypedDict):
    """A claim along time."""

    entry: int
    label: str | None
    shape: Shape
    type: str
    mode: str | None
    sentence: str
    because: int | None
    also: list[int]
    stretches: list[StretchShape]
    citations: list[PlaceShape]


class LaneShape(TypedDict):
    """The bars of a group of types."""

    group: str
    bars: list[BarShape]


SeenShape = TypedDict("SeenShape", {"from": DayText, "to": DayText})


class LanesShape(CutsShape, SeenShape):
    """Claims in lanes along time: the JSON of `timeline`, and of `plot`."""

    lanes: list[LaneShape]
    redacted: list[RedactionShape]


PointShape = TypedDict("PointShape", {"from": DayText, "value": int})


class CurveShape(TypedDict):
    """A number along time."""

    name: str
    points: list[PointShape]


class CurvesShape(CutsShape, SeenShape):
    """A projection along time: the JSON of `plot --series`."""

    series: str
    per: Literal["month", "quarter", "year"] | None
    curves: list[CurveShape]


HeldShape = TypedDict(
    "HeldShape", {"from": DayText | None, "to": DayText | None, "status": StatusWord}
)


class TenureShape(TypedDict):
    """Who held a post, and on which days: the JSON of `holders` is a list of them."""

    post: str
    holders: list[NamedShape]
    stretches: list[HeldShape]
    standing: StandingShape


GapDays = TypedDict("GapDays", {"from": DayText, "to": DayText})


class GapShape(GapDays):
    """Days on which nobody is known to have held a post: the JSON of `gaps` is a list of them."""

    post: str
    possibly: list[TenureShape]


OverlapDays = TypedDict("OverlapDays", {"from": DayText | None, "to": DayText | None})


class OverlapShape(OverlapDays):
    """Days on which two held one post: the JSON of `overlaps` is a list of them."""

    post: str
    one: TenureShape
    other: TenureShape
