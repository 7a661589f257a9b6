"""The page of a date: what stood, for all, for one actor or for a relationship."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import attrs

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.output.formats.views import view_object
from factledger.output.words.emptiness import why_empty
from factledger.records.claims import SHAPES
from factledger.records.declarations import Actor
from factledger.status.redactions import Redaction
from factledger.status.timeline import Change
from factledger.views.view import Answer, View
from factledger.web.pages.parts import SIGNS, Row, Turn, days_of, rows, turn
from factledger.web.query import Asked, exactly, view_asked
from factledger.web.slider import Stops, stops

LARGE = 20_000  # entries; a larger ledger is looked into by actor and relationship
MANY = 300  # standings on one page
_HINT = "ask for them with the box below the dates"


@attrs.frozen
class Partner:
    """Another actor that a claim names beside one, and how many standings they share."""

    id: str
    name: str
    count: int


@attrs.frozen
class DatePage:
    """What a page of a date shows; `more` tells how many standings it leaves out.

    `answer` is the level of a relationship or the holder of a post, `about` the actor in view.
    """

    asked: Asked
    exactly: Asked
    view: View
    heading: str
    groups: dict[str, list[Row]]
    counts: dict[str, int]
    more: int
    empty: str | None
    stops: Stops
    turns: tuple[Turn, ...]
    redacted: tuple[Redaction, ...]
    about: Actor | None
    answer: tuple[str, Answer] | None
    partners: tuple[Partner, ...]
    pairs: tuple[tuple[str, str, int], ...]
    broad: bool  # whether there is too much in view to tell one by one

    @property
    def day(self) -> Day:
        """Return the day that was asked about."""
        return self.view.day

    @property
    def shown(self) -> int:
        """Return how many standings the page shows."""
        return sum(map(len, self.groups.values()))


def date_page(ledger: Ledger, asked: Asked, days: Sequence[Day] | None = None) -> DatePage:
    """Return what the page of a date shows; raises as `view_asked` does.

    `days` are those that a slider can stop at, None for all on which something turns.
    """
    view = view_asked(ledger, asked)
    broad = len(ledger) > LARGE and len(asked.sides) < 2
    told = () if broad else view.every if asked.every else view.standings
    changes = () if broad else view.changes()
    found = list(islice(rows(view, told), MANY))
    return DatePage(
        asked=asked,
        exactly=exactly(asked, view),
        view=view,
        heading=_heading(view),
        groups=_grouped(view, told, found),
        counts={shape: view.count(shape) for shape in SHAPES} if broad else _counts(found),
        more=len(told) - len(found),
        empty=None if told or broad else why_empty(view, _HINT),
        stops=stops(days_of(changes) if days is None else days, view.day),
        turns=turns_on(changes, view.day),
        redacted=view.redacted,
        about=view.belief.actor(asked.sides[0]) if len(asked.sides) == 1 else None,
        answer=_answer(view),
        partners=() if broad else partners(view),
        pairs=_pairs(view) if broad and not asked.sides else (),
        broad=broad,
    )


def date_json(ledger: Ledger, asked: Asked) -> dict[str, Any]:
    """Return what `factledger asof --format json` prints for the same question."""
    view = view_asked(ledger, asked)
    return view_object(view, view.every if asked.every else None)


def turns_on(changes: Iterable[Change], day: Day) -> tuple[Turn, ...]:
    """Return what turns on a day."""
    return tuple(turn(change) for change in changes if change.day == day)


def _heading(view: View) -> str:
    names = " and ".join(map(view.name, view.sides))
    return names or "What stood"


def _grouped(view: View, told: tuple[Any, ...], found: list[Row]) -> dict[str, list[Row]]:
    """Return the rows by the group of their type, in the order of the vocabulary."""
    by_standing = {id(s): row for s, row in zip(told, found, strict=False)}
    groups = view.groups(told[: len(found)])
    return {name: [by_standing[id(s)] for s in members] for name, members in groups.items()}


def _counts(found: list[Row]) -> dict[str, int]:
    statuses = [row.status for row in found]
    return {str(s): statuses.count(s) for s in SIGNS if s in statuses}


def _answer(view: View) -> tuple[str, Answer] | None:
    """Return the question that the page itself puts, with its answer, where it has one."""
    if len(view.sides) == 2:
        level = view.level
        return ("Level of the relationship", level) if level else None
    actor = view.belief.actor(view.sides[0]) if view.sides else None
    return ("Holder", view.holder(actor.id)) if actor and actor.category == "post" else None


def partners(view: View) -> tuple[Partner, ...]:
    """Return who else the claims of the actor in view name, whatever their status, by name."""
    if len(view.sides) != 1:
        return ()
    own = set(view.belief.standing_for(view.sides[0]))
    found: dict[str, int] = {}
    for standing in view.every:
        named = {a for p in standing.claim.participants for a in (p.actor, p.of) if a}
        for name in named - own:
            found[name] = found.get(name, 0) + standing.status.shown
    counted = (Partner(name, view.name(name), count) for name, count in found.items())
    return tuple(sorted(counted, key=lambda p: (-p.count, p.name, p.id)))


def _pairs(view: View) -> tuple[tuple[str, str, int], ...]:
    """Return the relationships with the most standings."""
    counted = ((*pair, sum(counts.values())) for pair, counts in view.relationships().items())
    return tuple(sorted(counted, key=lambda found: (-found[2], found[0], found[1]))[:MANY])
