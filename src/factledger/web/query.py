"""The question in an address: the parameters of a page, read strictly."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import attrs

from factledger.dates.instants import entry_or_instant
from factledger.errors import FieldError, NotFound
from factledger.ledger.ledger import Ledger
from factledger.views.view import View

_HEAD = 16  # characters of a hash that tell it well enough


@attrs.frozen
class PageQuery:
    """A question to a ledger: a date, how much was known, about whom, and whether of all claims.

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
        """Return the parameters of an address that asks the same of the same claims."""
        pairs = [("asof", self.asof), ("recorded", self.recorded), ("published", self.published)]
        pairs += [("head", self.head), ("all", "1" if self.every else "")]
        return [(name, value) for name, value in pairs if value]

    def text(self) -> str:
        """Return the parameters as they are written behind `?`."""
        return urlencode(self.parameters())


def parameters(items: Iterable[tuple[str, str]], *names: str) -> dict[str, str]:
    """Return the parameters of an address by name, blanks left out.

    `between` is left to `page_query`. Raises `FieldError` for a parameter that is given twice, or
    that the page does not know.
    """
    values: dict[str, str] = {}
    for name, value in items:
        if name == "between":
            continue
        if name not in names:
            raise FieldError(name[:40], f"no such parameter here; there are {', '.join(names)}")
        if name in values:
            raise FieldError(name, "is given twice; give it once")
        values[name] = value.strip()
    return {name: value for name, value in values.items() if value}


def page_query(items: Iterable[tuple[str, str]], sides: tuple[str, ...] = ()) -> PageQuery:
    """Return the question in the parameters of an address; `sides` are named by its path."""
    items = list(items)
    values = parameters(items, "asof", "recorded", "published", "head", "all")
    between = tuple(v.strip() for name, v in items if name == "between" and v.strip())
    if len(between) > 2 or (between and sides):
        raise FieldError("between", "wanted two actors at most, found more; give two")
    return PageQuery(
        asof=values.get("asof", "today"),
        recorded=values.get("recorded", ""),
        published=values.get("published", ""),
        sides=sides or between,
        head=values.get("head", ""),
        every="all" in values,
    )


def view_asked(ledger: Ledger, query: PageQuery) -> View:
    """Return the view that answers a question.

    Raises `DateError` for a text that is no date, `NotFound` for an actor or entry that is not
    there, or where the ledger has another head than the question names.
    """
    recorded = recorded_cut(query.recorded)
    view = ledger.as_of(query.asof, recorded=recorded, published=query.published or None)
    at = view.at
    if query.head and not at.head.startswith(query.head):
        advice = f"at #{at.recorded} this ledger has the head {at.head[:_HEAD]}"
        raise NotFound(f"the head {query.head}", advice)
    if len(query.sides) == 2:
        return view.between(*query.sides)
    return view.involving(*query.sides) if query.sides else view


def recorded_cut(text: str) -> int | str | None:
    """Return the entry or the instant up to which the log counts, None for all of it.

    Raises `DateError` for a text that is neither.
    """
    return entry_or_instant(text) if text else None


def pinned(query: PageQuery, view: View) -> PageQuery:
    """Return the same question with day, entry and head fixed, so that its answer never changes."""
    at = view.at
    return attrs.evolve(
        query,
        asof=str(at.valid),
        recorded=str(at.recorded),
        published="" if at.published is None else str(at.published),
        head=at.head[:_HEAD],
    )
