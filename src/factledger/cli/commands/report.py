"""`factledger report`: what stood on a date, to hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    Asking,
    asking_options,
    ledger_option,
    open_ledger,
    query_date,
)
from factledger.cli.output_files import OutputFile, file_option, output_option

if TYPE_CHECKING:
    from factledger.output.formats.report import Style


@click.command(
    cls=Verb,
    examples=[
        "factledger report 2023-04-01 -o report.md",
        "factledger report 2023-04-01 --between JPN UKR -o report.md --csl sources.json",
        "factledger report 2023-04-01 --citations keys --csl sources.json -o report.md",
    ],
)
@click.argument("date", callback=query_date)
@ledger_option
@asking_options
@click.option(
    "--citations",
    "style",
    type=click.Choice(["numbers", "keys"]),
    default="numbers",
    show_default=True,
    help="Numbers of a bibliography at the end, or keys for pandoc --citeproc.",
)
@output_option
@file_option("--csl", told="Write the sources to this file, as CSL-JSON for Zotero and pandoc.")
def report(
    date: str,
    address: str | None,
    asking: Asking,
    style: Style,
    output: OutputFile | None,
    csl: OutputFile | None,
) -> None:
    """Write what stood on a date as a report in Markdown.

    What is in dispute comes first, with both sides; below each line stand the words that say so, and
    the numbers in brackets are those of the sources. Entries and places are listed behind.
    """
    from factledger.cli.output import json_text, write_out
    from factledger.output.formats.csl import csl_object
    from factledger.output.formats.report import declared_sources
    from factledger.output.formats.report import report as report_of

    with open_ledger(address) as ledger:
        view = asking.view(ledger, date)
        write_out(report_of(ledger, view, style).encode(), output)
        if csl is not None:
            items = [csl_object(source) for source in declared_sources(view)]
            write_out(f"{json_text(items)}\n".encode(), csl)
