"""Hypothesis strategies for the values that a ledger can hold, each by itself.

Whole histories, whose records fit together, are made in `factledger.testing.history`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from factledger.amendments import (
    REASONS,
    VERDICTS,
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Note,
    Redact,
    Retract,
    Withdraw,
)
from factledger.claims import (
    ABOUT_ROLES,
    MODALITIES,
    POLARITIES,
    ROLES,
    About,
    Assessment,
    Citation,
    Claim,
    Count,
    Event,
    Inferred,
    Participant,
    State,
    Tally,
)
from factledger.days import Day
from factledger.declarations import (
    CATEGORIES,
    POLICIES,
    SHAPE_NAMES,
    Actor,
    Header,
    ModeSentence,
    Source,
    Type,
)
from factledger.edtf import Edtf, parse, parse_endpoint
from factledger.errors import DateError
from factledger.records import Record

_SLUG = "abcxyzABCZ09._-"


# --- dates


def days(first: str = "2020-11-01", last: str = "2022-06-30") -> st.SearchStrategy[Day]:
    """Make days from `first` to `last`, both included."""
    return st.integers(Day.parse(first), Day.parse(last)).map(Day)


@st.composite
def dates(draw: st.DrawFn) -> Edtf:
    """Make dates of the whole EDTF profile: with X, qualifiers, seasons, intervals and sets."""
    kinds = (_simple(), _joined("{}/{}"), _joined("[{}..{}]"), _joined("{{{},{}}}"))
    return draw(_read(parse, st.one_of(kinds)))


@st.composite
def endpoints(draw: st.DrawFn) -> Edtf:
    """Make what one end of a state can be: a date, a set `[…]`, open or unknown."""
    kinds = (st.sampled_from(["..", ""]), _simple(), _joined("[{}..{}]"))
    return draw(_read(parse_endpoint, st.one_of(kinds)))


def is_dated(end: Edtf) -> bool:
    """Tell whether an end names days, and is neither open nor unknown."""
    return end.kind != "end"


def _simple() -> st.SearchStrategy[str]:
    """Make texts of single dates; some name days that do not exist."""
    year = st.builds(
        lambda sign, n: f"{sign}{n:04}", st.sampled_from(["", "", "", "-"]), st.integers(1, 9999)
    )
    month = st.sampled_from([f"{m:02}" for m in (*range(1, 13), *range(21, 42))] + ["XX", "1X"])
    day = st.sampled_from([f"{d:02}" for d in range(1, 32)] + ["XX", "X1", "2X"])
    plain = st.one_of(
        year,
        st.builds("{}-{}".format, year, month),
        st.builds("{}-{}-{}".format, year, month, day),
        year.map(lambda y: f"{y[:-1]}X"),
    )
    return st.builds("{}{}".format, plain, st.sampled_from(["", "", "", "?", "~", "%"]))


def _joined(pattern: str) -> st.SearchStrategy[str]:
    end = st.one_of(_simple(), st.just(""))
    return st.builds(pattern.format, end, end)


def _read(read: Callable[[str], Edtf], texts: st.SearchStrategy[str]) -> st.SearchStrategy[Edtf]:
    """Make the dates that the texts name; those that name none are passed over."""

    def date_or_none(text: str) -> Edtf | None:
        try:
            return read(text)
        except DateError:
            return None

    found: Any = texts.map(date_or_none).filter(lambda date: date is not None)
    return found  # type: ignore[no-any-return]


# --- texts


@st.composite
def slugs(draw: st.DrawFn) -> str:
    """Make identifiers: ASCII letters, digits, dots, hyphens and underscores."""
    return draw(st.sampled_from(_SLUG[:12])) + draw(st.text(_SLUG, max_size=11))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Make texts in any script with a character to read, control characters among them."""
    characters = st.characters(exclude_categories=["Cs"])
    return draw(st.text(characters, min_size=1, max_size=20).filter(str.strip))


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Make None, or what `strategy` makes."""
    return st.none() | strategy


# --- parts of claims


@st.composite
def participants(draw: st.DrawFn) -> Participant:
    """Make participants in every role."""
    return Participant(
        role=draw(st.sampled_from(ROLES)),
        actor=draw(slugs()),
        of=draw(maybe(slugs())),
        as_said=draw(maybe(texts())),
    )


def counts() -> st.SearchStrategy[Count]:
    """Make counts: exact, bounded, without an upper bound, and none."""
    most = st.one_of(st.none(), st.integers(0, 3))
    return st.builds(
        lambda low, more: Count(lower=low, upper=None if more is None else low + more),
        st.integers(0, 3),
        most,
    )


@st.composite
def citations(draw: st.DrawFn, sources: st.SearchStrategy[str] | None = None) -> Citation:
    """Make citations by quote, by position, sealed, and by locator."""
    start = draw(maybe(st.integers(0, 1000)))
    placed: dict[str, Any] = {}
    if start is not None:
        placed = {"start": start, "end": start + draw(st.integers(1, 100))}
        placed["sealed"] = draw(maybe(st.just("ab" * 32)))
    return Citation(
        source=draw(sources or slugs()),
        quote=draw(maybe(texts())),
        prefix=draw(maybe(texts())),
        locator=draw(texts()),
        **placed,
    )


def inferences() -> st.SearchStrategy[Inferred]:
    """Make notes on fields that the source does not say itself."""
    return st.builds(
        Inferred, field=st.sampled_from(["when", "value"]), reason=texts(), as_said=maybe(texts())
    )


# --- claims, of any content


def _few(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(strategy, max_size=3)


def _claim(kind: Callable[..., Claim], **fields: Any) -> st.SearchStrategy[Any]:
    return st.builds(
        kind,
        type=slugs(),
        mode=maybe(slugs()),
        value=maybe(texts()),
        contexts=_few(slugs()),
        participants=_few(participants()),
        polarity=st.sampled_from(POLARITIES),
        modality=st.sampled_from(MODALITIES),
        attributed_to=_few(slugs()),
        text=maybe(texts()),
        label=maybe(slugs()),
        citations=_few(citations()),
        inferred=_few(inferences()),
        **fields,
    )


def events() -> st.SearchStrategy[Event]:
    """Make events with any values that the fields take."""
    return _claim(Event, when=dates())


def states() -> st.SearchStrategy[State]:
    """Make states with any values that the fields take."""
    return _claim(State, since=endpoints(), until=endpoints())


def tallies() -> st.SearchStrategy[Tally]:
    """Make counts of events with any values that the fields take."""
    return _claim(Tally, count=counts(), since=endpoints(), until=endpoints())


def assessments() -> st.SearchStrategy[Assessment]:
    """Make judgements with any values that the fields take."""
    about = st.builds(About, role=st.sampled_from(ABOUT_ROLES), target=st.integers(1, 50))
    return _claim(
        Assessment, about=_few(about), when=maybe(dates()), since=endpoints(), until=endpoints()
    )


def claims() -> st.SearchStrategy[Claim]:
    """Make claims of the four shapes."""
    return st.one_of(events(), states(), tallies(), assessments())


# --- records


def sources() -> st.SearchStrategy[Source]:
    """Make sources with any values that the fields take."""
    return st.builds(
        Source,
        id=slugs(),
        title=texts(),
        publisher=maybe(texts()),
        url=maybe(texts()),
        published=maybe(dates()),
        retrieved=maybe(dates()),
        sha256=maybe(st.just("0" * 64)),
        complete=st.booleans(),
        policy=st.sampled_from(POLICIES),
        copy_of=maybe(slugs()),
        note=maybe(texts()),
    )


def actors() -> st.SearchStrategy[Actor]:
    """Make actors with any values that the fields take."""
    return st.builds(
        Actor,
        id=slugs(),
        category=st.sampled_from(CATEGORIES),
        names=st.lists(texts(), min_size=1, max_size=3),
        of=maybe(slugs()),
        iso3166=maybe(st.just("JPN")),
        wikidata=maybe(st.just("Q17")),
    )


def types() -> st.SearchStrategy[Type]:
    """Make declared types with any values that the fields take."""
    roles = _few(st.sampled_from(ROLES))
    return st.builds(
        Type,
        id=slugs(),
        shape=st.sampled_from(SHAPE_NAMES),
        group=slugs(),
        required=roles,
        modes=_few(slugs()),
        key=roles,
        single=st.booleans(),
        begins=_few(slugs()),
        ends=_few(slugs()),
        symmetric=st.booleans(),
        sentence=maybe(texts()),
        sentences=_few(st.builds(ModeSentence, mode=slugs(), sentence=texts())),
    )


def records() -> st.SearchStrategy[Record]:
    """Make records of every kind, each by itself: what they refer to need not be there."""
    target, cited, reason = st.integers(1, 50), _few(citations()), texts()
    contents = st.one_of(claims(), sources(), actors(), types())
    return st.one_of(
        contents,
        st.builds(
            Header, format=st.just(1), vocabulary=st.just(1), origin=slugs(), title=maybe(texts())
        ),
        st.builds(
            Correct,
            target=target,
            reason=st.sampled_from(REASONS),
            record=contents,
            note=maybe(texts()),
        ),
        st.builds(Close, target=target, until=endpoints().filter(is_dated), citations=cited),
        st.builds(Retract, target=target, reason=reason),
        st.builds(Corroborate, target=target, citations=cited),
        st.builds(Dispute, target=target, citations=cited),
        st.builds(Identify, actors=_few(slugs()), verdict=st.sampled_from(VERDICTS), reason=reason),
        st.builds(Identify, claims=_few(target), verdict=st.sampled_from(VERDICTS), reason=reason),
        st.builds(Withdraw, source=slugs(), reason=reason, citations=cited),
        st.builds(Redact, target=target, reason=reason, authority=texts()),
        st.builds(Note, text=reason, label=maybe(slugs()), citations=cited),
    )
