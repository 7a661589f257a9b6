"""Laws along the days: of what stands when."""

from __future__ import annotations

from contextlib import suppress

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.errors import Refused
from factledger.records.claims import SHAPES, Claim
from factledger.records.declarations import Source
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.testing.few import ACTORS, TYPES, few_claims, few_dates, few_states
from factledger.testing.history import extended, histories, opened
from factledger.testing.laws.law import Draw, every, law, published_cut
from factledger.testing.moves import Move
from factledger.testing.strategies import days


@law("steps")
def steps(draw: Draw) -> None:
    """A view changes on the days that its changes name, and on no others."""
    claims = draw(st.sampled_from([None, few_states("level")]))
    history, published = draw(histories(claims=claims)), published_cut(draw)
    ledger = history.ledger()
    named = sorted({c.day for c in ledger.changes(published=published)} - {BEGINNING})
    for day, following in zip([BEGINNING, *named], [*named, FOREVER], strict=True):
        last = Day(following - 1)
        between = every(ledger, day, published=published)
        assert every(ledger, last, published=published) == between
        if following < FOREVER:
            assert every(ledger, following, published=published) != between


@law("folded changes")
def folded_changes(draw: Draw) -> None:
    """Folding the changes up to a day gives the view of that day."""
    history, day, published = draw(histories()), draw(days()), published_cut(draw)
    ledger = history.ledger()
    changes = ledger.changes(published=published)
    assert [c.day for c in changes] == sorted(c.day for c in changes)
    seen: dict[object, Standing] = {}
    for change in changes:
        if change.day <= day:
            one = (change.standing.number, change.standing.derived, change.standing.claim.type)
            assert change.before is (seen[one].status if one in seen else Status.NOT_YET)
            assert change.after is change.standing.status
            seen[one] = change.standing
    shown = [s for s in every(ledger, day, published=published) if s.status is not Status.NOT_YET]
    held = [s for s in seen.values() if s.status is not Status.NOT_YET]
    assert sorted(held, key=repr) == sorted(shown, key=repr)


_WALK = {
    Status.NOT_YET: 0,
    Status.DEFINITE: 2,
    Status.PRESUMED: 3,
    Status.ENDED: 5,
}


@law("order of statuses")
def order_of_statuses(draw: Draw) -> None:
    """Where nobody contradicts it, a status goes from not-yet over possible and definite to presumed
    or possible, and to ended, and never back; but what is only possible is not, beside a definite
    holder.
    """
    history, published = draw(histories()), published_cut(draw)
    reached: dict[object, int] = {}
    for change in history.ledger().changes(published=published):
        standing = change.standing
        identity = (standing.number, standing.derived, standing.claim.type)
        place = reached.get(identity, 0)
        if standing.alone is Status.POSSIBLE:
            reached[identity] = 1 if place <= 1 else 4
            assert place <= 4
        elif standing.alone is Status.NOT_YET:
            assert place <= 1
        else:
            reached[identity] = _WALK[standing.alone]
            assert place <= reached[identity]


@law("refinement")
def refinement(draw: Draw) -> None:
    """A more precise date never turns definite into not-yet or ended, nor these into definite: of
    a claim by itself it only settles what was possible.
    """
    claim = draw(few_claims())
    move = Move(
        draw, extended(opened(), [*ACTORS, *TYPES, Source(id="s", title="S")]), few_claims()
    )
    claim = attrs.evolve(claim, citations=move.citations)
    names = [n for n in ("when", "since", "until") if _bounded(getattr(claim, n, None))]
    assume(names)
    name = draw(st.sampled_from(names))
    coarse: Edtf = getattr(claim, name)
    finer = draw(few_dates().filter(lambda date: _within(date, coarse)))
    day = draw(days())
    before, after = (_status_alone(c, day) for c in (claim, attrs.evolve(claim, **{name: finer})))
    if before is not Status.POSSIBLE:
        assert after is before, f"{coarse} made {finer}: {before} became {after}"


def _bounded(date: object) -> bool:
    return (
        isinstance(date, Edtf) and isinstance(date.earliest, Day) and isinstance(date.latest, Day)
    )


def _within(date: Edtf, coarse: Edtf) -> bool:
    """Return whether a date can take the place of a coarser one, doubtful only where that is."""
    return (
        date.kind != "interval"
        and date.kind != "all-of"
        and _bounded(date)
        and coarse.earliest <= date.earliest  # type: ignore[operator]
        and date.latest <= coarse.latest  # type: ignore[operator]
        and date.qualified <= coarse.qualified
    )


def _status_alone(claim: Claim, day: Day) -> Status:
    ledger = extended(opened(), [*ACTORS, *TYPES, Source(id="s", title="S")])
    with suppress(Refused):
        ledger.append(claim)
    stated = [s for s in every(ledger, day) if not s.derived]
    assume(stated)
    return stated[0].status


@law("counting")
def counting(draw: Draw) -> None:
    """What is counted on a day is what stands on it, and nothing where nothing does."""
    ledger, day, published = draw(histories()).ledger(), draw(days()), published_cut(draw)
    view = ledger.as_of(day, published=published)
    for shape in SHAPES:
        standing = [s.number for s in view.every if s.claim.shape == shape and s.status.shown]
        assert list(view.numbers(shape)) == sorted(standing)
        assert view.count(shape) == len(standing)


LAWS = (steps, folded_changes, counting, order_of_statuses, refinement)
