"""`factledger asof`: what stood on a date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    cut_options,
    format_option,
    ledger_option,
    open_ledger,
    query_date,
    scoped,
    side_options,
)
from factledger.cli.terminal import Layout, tell

if TYPE_CHECKING:
    from factledger.status.standings import Standing
    from factledger.views.view import View


def refuse_more(ctx: click.Context, param: click.Parameter, dates: tuple[str, ...]) -> None:
    """Refuse a second date: an option must say which clock it is of."""
    if dates:
        raise click.UsageError(
            f"{dates[0]!r}: a second date needs an option that says what it is: --recorded, as the "
            "ledger knew by then, or --published, as sources said by then",
            ctx,
        )


@click.command(
    cls=Verb,
    examples=[
        "factledger asof 2023-04-01",
        "factledger asof 2023-Q2 --between JPN UKR",
        "factledger asof 2023-04-01 --published 2024-12 --format json",
    ],
)
@click.argument("date", callback=query_date)
@click.argument("more", nargs=-1, expose_value=False, callback=refuse_more, metavar="")
@ledger_option
@side_options
@cut_options
@click.option("--all", "everything", is_flag=True, help="Also assessments, ended and not-yet.")
@click.option("--contested", is_flag=True, help="Only what is in dispute on that date.")
@format_option("text", "json", "jsonl", "csv", "tsv")
def asof(
    date: str,
    address: str | None,
    between: tuple[str, str] | None,
    actor: str | None,
    recorded: int | str | None,
    published: str | None,
    everything: bool,
    contested: bool,
    form: str,
) -> None:
    """Show what stood on a date.

    DATE is 2023-04-01, 2023-04, 2023, 2023-Q2, today, yesterday or '3 months ago'; a month,
    quarter or year means its last day. Each line has a status: definite; possible, where the
    sources leave it open; presumed, where it was attested before and nothing ended it since.
    """
    with open_ledger(address) as ledger:
        view = scoped(ledger.as_of(date, recorded=recorded, published=published), between, actor)
        standings = view.every if everything else view.standings
        if contested:
            standings = tuple(s for s in standings if s.contested_by)
        if form == "text":
            empty = "Nothing is in dispute on that date." if contested else None
            tell(_lines(view, standings, empty))
        else:
            _export(form, view, standings)


def _lines(view: View, standings: tuple[Standing, ...], empty: str | None) -> Iterator[str]:
    from factledger.cli.text.view import view_lines

    reason = None if standings else empty or _why_empty(view)
    return view_lines(view, standings, Layout.of_output(), reason)


def _why_empty(view: View) -> str:
    from factledger.output.words.emptiness import why_empty

    return why_empty(view)


def _export(form: str, view: View, standings: tuple[Standing, ...]) -> None:
    from factledger.cli.output import write_csv, write_json, write_json_lines, write_tsv
    from factledger.output.formats.views import STANDING_COLUMNS, standing_row
    from factledger.views.plain.objects import standing_object, view_object

    if form == "json":
        write_json(view_object(view, standings))
    elif form == "jsonl":
        write_json_lines(standing_object(s, view.belief) for s in standings)
    elif form == "csv":
        write_csv(STANDING_COLUMNS, (standing_row(s, view.belief) for s in standings))
    else:
        write_tsv(standing_row(s, view.belief) for s in standings)
