"""Laws of what arrives late, in another order, or about others."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import combinations

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.records.claims import Claim
from factledger.records.declarations import Source
from factledger.testing.few import ACTORS, COUNTRIES, few_claims, few_states
from factledger.testing.history import FIRST, extended, histories, opened
from factledger.testing.laws.law import Draw, every, law, published_cut
from factledger.testing.laws.periods import level
from factledger.testing.moves import Move
from factledger.testing.retelling import (
    all_unlike,
    elsewhere,
    renamed,
    renumbered,
    reordered,
    retargeted,
)
from factledger.testing.strategies import days

LATE, NO_TIME = FIRST + timedelta(days=1000), timedelta(0)


@law("late arrival is local")
def late_arrival(draw: Draw) -> None:
    """Under a single-valued key whose states begin on exact days, each attested on its first day
    only and open-ended: one more of them, read late, changes nothing before its first day and
    nothing from the first day of the next one on.
    """
    firsts = draw(st.lists(days(), min_size=2, max_size=5, unique=True))
    late, *known = firsts
    ledger = extended(opened(), ACTORS)
    for first in known:
        _attested_on(ledger, first)
    day = draw(days())
    before = every(ledger, day)
    _attested_on(ledger, late)
    later = [first for first in known if first > late]
    after = every(ledger, day)
    shown = [s for s in after if s.shown]
    if day < late or (later and day >= min(later)):
        assert [s for s in before if s.shown] == shown


def _attested_on(ledger: Ledger, day: Day) -> None:
    name = f"on-{day}"
    ledger.append(
        Source(id=name, title=name, published=str(day)), level(str(day), str(day), "..", name)
    )


# Ties are broken by content, never by arrival: claims of one date make many of them.
_OF_ONE_DATE = few_states().map(lambda c: attrs.evolve(c, since="2021-02", until=".."))


@law("permutation")
def permutation(draw: Draw) -> None:
    """The order in which claims and what backs or disputes them arrive changes no answer, as long
    as each comes after what it names.
    """
    claims = draw(st.sampled_from([None, _OF_ONE_DATE]))
    moves = () if claims is None else ("identify-claims", "tell-again")
    history = draw(histories(claims=claims, moves=moves))
    day, published = draw(days()), published_cut(draw)
    records = history.records
    assume(all_unlike(records))
    order = reordered(draw, records)
    number_of = {old + 2: new for new, old in enumerate(order, start=2)}
    moved = [retargeted(records[old], number_of) for old in order]
    together, apart = opened(LATE, NO_TIME), opened(LATE, NO_TIME)
    with suppress(Refused):
        extended(together, records)
        extended(apart, moved)
    assume(len(together) == len(apart) == len(records) + 1)
    before = [renumbered(s, number_of) for s in every(together, day, published=published)]
    after = [renumbered(s, {}) for s in every(apart, day, published=published)]
    assert sorted(before, key=repr) == sorted(after, key=repr)


@law("frame")
def frame(draw: Draw) -> None:
    """Claims about other actors never change an answer."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    ledger = history.ledger()
    others = [f"other-{actor.id}" for actor in ACTORS]
    known, before = len(ledger), every(ledger, day, published=published)
    extended(ledger, [elsewhere(actor) for actor in ACTORS])
    claims = [r for r in history.records if isinstance(r, Claim)]
    for claim in (*draw(st.permutations(claims)), Move(draw, ledger, few_claims()).claim):
        with suppress(Refused):
            ledger.append(elsewhere(claim))
    after = every(ledger, day, published=published)
    assert [s for s in after if s.number <= known] == list(before)
    assert all(p.actor in others for s in after if s.number > known for p in s.claim.participants)


@law("batches")
def batches(draw: Draw) -> None:
    """How records are put together into appends changes no answer."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    apart, together = opened(LATE, NO_TIME), opened(LATE, NO_TIME)
    left = list(history.records)
    with suppress(Refused):
        extended(apart, left)
        while left:
            size = draw(st.integers(1, len(left)))
            together.append(*left[:size])
            del left[:size]
    assume(len(apart) == len(together) == len(history.records) + 1)
    assert every(apart, day, published=published) == every(together, day, published=published)


@law("symmetry")
def symmetry(draw: Draw) -> None:
    """The view of a relationship is the same from either side."""
    ledger, day, published = draw(histories()).ledger(), draw(days()), published_cut(draw)
    view = ledger.as_of(day, published=published)
    for one, other in combinations(COUNTRIES, 2):
        assert view.between(one, other).every == view.between(other, one).every


@law("renaming")
def renaming(draw: Draw) -> None:
    """Renaming the actors, their order kept, renames them in the answers and changes nothing else."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    ledger = history.ledger()
    other = extended(opened(history.first, history.step), map(renamed, history.records))
    before = every(ledger, day, published=published)
    expected = [attrs.evolve(s, claim=renamed(s.claim)) for s in before]
    assert list(every(other, day, published=published)) == expected


LAWS = (late_arrival, permutation, batches, frame, symmetry, renaming)
