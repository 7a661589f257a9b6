"""`factledger plot`: a timeline, or numbers along time, as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    all_of_time,
    cut_options,
    format_of,
    ledger_option,
    open_ledger,
    period,
    period_options,
    query_day,
    scoped,
)
from factledger.cli.output_files import OutputFile, output_option

if TYPE_CHECKING:
    from factledger.dates.days import Day
    from factledger.ledger.ledger import Ledger
    from factledger.output.pictures.curves import Curves
    from factledger.views.view import View

SERIES = ("level", "offices", "agreements", "sanctions", "aid", "contacts", "stances")
PLOT_FORMATS = ("svg", "png", "json", "csv")


@click.command(
    cls=Verb,
    examples=[
        "factledger plot -o timeline.svg",
        "factledger plot --between JPN UKR --from 2014 -o timeline.png",
        "factledger plot --offices --actor JPN -o offices.svg",
        "factledger plot --series contacts --per month --from 2022 -o contacts.svg",
        "factledger plot --series sanctions --format csv",
    ],
)
@ledger_option
@period_options
@cut_options
@click.option(
    "--series",
    type=click.Choice(SERIES, case_sensitive=False),
    help="Not the claims, but how many of them there were.",
)
@click.option(
    "--per",
    type=click.Choice(["month", "quarter", "year"]),
    help="With --series: how much the number grew in each.",
)
@click.option("--offices", is_flag=True, help="Only who held which post: a row for each post.")
@click.option("--at", callback=query_day, metavar="DATE", help="Draw a line on this day.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(PLOT_FORMATS),
    help="How to write it.  [default: the ending of FILE, else svg]",
)
@output_option
def plot(
    address: str | None,
    between: tuple[str, str] | None,
    actor: str | None,
    since: str | None,
    until: str | None,
    recorded: int | str | None,
    published: str | None,
    series: str | None,
    per: str | None,
    offices: bool,
    at: Day | None,
    form: str | None,
    output: OutputFile | None,
) -> None:
    """Draw a timeline, or numbers along time, as a picture.

    svg needs nothing else; png needs the extra: pip install 'factledger[plot]'. json and csv have
    what is drawn. A series counts the contacts that there were, by mode, and of everything else
    what stands, by status.
    """
    from factledger.cli.output import write_out

    if per and not series:
        raise click.UsageError("--per says how to count a series; name it with --series")
    if series and (actor is not None or at):
        raise click.UsageError("--actor and --at are for a timeline; leave them out, or --series")
    if offices and (series or at):
        raise click.UsageError("--offices draws no line and no series; leave out --at and --series")
    form = form or format_of(output, PLOT_FORMATS, "svg")
    with open_ledger(address) as ledger:
        view = scoped(all_of_time(ledger, recorded, published), between, actor)
        days = period(since, until)
        if series:
            data = _series(form, _curves(ledger, view, (series.lower(), per), days), view)
        elif offices and form in ("svg", "png"):
            data = _offices(form, view, days)
        else:
            data = _lanes(form, view, days, at)
        write_out(data, output)


def _lanes(form: str, view: View, days: tuple[Day | None, Day | None], at: Day | None) -> bytes:
    from factledger.output.formats.timelines import LANE_COLUMNS, lanes_object, lanes_rows
    from factledger.output.pictures.lanes import lanes_of
    from factledger.output.pictures.lanes_svg import lanes_svg

    lanes = lanes_of(view, *days)
    if form == "json":
        return _json(lanes_object(lanes, view))
    if form == "csv":
        return _csv(LANE_COLUMNS, lanes_rows(lanes))
    title = f"What stood from {lanes.first} to {lanes.last}{_whose(view)}"
    return _picture(form, lanes_svg(lanes, title, at=at))


def _offices(form: str, view: View, days: tuple[Day | None, Day | None]) -> bytes:
    from factledger.output.pictures.posts import offices_of
    from factledger.output.pictures.posts_svg import posts_svg

    lanes = offices_of(view, *days)
    title = f"Who held which post from {lanes.first} to {lanes.last}{_whose(view)}"
    return _picture(form, posts_svg(lanes, view, title))


def _curves(
    ledger: Ledger, view: View, series: tuple[str, str | None], days: tuple[Day | None, Day | None]
) -> Curves:
    from factledger.output.pictures.curves import curves_of
    from factledger.output.pictures.lanes import lanes_of
    from factledger.views.projections import READY_MADE

    name, per = series
    first, last = days
    if first is None or last is None:  # else nothing of the picture needs to be worked out
        lanes = lanes_of(view, first, last)
        first, last = lanes.first, lanes.last
    return curves_of(
        ledger,
        READY_MADE[name],
        first,
        last,
        per,
        recorded=view.at.recorded,
        published=view.at.published,
        between=(view.sides[0], view.sides[1]) if view.sides else None,
    )


def _series(form: str, curves: Curves, view: View) -> bytes:
    from factledger.output.formats.timelines import CURVE_COLUMNS, curves_object, curves_rows
    from factledger.output.pictures.curves_svg import curves_svg

    if form == "json":
        return _json(curves_object(curves, view))
    if form == "csv":
        return _csv(CURVE_COLUMNS, curves_rows(curves))
    title = f"{curves.name} from {curves.first} to {curves.last}{_whose(view)}"
    return _picture(form, curves_svg(curves, title))


def _whose(view: View) -> str:
    names = " and ".join(map(view.name, view.sides))
    return f" for {names}" if names else ""


def _picture(form: str, svg: str) -> bytes:
    from factledger.output.pictures.png import png_of

    return png_of(svg) if form == "png" else f"{svg}\n".encode()


def _json(value: object) -> bytes:
    from factledger.cli.output import json_text

    return f"{json_text(value)}\n".encode()


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    from factledger.cli.output import csv_line

    return b"".join(csv_line(row) + b"\n" for row in (columns, *rows))
