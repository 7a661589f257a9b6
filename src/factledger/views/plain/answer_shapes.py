"""The shapes of answers about answers and entries: what differs, why, what is in dispute, what was found."""

from __future__ import annotations

from typing import Literal, TypedDict

from factledger.views.plain.shapes import (
    CitationShape,
    CoordinatesShape,
    CutsShape,
    DayText,
    EntryShape,
    RecordedShape,
    RedactionShape,
    StandingShape,
)


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
    apart: int
    reason: str
    standings: list[StandingShape]


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
