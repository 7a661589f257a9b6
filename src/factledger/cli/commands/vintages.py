"""`factledger vintages`: what the ledger answered about a date at each point of its history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    format_option,
    ledger_option,
    open_ledger,
    query_date,
    recorded_by,
)
from factledger.cli.terminal import Layout, tell

if TYPE_CHECKING:
    from factledger.views.vintages import Vintage


@click.command(
    cls=Verb,
    examples=[
        "factledger vintages 2023-04-01 --between JPN UKR",
        "factledger vintages 2023-04-01 --post jpn-prime-minister --format json",
    ],
)
@click.argument("date", callback=query_date)
@ledger_option
@click.option("--between", nargs=2, metavar="A B", help="What stood between the two.")
@click.option("--actor", metavar="A", help="What stood in which this actor takes part.")
@click.option("--post", metavar="POST", help="Who held this post.")
@click.option("--recorded", callback=recorded_by, metavar="N|INSTANT", help="Up to then.")
@click.option("--published", callback=query_date, metavar="DATE", help="As published by then.")
@format_option("text", "json", "csv")
def vintages(
    date: str,
    address: str | None,
    between: tuple[str, str] | None,
    actor: str | None,
    post: str | None,
    recorded: int | str | None,
    published: str | None,
    form: str,
) -> None:
    """Show what the ledger answered about a date, and when.

    Each answer is told with the entry from which on it was given, and the instant. What one append
    brought counts as a whole.
    """
    if len([one for one in (between, actor, post) if one is not None]) != 1:
        raise click.UsageError(
            "give --between A B, or --actor A, or --post POST: what is asked about the date"
        )
    from factledger.cli.asking.actors import actor_asked, actor_ids

    with open_ledger(address) as ledger:
        known = ledger.belief()
        answers = ledger.vintages(
            date,
            between=actor_ids(known, between),
            involving=actor_asked(known, actor),
            post=actor_asked(known, post),
            recorded=recorded,
            published=published,
        )
        if form == "text":
            tell(vintage_lines(date, answers, Layout.of_output()))
        else:
            _export(form, answers)


def vintage_lines(date: str, vintages: tuple[Vintage, ...], layout: Layout) -> Iterator[str]:
    """Yield each answer below the entry from which on it was given."""
    from factledger.cli.text.view import standing_lines
    from factledger.text import show

    if not vintages:
        yield show(f"At no time had the ledger an answer about {date}.")
    for i, vintage in enumerate(vintages):
        if i:
            yield ""
        yield click.style(f"From #{vintage.recorded} of {vintage.at}", bold=True)
        for standing in vintage.answer.standings:
            yield from standing_lines(standing, vintage.view.about(), layout)
        if not vintage.answer:
            yield "  unknown"


def _export(form: str, vintages: tuple[Vintage, ...]) -> None:
    from factledger.cli.output import write_csv, write_json
    from factledger.output.formats.vintages import VINTAGE_COLUMNS, vintage_object, vintage_rows

    if form == "json":
        write_json([vintage_object(v) for v in vintages])
    else:
        write_csv(VINTAGE_COLUMNS, (row for v in vintages for row in vintage_rows(v)))
