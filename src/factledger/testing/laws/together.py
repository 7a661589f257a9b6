"""Laws of several claims about one thing: what follows from them, and on which days they cannot be right."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.records.claims import Claim
from factledger.records.codec import from_body
from factledger.records.declarations import Source
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.testing.few import ACTORS, few_states
from factledger.testing.history import extended, histories, opened
from factledger.testing.laws.law import Draw, every, law
from factledger.testing.laws.periods import level
from factledger.testing.strategies import days


@law("publication settles")
def publication_settles(draw: Draw) -> None:
    """What a source tells as past had happened by the last day on which it can have been told."""
    day = draw(days(last="2021-12-31"))
    form = draw(st.sampled_from(["{0:04}", "{0:04}-{1:02}", "[..{2}]"]))
    date = form.format(day.year, day.month, day)
    ledger = _two_sources(day, day)
    ledger.append(_told("CONSULT", date, "s1"))
    assert [s.status for s in every(ledger, day)] == [Status.DEFINITE]


@law("once")
def once(draw: Draw) -> None:
    """Two days of what happens once contradict one another between them, and neither from the later
    on: it had happened by then.
    """
    first, second = sorted(draw(st.lists(days(), min_size=2, max_size=2, unique=True)))
    ledger = _two_sources(second, second)
    ledger.append(_told("born", str(first), "s1"), _told("born", str(second), "s2"))
    day = draw(st.sampled_from([first, Day(second - 1), second]) | days())
    between = first <= day < second
    found = every(ledger, day)
    assert [s.contested_by != () for s in found] == [between, between]
    assert [s.differs != () for s in found] == [True, True]
    if not between:
        assert {s.status for s in found} == {Status.NOT_YET if day < first else Status.DEFINITE}


@law("agreement merges")
def agreement_merges(draw: Draw) -> None:
    """Two sources that can both be right about one thing are one standing, which both support."""
    first, second = sorted(draw(st.lists(days(last="2021-12-31"), min_size=2, max_size=2)))
    known = draw(st.sampled_from(["once", "state"]))
    ledger = _two_sources(second, second)
    if known == "once":
        ledger.append(_told("born", str(first), "s1"), _told("born", str(first.year), "s2"))
    else:
        since = (str(first), str(first.year))
        ledger.append(*(level("one", s, "..", f"s{i}") for i, s in enumerate(since, 1)))
    found = every(ledger, draw(days()))
    assert [(s.support, len(s.also), s.differs) for s in found] == [(2, 1, ())]


@law("polarity")
def polarity(draw: Draw) -> None:
    """What one source asserts and another denies of the very same day is contested from that day on."""
    day = draw(days(last="2021-12-31"))
    ledger = _two_sources(day, day)
    type = draw(st.sampled_from(["CONSULT", "born", "public-statement"]))
    ledger.append(_told(type, str(day), "s1"), _told(type, str(day), "s2", polarity="denied"))
    asked = draw(st.sampled_from([Day(day - 1), day]) | days())
    wanted = Status.CONTESTED if asked >= day else Status.NOT_YET
    assert {s.status for s in every(ledger, asked)} == {wanted}


@law("nobody beside a holder")
def nobody_beside_a_holder(draw: Draw) -> None:
    """Nobody is possible beside a definite holder of a post."""
    history = draw(histories(claims=few_states("office"), moves=["claim"]))
    ledger, day = history.ledger(), draw(days())
    sides: dict[object, set[object]] = {}
    possible: dict[object, set[object]] = {}
    for standing in every(ledger, day):
        if standing.claim.type == "office" and standing.claim.factual:
            key, side = _side(ledger, standing)
            if standing.status is Status.DEFINITE:
                sides.setdefault(key, set()).add(side)
            elif standing.status is Status.POSSIBLE:
                possible.setdefault(key, set()).add(side)
    for key, holders in sides.items():
        assert len(holders) == 1
        assert possible.get(key, holders) <= holders


def _side(ledger: Ledger, standing: Standing) -> tuple[object, object]:
    """Return the post of an office, and all that tells its holders apart."""
    canonical, claim = ledger.belief().canonical, standing.claim
    post, holder = (frozenset(map(canonical, claim.actors(r))) for r in ("post", "holder"))
    return post, (holder, claim.mode, (claim.value or "").casefold())


def _two_sources(one: Day, other: Day) -> Ledger:
    days_of = {"s1": one, "s2": other}
    sources = (
        Source(id=name, title=name, publisher=name, published=str(day))
        for name, day in days_of.items()
    )
    return extended(opened(), [*ACTORS, *sources])


def _told(type_id: str, when: str, source: str, **fields: Any) -> Claim:
    """Return an event of one actor."""
    claim = from_body(
        {
            "kind": "event",
            "type": type_id,
            "when": when,
            "participants": [{"role": "actor", "actor": "p1"}],
            "citations": [{"source": source, "locator": "p. 1"}],
            **fields,
        }
    )
    assert isinstance(claim, Claim)
    return claim


LAWS = (publication_settles, once, agreement_merges, polarity, nobody_beside_a_holder)
