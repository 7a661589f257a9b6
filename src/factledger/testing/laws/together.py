"""Laws of several claims about one thing: what follows from them, and on which days they cannot be right."""

from __future__ import annotations

from typing import Any

import attrs
from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.records.amendments import Dispute, Retract
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


@law("denied state")
def denied_state(draw: Draw) -> None:
    """A denied state that is only presumed ends on the day on which a source says that it began."""
    first, second = sorted(
        draw(st.lists(days(last="2021-12-31"), min_size=2, max_size=2, unique=True))
    )
    ledger = _two_sources(first, second)
    not_so = attrs.evolve(level("one", str(first), "..", "s1"), polarity="denied")
    ledger.append(not_so, level("one", str(second), "..", "s2"))
    day = draw(st.sampled_from([first, Day(second - 1), second]) | days(str(first)))
    found = [(s.claim.polarity, s.status) for s in every(ledger, day) if s.shown]
    if day < second:
        presumed = Status.PRESUMED if day > first else Status.DEFINITE
        assert found == [("denied", presumed)]
    else:
        assert found == [("asserted", Status.PRESUMED if day > second else Status.DEFINITE)]


@law("counts and amounts")
def counts_and_amounts(draw: Draw) -> None:
    """Two counts of one period, or two amounts of one time, are contested once both are settled, if
    there is no number in both.
    """
    first, last = sorted(draw(st.lists(days(last="2021-12-31"), min_size=2, max_size=2)))
    ledger = _two_sources(last, last)
    numbers = [draw(st.integers(1, 3)) for _ in range(2)]
    period = {"since": str(first), "until": str(last)}
    if draw(st.booleans()):
        told: list[dict[str, Any]] = [
            {"kind": "tally", "type": "CONSULT", "count": {"lower": n, "upper": n}} for n in numbers
        ]
    else:
        told = [{"kind": "state", "type": "figure", "value": f"{n} people"} for n in numbers]
        told = [{**one, "participants": [{"role": "topic", "actor": "p1"}]} for one in told]
    ledger.append(
        *(_told(when=None, source=f"s{i}", **one, **period) for i, one in enumerate(told, 1))
    )
    day = draw(st.sampled_from([Day(last - 1), last]) | days())
    settled = all(s.alone is Status.DEFINITE for s in every(ledger, day))
    against = numbers[0] != numbers[1] and settled
    assert [s.status is Status.CONTESTED for s in every(ledger, day)] == [against, against]


@law("dispute")
def dispute(draw: Draw) -> None:
    """A dispute contests a claim on each day on which it is shown else, and on no other; once it is
    taken back, all is as before.
    """
    history = draw(histories(moves=["claim"]))
    ledger, day = history.ledger(), draw(days())
    before = {s.number: s for s in every(ledger, day) if not s.also and not s.derived}
    if not before:
        return
    target = draw(st.sampled_from(sorted(before)))
    citation = before[target].claim.citations[0]
    [entry] = ledger.append(Dispute(target=target, citations=[citation]))
    found = {s.number: s for s in every(ledger, day) if not s.derived}[target]
    assert (entry.number in found.contested_by) == found.alone.shown
    ledger.append(Retract(target=entry.number, reason="taken back"))
    after = {s.number: s for s in every(ledger, day) if not s.derived}[target]
    assert after == before[target]


@law("begins by mode")
def begins_by_mode(draw: Draw) -> None:
    """An event begins the states that its type names for its mode, and no others."""
    day = draw(days(last="2021-12-31"))
    mode = draw(st.sampled_from([None, "expel"]))
    ledger = _two_sources(day, day)
    who = [{"role": role, "actor": a} for role, a in (("actor", "JPN"), ("recipient", "UKR"))]
    ledger.append(_told("SANCTION", str(day), "s1", mode=mode, participants=who))
    begun = [s.claim.type for s in every(ledger, day) if s.derived]
    assert begun == ([] if mode else ["sanctions"])


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


def _told(type: str, when: str | None, source: str, **fields: Any) -> Claim:
    """Return a claim about one actor, an event if no kind is given."""
    body = {
        "kind": "event",
        "type": type,
        "when": when,
        "participants": [{"role": "actor", "actor": "p1"}],
        "citations": [{"source": source, "locator": "p. 1"}],
        **fields,
    }
    claim = from_body({name: value for name, value in body.items() if value is not None})
    assert isinstance(claim, Claim)
    return claim


LAWS = (
    publication_settles,
    once,
    agreement_merges,
    polarity,
    denied_state,
    counts_and_amounts,
    dispute,
    begins_by_mode,
    nobody_beside_a_holder,
)
