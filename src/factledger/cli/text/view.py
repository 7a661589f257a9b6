"""A view → lines for a person: sentences in groups, each with its status, dates and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import click

from factledger.cli.terminal import Layout
from factledger.output.words.dates import asked_on
from factledger.output.words.standings import details
from factledger.status.redactions import Redaction
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.text import show
from factledger.views.view import View

STATUS_COLUMNS = 10
STATUS_INDENT = STATUS_COLUMNS + 3
_REDACTED = 5
COLOURS = {
    Status.DEFINITE: "green",
    Status.PRESUMED: "cyan",
    Status.POSSIBLE: "yellow",
    Status.CONTESTED: "red",
}


def view_lines(
    view: View, standings: Sequence[Standing], layout: Layout, empty: str | None = None
) -> Iterator[str]:
    """Yield a view in lines; `empty` says why it has no standing."""
    yield click.style(view_heading(view), bold=True)
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


def redacted_lines(
    redacted: Sequence[Redaction], layout: Layout, columns: int = STATUS_COLUMNS
) -> Iterator[str]:
    """Yield the redactions: the first few, and the number of the others."""
    word = f"  {'redacted':<{columns}}"
    for redaction in redacted[:_REDACTED]:
        yield from layout.wrapped(f"{word} {show(str(redaction))}", columns + 3)
    if len(redacted) > _REDACTED:
        yield f"{word} {len(redacted) - _REDACTED} more; 'factledger log' lists them"


def view_heading(view: View) -> str:
    """Return the question of a view in words: the day, and about whom."""
    names = names_of(view)
    return show(f"What stood on {asked_on(view.at)}{' for ' + names if names else ''}")


def names_of(view: View) -> str:
    """Return the names of those whom a view is about; "" where it is about all."""
    return " and ".join(map(view.name, view.sides))


def standing_lines(standing: Standing, view: View, layout: Layout) -> Iterator[str]:
    """Yield one standing in lines: its status, then its details."""
    status = standing.status
    text = f"  {status:<{STATUS_COLUMNS}} {show(details(standing, view))}"
    for i, row in enumerate(layout.wrapped(text, STATUS_INDENT)):
        yield row if i else row.replace(status, _coloured(status), 1)


@cache
def _coloured(status: Status) -> str:
    return click.style(status, fg=COLOURS.get(status))


def worth_asking(standings: Sequence[Standing]) -> Standing:
    """Return the standing to explain first: a contested one, else a possible one, else the first."""
    contested = (s for s in standings if s.contested_by)
    possible = (s for s in standings if s.status is Status.POSSIBLE)
    return next(contested, None) or next(possible, None) or standings[0]
