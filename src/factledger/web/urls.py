"""Links between pages: addresses of a server, or files beside one another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from hashlib import sha256
from posixpath import relpath
from urllib.parse import quote, urlencode

import attrs

from factledger.dates.days import Day
from factledger.web.query import PageQuery
from factledger.web.slider import nearest_day

_LONGEST = 80  # characters of a name that becomes part of a path


class Links(ABC):
    """The links on a page; None where there is nothing to lead to."""

    live = False

    @abstractmethod
    def date(self, day: Day | str | None = None, sides: Sequence[str] | None = None) -> str | None:
        """Return the link to the page of a date: by default the same date, and the same sides."""

    @abstractmethod
    def entry(self, number: int) -> str | None:
        """Return the link to the page of an entry."""

    @abstractmethod
    def page(self, name: str, **parameters: object) -> str | None:
        """Return the link to a page of its own: `actors`, `entries`, `search`, `difference`."""

    @abstractmethod
    def listed(self, **parameters: object) -> str | None:
        """Return the link to another part, or another order, of the list on this page."""

    @abstractmethod
    def source(self, name: str) -> str | None:
        """Return the link to the page of a source."""

    @abstractmethod
    def on_day(self, day: Day | str) -> str | None:
        """Return the link to the page of what happened on a day."""

    @abstractmethod
    def static(self, name: str) -> str:
        """Return the link to a file of the design."""

    @property
    @abstractmethod
    def json(self) -> str:
        """The link to this page as JSON."""

    @abstractmethod
    def permanent(self, pinned: PageQuery) -> str | None:
        """Return the link to the same answer, which holds when the ledger has grown."""


@attrs.frozen
class Served(Links):
    """Addresses of a server; the question goes along from page to page."""

    query: PageQuery
    path: str = "/"
    more: str = ""
    live = True

    def date(self, day: Day | str | None = None, sides: Sequence[str] | None = None) -> str:
        """Return the address of a date."""
        sides = self.query.sides if sides is None else tuple(sides)
        query = self.query if day is None else attrs.evolve(self.query, asof=str(day))
        return _address(path_of(sides), _onward(query))

    def entry(self, number: int) -> str:
        """Return the address of an entry."""
        return _address(f"/entry/{number}", _onward(self.query))

    def page(self, name: str, **parameters: object) -> str:
        """Return the address of a page of its own."""
        if name == "difference":
            between = [("between", side) for side in self.query.sides]
            return _address("/difference", urlencode([("to", self.query.asof), *between]))
        own = urlencode({key: str(value) for key, value in parameters.items()})
        return _address(f"/{name}", "&".join(p for p in (own, _onward(self.query)) if p))

    def listed(self, **parameters: object) -> str:
        """Return the address of another part, or another order, of the list on this page."""
        own = urlencode({key: str(value) for key, value in parameters.items() if value})
        more = self.more or _onward(self.query)
        return _address(self.path, "&".join(part for part in (more, own) if part))

    def source(self, name: str) -> str:
        """Return the address of the page of a source."""
        return _address(f"/source/{quote(name, safe='')}", _onward(self.query))

    def on_day(self, day: Day | str) -> str:
        """Return the address of the page of what happened on a day."""
        onward = attrs.evolve(self.query, asof="")
        return _address(f"/day/{quote(str(day), safe='')}", _onward(onward))

    def static(self, name: str) -> str:
        """Return the address of a file of the design."""
        return f"/static/{name}"

    @property
    def json(self) -> str:
        """The address of this page as JSON."""
        return _address("/index.json" if self.path == "/" else f"{self.path}.json", self.more)

    def permanent(self, pinned: PageQuery) -> str:
        """Return the address that names date, entry and head."""
        return _address(self.path, pinned.text())


def path_of(sides: Sequence[str]) -> str:
    """Return the path of the page of a date: for all, for one actor, or for a relationship."""
    if len(sides) == 2:
        return f"/between/{quote(sides[0], safe='')}/{quote(sides[1], safe='')}"
    return f"/actor/{quote(sides[0], safe='')}" if sides else "/"


def _onward(query: PageQuery) -> str:
    """Return the question for another page: a head only vouches for the answer that names it."""
    return attrs.evolve(query, head="").text()


def _address(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@attrs.frozen
class Beside(Links):
    """Links between files beside one another, of which `here` is this one."""

    here: str

    def listed(self, **parameters: object) -> None:
        """Return nothing: a file has the whole list."""

    def source(self, name: str) -> None:
        """Return nothing: the page of a source is asked of a server."""

    def on_day(self, day: Day | str) -> None:
        """Return nothing: what stood on a day is asked of a server, or a script shows it."""

    def static(self, name: str) -> str:
        """Return the file of the design."""
        return self._to(f"static/{name}")

    def permanent(self, pinned: PageQuery) -> None:
        """Return nothing: files do not change."""

    def _to(self, there: str) -> str:
        return relative(there, self.here)


@attrs.frozen
class Filed(Beside):
    """Links between files of dates; `days` are the days that have a page, by sides."""

    sides: tuple[str, ...]
    day: Day | None
    days: Mapping[tuple[str, ...], Sequence[Day]]

    def date(self, day: Day | str | None = None, sides: Sequence[str] | None = None) -> str | None:
        """Return the file of the day, else of the last day before it on which something turned."""
        sides = self.sides if sides is None else tuple(sorted(sides))
        wanted = Day.parse(day) if isinstance(day, str) and not isinstance(day, Day) else day
        written = self.days.get(sides, ())
        newest = written[-1:] if wanted is None and self.day is None else None
        chosen = newest[0] if newest else nearest_day(written, wanted or self.day or Day(0))
        return None if chosen is None else self._to(date_file(sides, chosen))

    def entry(self, number: int) -> str:
        """Return the file of an entry."""
        return self._to(f"entry/{number}.html")

    def page(self, name: str, **parameters: object) -> str | None:
        """Return the file of a page of its own; there is none for a search or a difference."""
        return None if name in _SERVED_ALONE else self._to(f"{name}.html")

    @property
    def json(self) -> str:
        """The file of this page as JSON."""
        return self._to(self.here.removesuffix(".html") + ".json")


def relative(there: str, here: str) -> str:
    """Return the link from one file of a folder to another.

    >>> relative("static/page.js", "actor/JPN.html")
    '../static/page.js'
    """
    return quote(relpath(there, here.rpartition("/")[0] or "."))


def date_file(sides: Sequence[str], day: Day) -> str:
    """Return the file of a date, below the folder of a site.

    >>> date_file(("JPN", "UKR"), Day.parse("2023-04-01"))
    'between/JPN/UKR/2023-04-01.html'
    """
    folder = {0: "asof", 1: "actor", 2: "between"}[len(sides)]
    return "/".join([folder, *map(file_name, sides), f"{day}.html"])


def file_name(text: str) -> str:
    """Return a text as a name that any file system takes, and no other text has.

    >>> file_name("kishida-fumio"), file_name("../a b"), file_name("con")
    ('kishida-fumio', '_2e_2e_2fa_20b', '_con')
    """
    plain = "".join(c if c.isascii() and (c.isalnum() or c == "-") else _hex(c) for c in text)
    if plain.lower() in _DEVICES:
        return f"_{plain}"
    if len(plain) <= _LONGEST:
        return plain or "_"
    return f"{plain[:_LONGEST]}_{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _hex(char: str) -> str:
    return "".join(f"_{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))


_SERVED_ALONE = {"search", "difference", "disputes", "sources"}
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
