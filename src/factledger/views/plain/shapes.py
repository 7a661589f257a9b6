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
    end_planned: bool
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
