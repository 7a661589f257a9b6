"""The page of a date: the standings of all claims, of one actor or of a relationship."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import attrs

from factledger.dates.days import Day
from factledger.ledger.ledger import Ledger
from factledger.output.words.emptiness import why_empty
from factledger.output.words.tenures import days_held, gap_words, holder_names, overlap_words
from factledger.records.claims import SHAPES
from factledger.records.declarations import Actor
from factledger.status.redactions import Redaction
from factledger.status.standings import Standing
from factledger.status.tracks.changes import Change
from factledger.views.inquiries.tenures import gaps, overlaps, tenures
from factledger.views.plain.objects import view_object
from factledger.views.plain.shapes import ViewShape
from factledger.views.view import Answer, View
from factledger.web.pages.paging import Paging
from factledger.web.pages.parts import (
    SIGNS,
    StandingRow,
    Turn,
    days_of,
    passages_of,
    standing_rows,
    turn_of,
)
from factledger.web.query import PageQuery, pinned, view_asked
from factledger.web.slider import Stops, stops

LARGE = 20_000  # entries; a larger ledger is looked into by actor and relationship
_IN_DISPUTE = "in dispute"
MANY = 100  # standings on one page
SORTS = {"group": "by group", "newest": "newest first", "words": "by their words"}
_HINT = "ask for them with the box below the dates"


@attrs.frozen
class Partner:
    """Another actor that a claim names beside one, and how many standings they share."""

    id: str
    name: str
    count: int


@attrs.frozen
class HolderLine:
    """A holder of a post: who, by which entry, and from when to when in which status."""

    name: str
    ids: tuple[str, ...]
    number: int
    days: tuple[tuple[str, str, str], ...]


@attrs.frozen
class PostHeld:
    """Who held a post along time, when nobody is known to have, and when two did, in words."""

    holders: tuple[HolderLine, ...]
    gaps: tuple[str, ...]
    overlaps: tuple[str, ...]


@attrs.frozen
class DatePage:
    """The values of a page of a date; `total` is the number of standings, on all its pages.

    `answer` is the level of a relationship or the holder of a post, `about` the actor in view.
    """

    query: PageQuery
    pinned: PageQuery
    view: View
    heading: str
    groups: dict[str, list[StandingRow]]
    counts: dict[str, int]
    total: int
    paging: Paging
    sort: str
    empty: str | None
    stops: Stops
    turns: tuple[Turn, ...]
    redacted: tuple[Redaction, ...]
    about: Actor | None
    answer: tuple[str, Answer] | None
    partners: tuple[Partner, ...]
    pairs: tuple[tuple[str, str, int], ...]
    broad: bool  # whether there is too much in view to tell one by one
    post: PostHeld | None = None

    @property
    def day(self) -> Day:
        """The day of the question."""
        return self.view.day

    @property
    def shown(self) -> int:
        """The number of standings on the page."""
        return sum(map(len, self.groups.values()))


def date_page(
    ledger: Ledger,
    query: PageQuery,
    days: Sequence[Day] | None = None,
    sort: str = "group",
    first: int = 0,
) -> DatePage:
    """Return the values of the page of a date; raises as `view_asked` does.

    `days` are those that a slider can stop at, None for all on which something turns. The
    standings are `MANY` from the `first` on, counted from 0, in the order of `SORTS` named.
    """
    view = view_asked(ledger, query)
    broad = len(ledger) > LARGE and len(query.sides) < 2
    standings = () if broad else view.every if query.every else view.standings
    changes = () if broad else view.changes()
    shown = sorted_standings(view, standings, sort)[first : first + MANY]
    rows = list(standing_rows(view, shown, passages_of(ledger)))
    return DatePage(
        query=query,
        pinned=pinned(query, view),
        view=view,
        heading=_heading(view),
        groups=_grouped(view, shown, rows) if sort == "group" else _in_one(rows, sort),
        counts={shape: view.count(shape) for shape in SHAPES} if broad else _counts(standings),
        total=len(standings),
        paging=Paging(first, MANY, len(standings)),
        sort=sort,
        empty=None if standings or broad else why_empty(view, _HINT),
        stops=stops(days_of(changes) if days is None else days, view.day),
        turns=turns_on(changes, view.day),
        redacted=view.redacted,
        about=view.belief.actor(query.sides[0]) if len(query.sides) == 1 else None,
        answer=_answer(view),
        partners=() if broad else partners(view),
        pairs=_pairs(view) if broad and not query.sides else (),
        broad=broad,
        post=None if broad else post_held(view),
    )


def sorted_standings(view: View, standings: Sequence[Standing], sort: str) -> Sequence[Standing]:
    """Return standings by the group of their type, by their newest day, or by their words.

    By group, what is in dispute comes first.
    """
    if sort == "newest":
        return list(reversed(standings))
    if sort == "words":
        return sorted(standings, key=lambda s: s.sentence)
    grouped = [s for members in view.groups(standings).values() for s in members]
    return sorted(grouped, key=lambda s: not s.contested_by)


def _in_one(rows: list[StandingRow], sort: str) -> dict[str, list[StandingRow]]:
    return {SORTS[sort]: rows} if rows else {}


def post_held(view: View) -> PostHeld | None:
    """Return the holders of the post in view along time, None where it is no post that was held."""
    actor = view.belief.actor(view.sides[0]) if len(view.sides) == 1 else None
    held = tenures(view, actor.id) if actor and actor.category == "post" else ()
    if not actor or not held:
        return None
    return PostHeld(
        holders=tuple(
            HolderLine(
                name=holder_names(tenure, view),
                ids=tenure.holders,
                number=tenure.standing.number,
                days=tuple(
                    (str(s.status), SIGNS[s.status], days_held(s)) for s in tenure.stretches
                ),
            )
            for tenure in held
        ),
        gaps=tuple(gap_words(gap, view) for gap in gaps(view, actor.id)),
        overlaps=tuple(overlap_words(one, view) for one in overlaps(view, actor.id)),
    )


def date_json(ledger: Ledger, query: PageQuery) -> ViewShape:
    """Return the object that `factledger asof --format json` prints for the same question."""
    view = view_asked(ledger, query)
    return view_object(view, view.every if query.every else None)


def turns_on(changes: Iterable[Change], day: Day) -> tuple[Turn, ...]:
    """Return the turns of a day."""
    return tuple(turn_of(change) for change in changes if change.day == day)


def _heading(view: View) -> str:
    names = " and ".join(map(view.name, view.sides))
    return names or "What stood"


def _grouped(
    view: View, standings: Sequence[Standing], rows: list[StandingRow]
) -> dict[str, list[StandingRow]]:
    """Return the rows by the group of their type, in the order of the vocabulary; disputes come first."""
    by_standing = {id(s): row for s, row in zip(standings, rows, strict=False)}
    calm = [s for s in standings if not s.contested_by]
    groups = {_IN_DISPUTE: [s for s in standings if s.contested_by], **view.groups(calm)}
    return {name: [by_standing[id(s)] for s in all_] for name, all_ in groups.items() if all_}


def _counts(standings: Iterable[Standing]) -> dict[str, int]:
    statuses = Counter(s.status for s in standings)
    return {str(s): statuses[s] for s in SIGNS if s in statuses}


def _answer(view: View) -> tuple[str, Answer] | None:
    """Return what the page asks of itself, with the answer: the level of two, the holder of a post."""
    if len(view.sides) == 2:
        level = view.level
        return ("Level of the relationship", level) if level else None
    actor = view.belief.actor(view.sides[0]) if view.sides else None
    held = view.holder(actor.id) if actor and actor.category == "post" else None
    return ("Holder", held) if held else None


def partners(view: View) -> tuple[Partner, ...]:
    """Return the other actors in the claims of the actor in view, whatever their status."""
    if len(view.sides) != 1:
        return ()
    own = set(view.belief.standing_for(view.sides[0]))
    counts: dict[str, int] = {}
    for standing in view.every:
        named = {a for p in standing.claim.participants for a in (p.actor, p.of) if a}
        for name in named - own:
            counts[name] = counts.get(name, 0) + standing.status.shown
    counted = (Partner(name, view.name(name), count) for name, count in counts.items())
    return tuple(sorted(counted, key=lambda p: (-p.count, p.name, p.id)))


def _pairs(view: View) -> tuple[tuple[str, str, int], ...]:
    """Return the relationships with the most standings."""
    counted = ((*pair, sum(counts.values())) for pair, counts in view.relationships().items())
    return tuple(sorted(counted, key=lambda pair: (-pair[2], pair[0], pair[1]))[:MANY])
