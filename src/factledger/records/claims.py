"""Claims: events, states, tallies and assessments, with their participants and citations."""

from collections.abc import Iterable
from typing import Any, Literal, TypeAlias, get_args

import attrs

from factledger.dates.dated import Edtf
from factledger.errors import FieldError
from factledger.frozen import frozen
from factledger.records.fields import (
    at_most,
    exactly,
    maybe_text,
    maybe_whole_number,
    members,
    one_of,
    some_text,
    to_date,
    to_endpoint,
    to_tuple,
    to_when,
    whole_number,
)
from factledger.records.record import Record
from factledger.value import Value

Shape: TypeAlias = Literal["event", "state", "tally", "assessment"]
Polarity: TypeAlias = Literal["asserted", "denied"]
Modality: TypeAlias = Literal["actual", "presupposed", "planned", "hypothetical"]
Aspect: TypeAlias = Literal["since", "over", "no longer"]
"""How what lasts is told: for how long by now, when it was, or that it is no more."""

SHAPES: tuple[Shape, ...] = get_args(Shape)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
MODALITIES: tuple[Modality, ...] = get_args(Modality)

ROLES = (
    "actor", "recipient", "party", "holder", "post", "location", "topic", "with",
)  # fmt: skip
ABOUT_ROLES = ("cause", "effect", "before", "after", "topic")
DATES = ("when", "since", "until")

MOST_ACTORS = 64
"""The most actors that a claim names, since it is found under every two of them."""

CITE_BY = "cite the others in a corroborate record"
_GATHER = "declare a group and name that, or write several claims"

# A claim of these modalities says that something is so; the others say what was meant to be,
# or was turned over in the mind.
FACTUAL = frozenset({"actual", "presupposed"})


@frozen(kw_only=True, repr=False, eq=False)
class Participant(Value):
    """An actor that takes part in a claim, in a role.

    `of` is the actor on whose behalf (a minister visits for a country); `as_said` keeps the
    source's own words for the actor ("the then-Prime Minister").

    >>> Participant(role="actor", actor="kishida-fumio", of="JPN").of
    'JPN'
    """

    role: str = attrs.field(validator=one_of(*ROLES))
    actor: str = attrs.field(validator=some_text)
    of: str | None = attrs.field(default=None, validator=maybe_text)
    as_said: str | None = attrs.field(default=None, validator=maybe_text)


def actors_named(participants: Iterable[Participant]) -> list[str]:
    """Return the actors that participants name, each once, in order: who, and on whose behalf."""
    named = (name for p in participants for name in (p.actor, p.of) if name is not None)
    return list(dict.fromkeys(named))


def _few_actors(
    instance: object, attribute: "attrs.Attribute[Any]", value: tuple[Participant, ...]
) -> None:
    """Refuse more actors in one claim than it is worth keeping every two of."""
    _participants(instance, attribute, value)
    if 2 * len(value) > MOST_ACTORS:  # else there are not so many, whoever they act for
        _named(instance, attribute, tuple(actors_named(value)))


_participants = members(Participant, most=MOST_ACTORS, advice=_GATHER)
_named = at_most(MOST_ACTORS, f"those on whose behalf count as well; {_GATHER}")


@frozen(kw_only=True, repr=False, eq=False)
class Citation(Value):
    """The place in a source where a claim is said.

    `start` and `end` count code points of the source's text, `end` not included. A verbatim
    citation keeps the `quote`; a sealed one keeps `sealed`, the SHA-256 of the folded quote
    (see `factledger.citations.quotes`), so that a text which may not be copied can still be checked by
    whoever holds it. `locator` names a place that has no text offsets: a page, a row.

    >>> Citation(source="times-2023", start=10, end=42, sealed="ab" * 32).end
    42
    """

    source: str = attrs.field(validator=some_text)
    start: int | None = attrs.field(default=None, validator=maybe_whole_number(0))
    end: int | None = attrs.field(default=None, validator=maybe_whole_number(1))
    quote: str | None = attrs.field(default=None, validator=maybe_text)
    sealed: str | None = attrs.field(default=None, validator=maybe_text)
    prefix: str | None = attrs.field(default=None, validator=maybe_text)
    suffix: str | None = attrs.field(default=None, validator=maybe_text)
    locator: str | None = attrs.field(default=None, validator=maybe_text)

    def __attrs_post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            raise FieldError("citation", "start and end go together; give both or neither")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise FieldError("citation", f"start {self.start} is not before end {self.end}")
        if self.quote is None and self.start is None and self.locator is None:
            raise FieldError("citation", "says no place: give a quote, start and end, or a locator")
        if self.sealed is not None and self.start is None:
            raise FieldError("citation", "a sealed citation needs its start and end")


@frozen(kw_only=True, repr=False, eq=False)
class Inferred(Value):
    """A field that the source does not say itself, and why it holds what it holds.

    `as_said` keeps the words that it was worked out from ("last month").
    """

    field: str = attrs.field(validator=some_text)
    reason: str = attrs.field(validator=some_text)
    as_said: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class Count(Value):
    """A number of events: at least `lower`, at most `upper`, both included; no `upper` means not said.

    >>> str(Count(lower=7, upper=7)), str(Count(lower=2)), str(Count(lower=0, upper=0))
    ('7', '2 or more', 'no')
    """

    lower: int = attrs.field(validator=whole_number(0))
    upper: int | None = attrs.field(default=None, validator=maybe_whole_number(0))

    def __attrs_post_init__(self) -> None:
        if self.upper is not None and self.upper < self.lower:
            raise FieldError("count", f"upper {self.upper} is below lower {self.lower}")

    def __str__(self) -> str:
        if self.upper is None:
            return f"{self.lower} or more"
        if self.upper == 0:
            return "no"
        return f"{self.lower}" if self.lower == self.upper else f"{self.lower} to {self.upper}"


@frozen(kw_only=True, repr=False, eq=False)
class About(Value):
    """A claim that an assessment judges: its entry number and the part that it plays."""

    role: str = attrs.field(validator=one_of(*ABOUT_ROLES))
    target: int = attrs.field(validator=whole_number(1))


@frozen(kw_only=True, repr=False, eq=False)
class Claim(Record):
    """The fields of every claim, whatever its shape.

    `text` is the ledger keeper's own plain sentence, never the source's. Silence, denial and
    not knowing are three things: `polarity` says asserted or denied; `modality` says whether
    it is told as actual, presupposed (said in passing), planned or hypothetical;
    `attributed_to` names actors when the source only reports what they say, `told_to` whom they
    told it, and `told_when` the date; `hedge` keeps in a few words how far it vouches for it
    ("probably"), `condition` what it depends on ("if the extension holds"): such a claim is
    told as planned or hypothetical, for nobody says that it is so.
    """

    type: str = attrs.field(validator=some_text)
    mode: str | None = attrs.field(default=None, validator=maybe_text)
    value: str | None = attrs.field(default=None, validator=maybe_text)
    contexts: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    participants: tuple[Participant, ...] = attrs.field(
        default=(), converter=to_tuple, validator=_few_actors
    )
    polarity: Polarity = attrs.field(default="asserted", validator=one_of(*POLARITIES))
    modality: Modality = attrs.field(default="actual", validator=one_of(*MODALITIES))
    attributed_to: tuple[str, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(str)
    )
    told_to: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    told_when: Edtf | None = attrs.field(default=None, converter=to_date)
    hedge: str | None = attrs.field(default=None, validator=maybe_text)
    condition: str | None = attrs.field(default=None, validator=maybe_text)
    text: str | None = attrs.field(default=None, validator=maybe_text)
    label: str | None = attrs.field(default=None, validator=maybe_text)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation, advice=CITE_BY)
    )
    inferred: tuple[Inferred, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Inferred)
    )

    def __attrs_post_init__(self) -> None:
        if (self.told_to or self.told_when) and not self.attributed_to:
            told = "told_to and told_when are of what somebody told; give attributed_to as well"
            raise FieldError("claim", told)
        if self.condition is not None and self.modality in FACTUAL:
            told = "what has a condition is planned or hypothetical; say so in modality"
            raise FieldError("claim", told)

    @property
    def shape(self) -> Shape:
        """The shape of the claim, one of four."""
        return _SHAPE_OF[type(self)]

    @property
    def factual(self) -> bool:
        """Whether the claim says that something is so: asserted, and not merely planned."""
        return self.polarity == "asserted" and self.modality in FACTUAL

    def actors(self, role: str) -> tuple[str, ...]:
        """Return the actors that take part in `role`, in the order of the claim."""
        return tuple(p.actor for p in self.participants if p.role == role)


@frozen(kw_only=True, repr=False, eq=False)
class Event(Claim):
    """Something that happened, at `when`.

    >>> Event(type="CONSULT", mode="visit", when="2023-03").when.latest
    Day('2023-03-31')
    """

    when: Edtf = attrs.field(converter=to_when)


@frozen(kw_only=True, repr=False, eq=False)
class State(Claim):
    """Something that held, from `since` to `until`, both days included.

    Each end is an EDTF date of its own, `..` for open (still so when the source spoke) or
    empty for unknown; the two are never merged.

    >>> str(State(type="office", since="2021-10-04", until="..").until)
    '..'
    """

    since: Edtf = attrs.field(default=None, converter=to_endpoint)
    until: Edtf = attrs.field(default=None, converter=to_endpoint)


@frozen(kw_only=True, repr=False, eq=False)
class Tally(Claim):
    """A count of events over a period: "seven telephone conversations" from `since` to `until`.

    An open end means up to the source's publication.
    """

    count: Count = attrs.field(validator=exactly(Count))
    since: Edtf = attrs.field(default=None, converter=to_endpoint)
    until: Edtf = attrs.field(default=None, converter=to_endpoint)


@frozen(kw_only=True, repr=False, eq=False)
class Assessment(Claim):
    """A judgement about other claims: causal, evaluative or of order.

    Left out of views unless asked for. It has a `when`, or `since` and `until`.
    """

    about: tuple[About, ...] = attrs.field(default=(), converter=to_tuple, validator=members(About))
    when: Edtf | None = attrs.field(default=None, converter=to_date)
    since: Edtf = attrs.field(default=None, converter=to_endpoint)
    until: Edtf = attrs.field(default=None, converter=to_endpoint)


_SHAPE_OF = dict(zip((Event, State, Tally, Assessment), SHAPES, strict=True))


def doubt_of(record: object) -> str | None:
    """Return on what a record depends, and how far its source vouches for it; None for neither."""
    held = (getattr(record, name, None) for name in ("condition", "hedge"))
    return ", ".join(filter(None, held)) or None
