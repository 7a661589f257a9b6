"""`factledger timeline`: how claims stood along time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    all_of_time,
    cut_options,
    format_option,
    ledger_option,
    open_ledger,
    period,
    period_options,
    scoped,
)
from factledger.cli.terminal import Layout, tell

if TYPE_CHECKING:
    from factledger.output.pictures.lanes import Lanes
    from factledger.views.view import View

PIPE = 100  # columns, where no terminal says how many


@click.command(
    cls=Verb,
    examples=[
        "factledger timeline",
        "factledger timeline --between JPN UKR --from 2014 --to 2024",
        "factledger timeline --actor RUS --format csv",
    ],
)
@ledger_option
@period_options
@cut_options
@format_option("text", "json", "csv")
def timeline(
    address: str | None,
    between: tuple[str, str] | None,
    actor: str | None,
    since: str | None,
    until: str | None,
    recorded: int | str | None,
    published: str | None,
    form: str,
) -> None:
    """Draw how claims stood along time.

    Each claim has a bar, below the group of its type: unbroken where it is definite, broken where
    it is presumed, dotted where it is possible. An event is a point on the day by which it had
    happened.
    """
    from factledger.output.pictures.lanes import lanes_of

    with open_ledger(address) as ledger:
        view = scoped(all_of_time(ledger, recorded, published), between, actor)
        lanes = lanes_of(view, *period(since, until))
        if form == "text":
            tell(_text(lanes, view))
        else:
            _export(form, lanes, view)


def _text(lanes: Lanes, view: View) -> Iterator[str]:
    import sys

    from factledger.cli.text.view import redacted_lines
    from factledger.output.pictures.lanes_text import lane_lines, marks_for
    from factledger.text import show

    layout = Layout(Layout.of_output().width or PIPE)
    names = " and ".join(map(view.name, view.sides))
    title = f"From {lanes.first} to {lanes.last}{' for ' + names if names else ''}"
    yield from (click.style(line, bold=True) for line in layout.wrapped(show(title), 2))
    yield ""
    if lanes.lanes:
        yield from lane_lines(lanes, layout.width or PIPE, marks_for(sys.stdout.encoding))
    else:
        yield "No claim is to be seen in that time."
    if view.redacted:
        yield ""
        yield click.style("Not known any more", bold=True)
        yield from redacted_lines(view.redacted, layout)
    yield ""
    yield from (click.style(line, dim=True) for line in layout.wrapped(view.at.known, 2))


def _export(form: str, lanes: Lanes, view: View) -> None:
    from factledger.cli.output import write_csv, write_json
    from factledger.output.formats.timelines import LANE_COLUMNS, lanes_object, lanes_rows

    if form == "json":
        write_json(lanes_object(lanes, view))
    else:
        write_csv(LANE_COLUMNS, lanes_rows(lanes))
