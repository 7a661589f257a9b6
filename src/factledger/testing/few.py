"""Hypothesis strategies for claims that meet: about few actors, posts, sources and dates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import attrs
from hypothesis import strategies as st

from factledger.dates.dated import Edtf
from factledger.dates.edtf import parse, parse_endpoint
from factledger.records.claims import Assessment, Citation, Claim, Event, Participant, State, Tally
from factledger.records.declarations import Actor, Source, Type
from factledger.testing.strategies import counts, is_dated, maybe

FEW_DATES = (
    "2021-01-01", "2021-01-31", "2021-02-01", "2021-02-15", "2021-06-30", "2022-01-01",
    "2021-01-02", "2021-02-14", "2021-03-01", "2021-06-01", "2021-10-01", "2022-02-01",
    "2021", "2022", "2021-01", "2021-02", "2021-03", "2022-01", "2021-21",
    "2021?", "2021-02~", "2021-02-15%", "202X", "2021-XX-15",
    "[2021-01..2021-03]", "[2021-01-31,2021-06-30]", "[..2021-02]", "[2021-02..]",
    "[2021-02?..]", "[..2021-01,2022..]",
)  # fmt: skip
PUBLISHED = (
    None, "2022-03-05", "2021-10-01", "2021-06-30", "2021-02-15", "2022-02", "2022", "2021-12?",
    "2021-10/..", "[2021-06..2022-01]",
)  # fmt: skip
FEW_PERIODS = ("2021-01/2021-03", "2021-02-15/..", "../2021-02", "2021-02/", "{2021-01,2021-06}")

COUNTRIES = ("JPN", "UKR", "nippon")
PEOPLE = ("p1", "p2", "p3")
POSTS = ("pm", "premier")
PLACES = ("kyiv", "lviv")
ACTORS: tuple[Actor, ...] = (
    *(Actor(id=name, category="country", names=[name.title()]) for name in COUNTRIES),
    *(Actor(id=name, category="person", names=[name.upper()]) for name in PEOPLE),
    *(Actor(id=name, category="post", names=[name], of="JPN") for name in POSTS),
    *(Actor(id=name, category="place", names=[name]) for name in PLACES),
)
TYPES: tuple[Type, ...] = (
    Type(id="chair", shape="state", key=["post"], single=True),
    Type(id="zone", shape="state", key=["location"]),
    Type(id="handover", shape="event", begins=["chair", "office"], ends=["chair"]),
    Type(id="outbreak", shape="event", begins=["zone"]),
    Type(id="relief", shape="event", ends=["zone"]),
)


def few_dates() -> st.SearchStrategy[Edtf]:
    """Make dates out of few around 2021, of every kind, so that claims meet one another."""
    return st.sampled_from(FEW_DATES + FEW_PERIODS).map(parse)


def few_endpoints() -> st.SearchStrategy[Edtf]:
    """Make ends of states out of few around 2021, open and unknown among them."""
    return st.sampled_from(("..", "..", "..", "", *FEW_DATES)).map(parse_endpoint)


_DAYS, _LATER = st.sampled_from(FEW_DATES[:6]), st.sampled_from(("..", "..", "2022-02-01"))
_S1_OR_S2 = st.sampled_from(("s1", "s2"))

# Made once: making a strategy anew for each draw takes longer than drawing.
EVENT_DATES, ENDS = few_dates(), few_endpoints()
MAYBE_DATES, DATED_ENDS = maybe(EVENT_DATES), ENDS.filter(is_dated)


@st.composite
def few_sources(draw: st.DrawFn) -> list[Source]:
    """Make two to four sources: of few publishers, imprecisely dated, some copies of others."""
    return [draw(few_source(i)) for i in range(1, 1 + draw(st.integers(2, 4)))]


@cache
def few_source(number: int) -> st.SearchStrategy[Source]:
    """Make the source `s<number>`, perhaps a copy of one with a lower number."""
    earlier = [f"s{i}" for i in range(1, number)]
    return st.builds(
        Source,
        id=st.just(f"s{number}"),
        title=st.just(f"Story {number}"),
        publisher=st.sampled_from([None, "Times", "TIMES", "Post"]),
        published=st.sampled_from(PUBLISHED),
        retrieved=st.sampled_from([None, None, "2021-07-01", "2022-03"]),
        copy_of=st.sampled_from([None, None, *earlier]),
    )


# --- claims that meet


def few_claims(theme: str | None = None) -> st.SearchStrategy[Claim]:
    """Make claims of the four shapes about few actors and dates, without citations.

    `theme` narrows the states and events to one of `THEMES`, so that they meet more often.
    """
    states, events = few_states(theme), few_events(theme)
    return st.one_of(states, states, events, events, _tally(), _judgement())


@st.composite
def few_states(draw: st.DrawFn, theme: str | None = None) -> State:
    """Make states, some of them denied, planned or hypothetical; of one theme, if it is given."""
    type, people = draw(st.sampled_from(_of_theme(theme, 0)))
    return State(type=type, since=draw(ENDS), until=draw(ENDS), **draw(_told(people)))


@st.composite
def few_events(draw: st.DrawFn, theme: str | None = None) -> Event:
    """Make events that begin or end states, and visits; of one theme, if it is given."""
    type, people = draw(st.sampled_from(_of_theme(theme, 1)))
    return Event(type=type, when=draw(EVENT_DATES), **draw(_told(people)))


@cache
def plain_claims(theme: str) -> st.SearchStrategy[Claim]:
    """Make states and events of a theme of `THEMES` that are asserted, with days for their dates.

    Most stand. Each cites a page of `s1` or of `s2`.
    """
    told: dict[str, Any] = {
        "value": st.sampled_from(("partner", "ally")),
        "polarity": st.just("asserted"),
        "modality": st.just("actual"),
        "citations": st.builds(Citation, source=_S1_OR_S2, locator=st.just("p. 1")).map(
            lambda c: [c]
        ),
    }
    states: Any = st.builds(attrs.evolve, few_states(theme), since=_DAYS, until=_LATER, **told)
    events: Any = st.builds(attrs.evolve, few_events(theme), when=_DAYS, **told)
    return st.one_of(states, events).map(_barely).filter(lambda c: len(set(c.actors("party"))) != 1)


def _barely(claim: State | Event) -> State | Event:
    """Return a claim without what is told besides: on whose behalf, and where."""
    people = [attrs.evolve(p, of=None) for p in claim.participants]
    elsewhere = [p for p in people if p.role != "location"]
    return attrs.evolve(claim, participants=elsewhere or people)


def _of_theme(theme: str | None, which: int) -> list[tuple[str, Any]]:
    """Return the types of states (0) or events (1) of a theme, None for all, with their people."""
    names = list(THEMES) if theme is None else [theme]
    return [(type, _WHO[name]) for name in names for type in THEMES[name][which]]


def _tally() -> st.SearchStrategy[Tally]:
    people = _people(actor=COUNTRIES, recipient=COUNTRIES)
    dates = {"since": ENDS, "until": ENDS}
    return st.builds(
        Tally, type=st.just("CONSULT"), participants=people, count=counts(), **dates,
        polarity=_POLARITY, modality=_MODALITY,
    )  # fmt: skip


def _judgement() -> st.SearchStrategy[Assessment]:
    dates = {"when": MAYBE_DATES, "since": ENDS, "until": ENDS}
    return st.builds(Assessment, type=st.just("evaluative"), **dates)


_POLARITY = st.sampled_from(["asserted"] * 6 + ["denied"])
_MODALITY = st.sampled_from(["actual"] * 6 + ["presupposed", "planned", "hypothetical"])
VALUE = st.sampled_from([None, None, "partner", "Partner", "ally"])


@st.composite
def _told(draw: st.DrawFn, people: st.SearchStrategy[list[Participant]]) -> dict[str, Any]:
    return {
        "participants": draw(people),
        "value": draw(VALUE),
        "mode": None,
        "polarity": draw(_POLARITY),
        "modality": draw(_MODALITY),
    }


@st.composite
def _people(draw: st.DrawFn, /, **roles: Sequence[str]) -> list[Participant]:
    """Make one participant a role, some of them on behalf of a country, and a place at times."""
    found = [_participant(draw, role, names) for role, names in roles.items()]
    if draw(st.integers(0, 3)) == 0 and "location" not in roles:
        found.append(_participant(draw, "location", PLACES))
    return found


def _participant(draw: st.DrawFn, role: str, names: Sequence[str]) -> Participant:
    of = draw(st.sampled_from([None, None, None, *COUNTRIES]))
    return Participant(role=role, actor=draw(st.sampled_from(names)), of=of)


THEMES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "office": (("office", "office", "chair"), ("office-assumed", "office-left", "handover")),
    "level": (("relationship-level",), ("relationship-upgrade", "relationship-downgrade")),
    "relations": (("diplomatic-relations",), ("relations-established", "relations-severed")),
    "agreement": (("agreement-in-force",), ("entry-into-force", "agreement-terminated")),
    "sanctions": (("sanctions",), ("SANCTION", "sanctions-lifted", "CONSULT")),
    "zone": (("zone",), ("outbreak", "relief")),
    "concern": (("concern",), ("public-statement",)),
}
"""The types of states, and of the events that begin or end them, by what they are about."""

_PAIR = st.builds(
    lambda one, other: [*one, *other], _people(party=COUNTRIES), _people(party=COUNTRIES)
)
_WHO: dict[str, st.SearchStrategy[list[Participant]]] = {
    "office": _people(holder=PEOPLE, post=("pm", *POSTS)),
    "level": _PAIR,
    "relations": _PAIR,
    "agreement": _PAIR,
    "sanctions": _people(actor=COUNTRIES, recipient=COUNTRIES),
    "zone": _people(location=PLACES),
    "concern": _people(actor=PEOPLE, holder=PEOPLE, topic=COUNTRIES),
}
FEW_CLAIMS = [few_claims(theme) for theme in ("office", "level", *THEMES, None, None)]
