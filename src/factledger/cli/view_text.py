"""A view → lines for a person: sentences in groups, each with its status, dates and sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import click

from factledger.cli.date_words import dated
from factledger.cli.layout import Layout
from factledger.cli.tallies import beside
from factledger.exchange.view_rows import places
from factledger.redactions import Redaction
from factledger.shown import show
from factledger.spans import Status
from factledger.standings import Standing
from factledger.views import View
from factledger.vocabulary import listed

STATUS_COLUMNS = 10
INDENT = STATUS_COLUMNS + 3
_REDACTED = 5
COLOURS = {Status.DEFINITE: "green", Status.PRESUMED: "cyan", Status.POSSIBLE: "yellow"}


def view_lines(
    view: View, told: Iterable[Standing], layout: Layout, empty: str | None = None
) -> Iterator[str]:
    """Yield a view in lines; `empty` says why there is nothing to tell."""
    standings = list(told)
    yield click.style(heading(view), bold=True)
    for group, members in view.groups(standings).items():
        yield ""
        yield click.style(show(group.capitalize()), bold=True)
        for standing in members:
            yield from standing_lines(standing, view, layout)
    if view.redacted:
        yield ""
        yield click.style("Not known any more", bold=True)
        yield from redacted_lines(view.redacted, layout)
    if empty:
        yield from layout.wrapped(show(empty), 0)
    yield ""
    yield from (click.style(line, dim=True) for line in layout.wrapped(str(view.at), 2))
    if standings:
        number = worth_asking(standings).number
        yield from layout.wrapped(f"why one of these: factledger why {number}", 2)


def redacted_lines(redacted: Sequence[Redaction], layout: Layout) -> Iterator[str]:
    """Yield what was erased, whenever it held: the first few, and how many more."""
    for redaction in redacted[:_REDACTED]:
        yield from layout.wrapped(f"  redacted   {show(str(redaction))}", INDENT)
    if len(redacted) > _REDACTED:
        yield f"  redacted   {len(redacted) - _REDACTED} more; 'factledger log' lists them"


def heading(view: View) -> str:
    """Return what the view answers: the day, and whose."""
    at = view.at
    day = f"{at.valid} ({at.coarse})" if at.coarse else f"{at.valid}"
    names = " and ".join(map(view.name, view.sides))
    return show(f"What stood on {day}{' for ' + names if names else ''}")


def standing_lines(standing: Standing, view: View, layout: Layout) -> Iterator[str]:
    """Yield one standing: its status in words, then what, when and where it is said."""
    status = str(standing.status)
    text = f"  {status:<{STATUS_COLUMNS}} {show(details(standing, view))}"
    for i, row in enumerate(layout.wrapped(text, INDENT)):
        colour = "red" if standing.contested_by else COLOURS.get(standing.status)
        yield row if i else row.replace(status, click.style(status, fg=colour), 1)


def details(standing: Standing, view: View) -> str:
    """Return a standing on one line, without its status."""
    parts = [
        standing.sentence.removesuffix("."),
        dated(standing),
        beside(standing, view),
        identity(standing),
        *marks(standing, view),
    ]
    return " · ".join(part for part in parts if part)


def identity(standing: Standing) -> str:
    """Return which entry a standing is: its number and label, or the event that it follows from."""
    if standing.derived:
        return f"follows from #{standing.number}"
    label = f" {standing.claim.label}" if standing.claim.label else ""
    also = f" (also {numbers(standing.also)})" if standing.also else ""
    began = f", began with #{standing.because}" if standing.because is not None else ""
    return f"#{standing.number}{label}{also}{began}"


def marks(standing: Standing, view: View) -> Iterator[str]:
    """Yield where a standing is said, by how many, and who says otherwise."""
    cited = zip(places(standing), standing.citations, strict=True)
    yield ", ".join(f"{shortened(place)}{' sealed' if c.sealed else ''}" for place, c in cited)
    if standing.support > 1:
        yield f"{standing.support} sources"
    if standing.claim.attributed_to:
        yield f"as told by {listed(map(view.name, standing.claim.attributed_to))}"
    if standing.contested_by:
        yield f"contested by {numbers(standing.contested_by)}"


def shortened(place: str) -> str:
    """Return a place with the hash of a row cut short: `why` gives all of it."""
    return re.sub(r"(?<=\bsha256 [0-9a-f]{12})[0-9a-f]{52}\b", "…", place)


def numbers(entries: Iterable[int]) -> str:
    """Return entry numbers as they are written: `#3, #7`."""
    return ", ".join(f"#{number}" for number in entries)


def worth_asking(standings: list[Standing]) -> Standing:
    """Return the standing that most asks for a reason: a contested one, a possible one, the first."""
    contested = (s for s in standings if s.contested_by)
    possible = (s for s in standings if s.status is Status.POSSIBLE)
    return next(contested, None) or next(possible, None) or standings[0]
