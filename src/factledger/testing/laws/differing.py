"""Laws of differences: of what leads from one answer to another."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, TypeAlias

from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.status.standings import Standing
from factledger.testing.few import ACTORS
from factledger.testing.history import histories
from factledger.testing.laws.law import Draw, back, law, published_cut
from factledger.testing.strategies import days
from factledger.views.differences import Difference
from factledger.views.vintages import held

ExactPlace: TypeAlias = tuple[Day, int, Day | None]


class Asked:
    """A ledger asked at two places for the difference of their answers, of all or of a relationship."""

    def __init__(self, draw: Draw) -> None:
        self.ledger: Ledger = draw(histories()).ledger()
        self.sides: dict[str, Any] = draw(st.sampled_from([{}, {"between": ("JPN", "UKR")}]))
        self.x, self.y = self._place(draw), self._place(draw)

    def _place(self, draw: Draw) -> ExactPlace:
        declared = len(ACTORS) + 1
        return draw(days()), max(declared, back(draw, len(self.ledger))), published_cut(draw)

    def between(self, x: ExactPlace, y: ExactPlace) -> Difference:
        """Return the difference of the answers at two places."""
        return self.ledger.difference(x, y, **self.sides)

    def standings(self, place: ExactPlace) -> frozenset[Standing]:
        """Return the standings shown at a place."""
        day, recorded, published = place
        view = self.ledger.as_of(day, recorded=recorded, published=published)
        asked = view.between(*self.sides["between"]) if self.sides else view
        return frozenset(asked.standings)


@law("difference applied")
def applied(draw: Draw) -> None:
    """Applying a difference to the answer before gives the answer after, and its inverse gives the
    answer before again.
    """
    asked = Asked(draw)
    x, y, difference = asked.x, asked.y, asked.between(asked.x, asked.y)
    assert difference.apply(asked.standings(x)) == asked.standings(y)
    assert difference.inverse.apply(asked.standings(y)) == asked.standings(x)


@law("no difference")
def none(draw: Draw) -> None:
    """Between an answer and itself nothing differs."""
    asked = Asked(draw)
    assert not asked.between(asked.x, asked.x)


@law("difference composed")
def composed(draw: Draw) -> None:
    """A difference is that of the dates, then that of what was recorded, then that of what was
    published.
    """
    asked = Asked(draw)
    (_, known, said), (day, learnt, _) = asked.x, asked.y
    path = [asked.x, (day, known, said), (day, learnt, said), asked.y]
    legs = [asked.between(*ends) for ends in pairwise(path)]
    assert asked.between(asked.x, asked.y).steps == sum((leg.steps for leg in legs), start=())


@law("difference and back")
def and_back(draw: Draw) -> None:
    """What differs on the whole is what differs on the way back, the other way round, and depends
    on the two answers alone.
    """
    asked = Asked(draw)
    there, back = asked.between(asked.x, asked.y), asked.between(asked.y, asked.x)
    before, after = asked.standings(asked.x), asked.standings(asked.y)
    assert there.net == (before - after, after - before)
    assert back.net == there.net[::-1] == there.inverse.net


@law("causes")
def causes(draw: Draw) -> None:
    """Every standing that is another by a later recorded cut was changed by entries in between."""
    asked = Asked(draw)
    low, high = sorted((asked.x[1], asked.y[1]))
    for step in asked.between(asked.x, asked.y).steps:
        if step.leg == "recorded":
            numbers = [cause.number for cause in step.by]
            assert numbers
            assert numbers == sorted(set(numbers))
            assert low < numbers[0]
            assert numbers[-1] <= high


@law("vintages")
def vintages(draw: Draw) -> None:
    """What is answered at a recorded cut is the last vintage by then, and each vintage is new."""
    asked = Asked(draw)
    day, _, published = asked.x
    question = draw(st.sampled_from([{"between": ("JPN", "UKR")}, {"post": "pm"}]))
    found = asked.ledger.vintages(day, published=published, **question)
    told: tuple[Standing, ...] = ()
    for cut in range(len(ACTORS) + 1, len(asked.ledger) + 1):
        view = asked.ledger.as_of(day, recorded=cut, published=published)
        pair = question.get("between")
        now = view.between(*pair).standings if pair else view.holder("pm").standings
        assert (now != told) is (cut in [v.recorded for v in found])
        assert now == next((v.answer.standings for v in reversed(found) if v.recorded <= cut), ())
        told = now


@law("step by step")
def step_by_step(draw: Draw) -> None:
    """The steps to a standing name each entry that changed it, and no other, and leave no gap."""
    asked = Asked(draw)
    day, _, published = asked.x
    entries = range(1, len(asked.ledger) + 1)
    claims = [n for n in entries if asked.ledger.index.puts_claim(n)]
    number = draw(st.sampled_from(claims or entries))
    steps = asked.ledger.steps(number, day, published=published)
    told: dict[str | None, Standing] = {}
    for cut in range(len(asked.ledger) + 1):
        taken = [step for step in steps if step.by[0].number == cut]
        view = asked.ledger.as_of(day, recorded=cut, published=published)
        now = held(view, asked.ledger.index.chains.of(number).readings)
        slots = [slot for slot in {**told, **now} if told.get(slot) != now.get(slot)]
        assert [(s.before, s.after) for s in taken] == [(told.get(s), now.get(s)) for s in slots]
        told = now


LAWS = (applied, none, composed, and_back, causes, vintages, step_by_step)
