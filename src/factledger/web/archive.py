"""A large ledger → the files of a site that opens from a disk: each claim, actor and entry once.

A page holds its claims with all days on which they turn; a script shows them as they stood on a
day, and without it all of time can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from factledger.caching import cached_property
from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.errors import FieldError
from factledger.ledger.ledger import Ledger
from factledger.output.words.sources import cited_words, source_in_words
from factledger.output.words.tenures import span_words
from factledger.records.claims import actors_named
from factledger.records.declarations import Actor
from factledger.status.tracks.track import Track, steps_along
from factledger.views.view import View
from factledger.web.pages.lists import declared_actors
from factledger.web.pages.parts import SIGNS
from factledger.web.pages.rows import EntryLine, entry_line
from factledger.web.query import PageQuery
from factledger.web.render import html
from factledger.web.replies.static_files import LIVE_ONLY, STATIC, static_file
from factledger.web.routes import ledger_name
from factledger.web.urls import Beside, file_name

LARGEST = 200_000  # entries of which a site is written
A_FILE = 100  # entries on one page
_LETTERS = {"definite": "d", "possible": "o", "presumed": "p", "contested": "c"}


@attrs.frozen
class ArchiveRow:
    """A claim along time: its stretches in words, and the same as a script reads them."""

    number: int
    group: str
    sentence: str
    source: str
    stretches: tuple[tuple[str, str, str], ...]
    turns: str
    actors: frozenset[str]


@attrs.frozen
class ArchiveEntry:
    """An entry on a page of entries: its line, its words in the sources, and the entries beside it."""

    line: EntryLine
    cited: tuple[str, ...]
    target: int | None
    later: tuple[int, ...]


@attrs.frozen
class ArchivePage:
    """The claims of an actor, or all of them, by the groups of their types."""

    query: PageQuery
    heading: str
    about: Actor | None
    groups: Mapping[str, Sequence[ArchiveRow]]
    total: int
    day: Day


@attrs.frozen
class Archived(Beside):
    """Links between the files of an archive; `known` are the actors that have a page."""

    known: frozenset[str]

    def date(self, day: Day | str | None = None, sides: Sequence[str] | None = None) -> str | None:
        """Return the page of an actor, or of all claims; there is none of a relationship or a day."""
        if not sides:
            return self._to("index.html")
        known = len(sides) == 1 and sides[0] in self.known
        return self._to(f"actor/{file_name(sides[0])}.html") if known else None

    def entry(self, number: int) -> str:
        """Return the place of an entry on its page."""
        return f"{self._to(entries_file(number))}#e{number}"

    def page(self, name: str, **parameters: object) -> str | None:
        """Return the page of all actors, or the first of the entries."""
        files = {"actors": "actors.html", "entries": entries_file(1)}
        return self._to(files[name]) if name in files else None

    @property
    def json(self) -> str:
        """The file with the lines of the ledger."""
        return self._to("ledger.jsonl")


def archive(ledger: Ledger, day: Day | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a site of a large ledger, each with its path below the folder.

    `day` is the one that a script shows first, the day of the newest entry for None. Raises
    `FieldError` for a ledger of more than `LARGEST` entries.
    """
    if len(ledger) > LARGEST:
        many = f"a site of {len(ledger):,} entries would be too large; look at it with serve"
        raise FieldError("site", many)
    yield from ((f"static/{name}", static_file(name)) for name in STATIC if name not in LIVE_ONLY)
    yield "ledger.jsonl", b"".join(line + b"\n" for line in ledger.lines())
    writer = _Writer(ledger, day or Day.parse(ledger.index.at(len(ledger))[:10]))
    yield writer.all_claims()
    yield from map(writer.actor, writer.actors)
    yield writer.all_actors()
    yield from map(writer.entries, range(1, len(ledger) + 1, A_FILE))


def entries_file(number: int) -> str:
    """Return the file of the page on which an entry is.

    >>> entries_file(100), entries_file(101)
    ('entries/1.html', 'entries/101.html')
    """
    return f"entries/{(number - 1) // A_FILE * A_FILE + 1}.html"


@attrs.define(slots=False)
class _Writer:
    ledger: Ledger
    day: Day

    @cached_property
    def view(self) -> View:
        return self.ledger.as_of(self.day)

    @cached_property
    def actors(self) -> list[Actor]:
        return declared_actors(self.view.belief)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(actor.id for actor in self.actors)

    @cached_property
    def rows(self) -> list[ArchiveRow]:
        found = (archive_row(self.view, track) for track in self.view.tracks)
        return [row for row in found if row.stretches]

    @cached_property
    def by_actor(self) -> dict[str, list[ArchiveRow]]:
        found: dict[str, list[ArchiveRow]] = {}
        for row in self.rows:
            for actor in row.actors:
                found.setdefault(actor, []).append(row)
        return found

    def all_claims(self) -> tuple[str, bytes]:
        return self._claims("index.html", ledger_name(self.ledger), None, self.rows)

    def actor(self, actor: Actor) -> tuple[str, bytes]:
        own = self.view.belief.standing_for(actor.id)
        rows = {id(row): row for name in own for row in self.by_actor.get(name, ())}
        path = f"actor/{file_name(actor.id)}.html"
        return self._claims(path, actor.names[0], actor, rows.values())

    def _claims(
        self, path: str, heading: str, about: Actor | None, rows: Iterable[ArchiveRow]
    ) -> tuple[str, bytes]:
        groups: dict[str, list[ArchiveRow]] = {}
        for row in rows:
            groups.setdefault(row.group, []).append(row)
        total = sum(map(len, groups.values()))
        page = ArchivePage(PageQuery(), heading, about, groups, total, self.day)
        return self._page("archive", path, page)

    def all_actors(self) -> tuple[str, bytes]:
        by_category: dict[str, list[Actor]] = {}
        for actor in sorted(self.actors, key=lambda a: (a.category, a.names[0], a.id)):
            by_category.setdefault(actor.category, []).append(actor)
        return self._page("actors", "actors.html", {"by_category": by_category})

    def entries(self, first: int) -> tuple[str, bytes]:
        last = min(first + A_FILE - 1, len(self.ledger))
        lines = [self._entry(number) for number in range(first, last + 1)]
        page = {"first": first, "lines": lines, "total": len(self.ledger), "size": A_FILE}
        return self._page("archive_entries", entries_file(first), page)

    def _entry(self, number: int) -> ArchiveEntry:
        belief, entry = self.view.belief, self.ledger.entry(number)
        content = entry.record and entry.record.content
        cited = tuple(
            f"{source_in_words(c.source, belief)}: {cited_words(c)}"
            for c in getattr(content, "citations", ())
        )
        target = getattr(entry.record, "target", None)
        later = tuple(self.ledger.index.targeting(number))
        return ArchiveEntry(entry_line(belief, entry), cited, target, later)

    def _page(self, name: str, path: str, page: object) -> tuple[str, bytes]:
        link = Archived(path, self.known)
        return path, html(name, link, page=page, ledger=ledger_name(self.ledger)).encode()


def archive_row(view: View, track: Track) -> ArchiveRow:
    """Return a claim along time; one that never stands has no stretch."""
    standing = next((s for s in reversed(track.standings) if s.shown), track.standings[-1])
    ends, stretches, turns = (*track.days[1:], FOREVER), [], []
    for (day, one), end in zip(steps_along(track), ends, strict=True):
        status = str(one.status)
        turns.append(f"{_LETTERS.get(status, 'x') if one.shown else 'x'}{day_number(day)}")
        if one.shown:
            first = None if day == BEGINNING else day
            last = None if end >= FOREVER else Day(end - 1)
            stretches.append((status, SIGNS[one.status], span_words(first, last)))
    claim, belief = standing.claim, view.belief
    return ArchiveRow(
        number=standing.number,
        group=view.group(standing),
        sentence=standing.sentence.removesuffix("."),
        source=", ".join(
            dict.fromkeys(source_in_words(c.source, belief) for c in standing.citations)
        ),
        stretches=tuple(stretches),
        turns=" ".join(turns),
        actors=frozenset(actors_named(claim.participants)),
    )


def day_number(day: Day) -> int:
    """Return a day as a script compares it: 2023-04-01 is 20230401.

    >>> day_number(Day.parse("2023-04-01")), day_number(BEGINNING) < 0
    (20230401, True)
    """
    if day == BEGINNING:
        return -(10**9)
    year, month, date = str(day).rsplit("-", 2)
    return (int(year) * 100 + int(month)) * 100 + int(date)
