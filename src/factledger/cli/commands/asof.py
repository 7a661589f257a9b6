"""`factledger asof`: what stood on a date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.asking.filters import WantedPart, filter_options, filtered, wanted_standings
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
        "factledger asof 2023-Q2 --between Japan Ukraine --refs",
        "factledger asof 2023-04-01 --published 2024-12 --format json",
    ],
)
@click.argument("date", callback=query_date)
@click.argument("more", nargs=-1, expose_value=False, callback=refuse_more, metavar="")
@ledger_option
@side_options
@cut_options
@click.option("--all", "everything", is_flag=True, help="Also assessments, ended and not-yet.")
@click.option("--possible", is_flag=True, help="Also what has no known beginning or end.")
@filter_options
@click.option("--refs", is_flag=True, help="With entries, and places in the sources.")
@click.option("--long", "whole", is_flag=True, help="Every standing with its status, as a table.")
@format_option("text", "json", "jsonl", "csv", "tsv")
def asof(
    date: str,
    address: str | None,
    between: tuple[str, str] | None,
    actor: str | None,
    recorded: int | str | None,
    published: str | None,
    everything: bool,
    possible: bool,
    types: tuple[str, ...],
    groups: tuple[str, ...],
    contested: bool,
    refs: bool,
    whole: bool,
    form: str,
) -> None:
    """Show what stood on a date.

    DATE is 2023-04-01, 2023-04, 2023, 2023-Q2, today, yesterday or '3 months ago'; a month,
    quarter or year means its last day. What is in dispute comes first, with both sides. A line
    without a word of doubt is definite, which speaks of the date and not of the truth; "possibly"
    where the sources leave it open; "as last said" where one vouched for it and nothing ended it.
    """
    with open_ledger(address) as ledger:
        view = scoped(ledger.as_of(date, recorded=recorded, published=published), between, actor)
        wanted = wanted_standings(types, groups, contested)
        found = filtered(view, view.every if everything else view.standings, wanted)
        if form != "text":
            _export(form, view, found)
        elif whole or everything:
            from factledger.cli.text.view import view_lines

            tell(view_lines(view, found, Layout.of_output(), _empty(view, found, wanted)))
        else:
            tell(_digest(view, found, _empty(view, found, wanted), possible, refs))


def _digest(
    view: View, found: tuple[Standing, ...], empty: str | None, possible: bool, refs: bool
) -> Iterator[str]:
    from factledger.cli.text.digest import digest_lines
    from factledger.output.words.digests.digest import view_digest

    digest = view_digest(view, found, possible)
    return digest_lines(view, digest, found, Layout.of_output(), refs, empty)


def _empty(view: View, found: tuple[Standing, ...], wanted: WantedPart) -> str | None:
    """Return why nothing is shown; None where something is."""
    if found or wanted:
        return None if found else wanted.nothing
    from factledger.output.words.emptiness import why_empty

    return why_empty(view)


def _export(form: str, view: View, standings: tuple[Standing, ...]) -> None:
    from factledger.cli.output import write_csv, write_json, write_json_lines, write_tsv
    from factledger.output.formats.views import STANDING_HEAD, standing_row
    from factledger.views.plain.objects import standing_object, view_object

    if form == "json":
        write_json(view_object(view, standings))
    elif form == "jsonl":
        write_json_lines(standing_object(s, view.belief) for s in standings)
    elif form == "csv":
        write_csv(STANDING_HEAD, (standing_row(s, view.belief) for s in standings))
    else:
        write_tsv(standing_row(s, view.belief) for s in standings)
