"""`factledger disputes`: what sources contradict each other about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    Asking,
    asking_options,
    format_option,
    ledger_option,
    open_ledger,
    query_date,
)
from factledger.cli.terminal import Layout, tell

if TYPE_CHECKING:
    from factledger.views.agreement.contradictions import Contradiction
    from factledger.views.view import View


@click.command(
    cls=Verb,
    examples=[
        "factledger disputes",
        "factledger disputes --between JPN UKR --asof 2023-04-01",
        "factledger disputes --format json",
    ],
)
@ledger_option
@click.option(
    "--asof", callback=query_date, metavar="DATE", help="Only what is contested on this date."
)
@asking_options
@format_option("text", "json")
def disputes(address: str | None, asof: str | None, asking: Asking, form: str) -> None:
    """Show what is in dispute, with both sides.

    Claims are in dispute on the days on which they cannot all be right, or on which a record
    disputes one. Each side is told with its words, publisher and date; the oldest come first.
    """
    from factledger.views.agreement.contradictions import contradictions

    with open_ledger(address) as ledger:
        view = asking.view(ledger, asof)
        found = contradictions(view, view.day if asof else None)
        _write(form, view, found, asof)


def _write(form: str, view: View, found: tuple[Contradiction, ...], asof: str | None) -> None:
    if form == "json":
        from factledger.cli.output import write_json
        from factledger.output.formats.disputes import disputes_object

        write_json(disputes_object(view, found))
    else:
        from factledger.cli.text.disputes import dispute_lines

        tell(dispute_lines(view, found, asof, Layout.of_output()))
