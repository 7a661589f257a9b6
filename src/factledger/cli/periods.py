"""What verbs that ask share: about whom, from when to when, and how much was known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factledger.cli.options import moment, query_date

if TYPE_CHECKING:
    from factledger.dates.days import Day
    from factledger.ledger.ledger import Ledger
    from factledger.views.view import View

_F = TypeVar("_F", bound=Callable[..., Any])


def side_options(command: _F) -> _F:
    """Return the command with the options that say about whom."""
    for option in (
        click.option("--actor", metavar="A", help="Only claims in which this actor takes part."),
        click.option("--between", nargs=2, metavar="A B", help="Only claims in which both take part."),
    ):  # fmt: skip
        command = option(command)
    return command


def cut_options(command: _F) -> _F:
    """Return the command with the options that say how much was known."""
    for option in (
        click.option("--published", callback=query_date, metavar="DATE", help="As published by then."),
        click.option("--recorded", callback=moment, metavar="N|INSTANT", help="As recorded by then."),
    ):  # fmt: skip
        command = option(command)
    return command


def period_options(command: _F) -> _F:
    """Return the command with the options that say about whom, and from when to when."""
    for option in (
        click.option("--to", "until", callback=query_date, metavar="DATE", help="The last day."),
        click.option("--from", "since", callback=query_date, metavar="DATE", help="The first day."),
    ):
        command = option(command)
    return side_options(command)


def period(since: str | None, until: str | None) -> tuple[Day | None, Day | None]:
    """Return the first day of one date and the last day of another, None where none is given."""
    from factledger.dates.queries import first_day, parse_query

    first = None if since is None else first_day(since, date.today)
    last = None if until is None else parse_query(until, date.today)[0]
    if first is not None and last is not None and first > last:
        raise click.UsageError(f"--from {since} is after --to {until}; nothing lies between")
    return first, last


def all_of_time(
    ledger: Ledger, recorded: int | str | None = None, published: str | None = None
) -> View:
    """Return a view that is asked for its tracks, and has no day of its own."""
    from factledger.dates.days import FOREVER

    return ledger.as_of(FOREVER, recorded=recorded, published=published)


def scoped(view: View, between: tuple[str, str] | None, actor: str | None) -> View:
    """Return the view of a relationship or of an actor, if one is named."""
    if between and actor:
        raise click.UsageError("--between and --actor ask two questions; give one of them")
    if between:
        return view.between(*between)
    return view.involving(actor) if actor else view
