"""What an address asks: the parameters of a page, read strictly."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import attrs

from factledger.dates.instants import entry_or_instant
from factledger.errors import FieldError, NotFound
from factledger.ledger.ledger import Ledger
from factledger.status.belief import Belief
from factledger.views.view import View

ONCE = ("asof", "recorded", "published", "head", "all", "q", "first", "from", "to")
_HEAD = 16  # characters of a hash that tell it well enough


@attrs.frozen
class Asked:
    """What is asked of a ledger: a date, how much was known, between whom, and whether of all.

    `asof` and `published` are query dates, `recorded` an entry number or an instant. `head` is
    the beginning of the hash that the ledger must have at `recorded`.
    """

    asof: str = "today"
    recorded: str = ""
    published: str = ""
    sides: tuple[str, ...] = ()
    head: str = ""
    every: bool = False

    def parameters(self) -> list[tuple[str, str]]:
        """Return what an address must say to ask the same of the same claims."""
        given = [("asof", self.asof), ("recorded", self.recorded), ("published", self.published)]
        given += [("head", self.head), ("all", "1" if self.every else "")]
        return [(name, value) for name, value in given if value]

    def text(self) -> str:
        """Return the parameters as they are written behind `?`."""
        return urlencode(self.parameters())


def parameters(items: Iterable[tuple[str, str]], *names: str) -> dict[str, str]:
    """Return the parameters of an address by name, blanks left out.

    `between` is left to `sides`. Raises `FieldError` for one that is given twice, or that the
    page does not know.
    """
    found: dict[str, str] = {}
    for name, value in items:
        if name == "between":
            continue
        if name not in names:
            raise FieldError(name[:40], f"no such parameter here; there are {', '.join(names)}")
        if name in found:
            raise FieldError(name, "is given twice; give it once")
        found[name] = value.strip()
    return {name: value for name, value in found.items() if value}


def asked(items: Iterable[tuple[str, str]], sides: tuple[str, ...] = ()) -> Asked:
    """Return what the parameters of an address ask; `sides` are those that its path names."""
    items = list(items)
    given = parameters(items, "asof", "recorded", "published", "head", "all")
    between = tuple(v.strip() for name, v in items if name == "between" and v.strip())
    if len(between) > 2 or (between and sides):
        raise FieldError("between", "wanted two actors at most, found more; give two")
    return Asked(
        asof=given.get("asof", "today"),
        recorded=given.get("recorded", ""),
        published=given.get("published", ""),
        sides=sides or between,
        head=given.get("head", ""),
        every="all" in given,
    )


def view_asked(ledger: Ledger, asked: Asked) -> View:
    """Return the view that is asked for.

    Raises `DateError` for a date that is none, `NotFound` for an actor or entry that is not there,
    or where the ledger has another head than was asked for.
    """
    recorded = recorded_cut(asked.recorded)
    view = ledger.as_of(asked.asof, recorded=recorded, published=asked.published or None)
    at = view.at
    if asked.head and not at.head.startswith(asked.head):
        found = f"at #{at.recorded} this ledger has the head {at.head[:_HEAD]}"
        raise NotFound(f"the head {asked.head}", found)
    if len(asked.sides) == 2:
        return view.between(*asked.sides)
    return view.involving(*asked.sides) if asked.sides else view


def recorded_cut(text: str) -> int | str | None:
    """Return the entry or the instant up to which the log counts, None for all of it.

    Raises `DateError` for a text that is neither.
    """
    return entry_or_instant(text) if text else None


def exactly(asked: Asked, view: View) -> Asked:
    """Return the same question with day, entry and head fixed, so that its answer never changes."""
    at = view.at
    return attrs.evolve(
        asked,
        asof=str(at.valid),
        recorded=str(at.recorded),
        published="" if at.published is None else str(at.published),
        head=at.head[:_HEAD],
    )


def meant(belief: Belief, text: str) -> str:
    """Return the id of the actor that an id or a name means; the text itself where none is."""
    if belief.knows(text):
        return text
    known = (belief.actor(name) for name in belief.index.declared("actor"))
    wanted = text.casefold()
    return next((a.id for a in known if a and wanted in map(str.casefold, (a.id, *a.names))), text)
