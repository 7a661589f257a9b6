"""The shapes of what is printed as JSON: type checkers hold the code to them, schemas are made of them.

A key is never taken away and never changes its meaning; where one comes, `SCHEMA` rises.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

from factledger.records.claims import Modality, Polarity, Shape

SCHEMA = 3
"""The number of the shapes, part of the name of each schema."""

StatusWord: TypeAlias = Literal["definite", "possible", "presumed", "contested", "ended", "not-yet"]
DayText: TypeAlias = str
"""A day as YYYY-MM-DD, a year before 0000 or after 9999 as EDTF writes it."""


class RecordedShape(TypedDict):
    """How much of the log counts: the last entry, and its instant."""

    entry: int
    at: str | None


class CutsShape(TypedDict):
    """How much was known."""

    recorded: RecordedShape
    published: DayText | None
    head: str


class CoordinatesShape(CutsShape):
    """Where a view stands: its day, and how much was known."""

    valid: DayText


class RedactionShape(TypedDict):
    """An entry whose content was erased."""

    entry: int
    by: int | None
    at: str | None
    reason: str | None
    authority: str | None


class NamedShape(TypedDict):
    """An actor: its id, and the name to show."""

    actor: str
    name: str


class ParticipantShape(NamedShape):
    """Who takes part in a claim, in which role, and on whose behalf."""

    role: str
    of: str | None
    of_name: str | None
    as_said: str | None


class CountShape(TypedDict):
    """A number of events; no upper bound means not said."""

    lower: int
    upper: int | None


class PlaceShape(TypedDict):
    """The place in a source where a claim is said."""

    source: str
    start: int | None
    end: int | None
    sealed: str | None


class CitationShape(PlaceShape):
    """A place in a source, its words, and who published it."""

    quote: str | None
    locator: str | None
    publisher: str | None
    published: str | None


class SupportShape(CitationShape):
    """A place in a source where a standing is said, with the doubt of that source."""

    hedge: str | None


class InferredShape(TypedDict):
    """A field of a claim that its source does not say, and why it is as it is."""

    field: str
    reason: str
    as_said: str | None


class StandingShape(TypedDict):
    """A claim together with its status at a date."""

    entry: int
    label: str | None
    shape: Shape
    group: str
    type: str
    mode: str | None
    value: str | None
    count: CountShape | None
    status: StatusWord
    polarity: Polarity
    modality: Modality
    attributed_to: list[NamedShape]
    told_to: list[NamedShape]
    told_when: str | None
    hedge: str | None
    condition: str | None
    sentence: str
    participants: list[ParticipantShape]
    contexts: list[str]
    when: str | None
    since: str | None
    until: str | None
    attested: DayText | None
    because: int | None
    also: list[int]
    alone: StatusWord
    contested_by: list[int]
    differs: list[int]
    support: int
    publishers: list[str]
    inferred: list[InferredShape]
    citations: list[SupportShape]


class ViewShape(CoordinatesShape):
    """What stood on a date: the JSON of `asof`."""

    standings: list[StandingShape]
    redacted: list[RedactionShape]


class CauseShape(TypedDict):
    """An entry that changed a standing."""

    entry: int
    kind: str
    reason: str | None


class StepShape(TypedDict):
    """A standing that is another in the later answer."""

    kind: str
    leg: Literal["valid", "recorded", "published"]
    day: DayText | None
    by: list[CauseShape]
    sources: list[str]
    before: StandingShape | None
    after: StandingShape | None


class DifferenceShape(TypedDict):
    """What differs between two answers: the JSON of `diff`."""

    before: CoordinatesShape
    after: CoordinatesShape
    world: list[StepShape]
    learnt: list[StepShape]
    corrected: list[StepShape]
    withdrawn: list[StepShape]
    erased: list[StepShape]
    redacted: list[RedactionShape]


class EntryShape(TypedDict):
    """An entry: the JSON of `log` and `export`; the record of an erased one is null."""

    entry: int
    at: str
    batch: int
    hash: str
    record: dict[str, Any] | None


class AddressedShape(EntryShape):
    """An entry with its address, the JSON of `show`; of an erased one it is empty."""

    address: str


class ToldShape(TypedDict):
    """A reading of a claim, or what was said about it, and what became of that."""

    entry: int
    kind: str
    state: str
    by: int | None
    sentence: str
    citations: list[CitationShape]


class TurnShape(StandingShape):
    """A standing from a day on."""

    day: DayText | None


class AccountShape(EntryShape):
    """Why a claim stands as it does: the JSON of `why`."""

    recorded: RecordedShape
    head: str
    sentence: str
    citations: list[CitationShape]
    readings: list[ToldShape]
    said: list[ToldShape]
    turns: list[TurnShape]
    retired_by: int | None
    valid: DayText | None
    standings: list[StandingShape] | None
    steps: list[StepShape] | None


class SideShape(TypedDict):
    """One side of a dispute."""

    entry: int
    says: str
    standing: StandingShape | None
    citations: list[CitationShape]


class DisputeShape(TypedDict):
    """What cannot all be right."""

    since: DayText | None
    until: DayText | None
    sides: list[SideShape]


class DisputesShape(CutsShape):
    """What is in dispute: the JSON of `disputes`."""

    disputes: list[DisputeShape]


class VintageShape(TypedDict):
    """An answer, and from where on it was given: the JSON of `vintages` is a list of them."""

    recorded: RecordedShape
    standings: list[StandingShape]


class SuggestionShape(TypedDict):
    """Two claims that are likely one thing: the JSON of `suggest` is a list of them."""

    claims: list[int]
    exact: bool
    reason: str
    standings: list[StandingShape]


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


class FoundShape(EntryShape):
    """An entry that a search found, in a sentence."""

    kind: str
    sentence: str
    retired_by: int | None


class SearchShape(CutsShape):
    """The entries in which words are, newest first: the JSON of `search`."""

    query: str
    total: int
    first: int
    beginnings: bool
    facets: dict[str, dict[str, int]]
    entries: list[FoundShape]
