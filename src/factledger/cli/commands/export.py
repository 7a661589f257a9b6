"""`factledger export`: the whole ledger, for other tools."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import all_of_time, format_of, ledger_option, open_ledger
from factledger.cli.output_files import OutputFile, output_option

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger

EXPORT_FORMATS = ("jsonl", "json", "csv", "markdown", "timelinejs", "ftm", "parquet", "arrow")
_BINARY = ("parquet", "arrow")


@click.command(
    cls=Verb,
    examples=[
        "factledger export -o copy.jsonl",
        "factledger export --format csv",
        "factledger export -o entries.parquet",
        "factledger export --format timelinejs -o timeline.json",
    ],
)
@ledger_option
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(EXPORT_FORMATS),
    help="How to write it.  [default: the ending of FILE, else jsonl]",
)
@output_option
def export(address: str | None, form: str | None, output: OutputFile | None) -> None:
    """Write the whole ledger to standard output.

    jsonl is the ledger's own lines, byte for byte: a file of them is a ledger. json is one array
    of entries. csv is flat, for reading: it leaves out what a cell cannot hold; markdown is a
    table of the same. timelinejs has the claims that are live, for TimelineJS; ftm has those that are
    offices, memberships and events as statements of FollowTheMoney, in CSV. parquet and arrow
    (a stream) have typed columns and each whole record; they need an extra: pip install
    'factledger[arrow]'.
    """
    from factledger.cli.output_files import written_to

    if output is not None and output.path.suffix == ".md":
        form = form or "markdown"
    form = form or format_of(output, EXPORT_FORMATS, "jsonl")
    if form in _BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text for a terminal; write it to a file with -o FILE")
    with open_ledger(address) as ledger:
        if form in _BINARY:
            from factledger.output.formats.arrow import pyarrow

            pyarrow()  # where it is missing, no file is made for it
        with written_to(output):
            _write(form, ledger)


def _write(form: str, ledger: Ledger) -> None:
    from factledger.cli.output import write_bytes, write_entries

    if form in _BINARY:
        _write_table(form, ledger)
    elif form == "jsonl":
        write_bytes(ledger.lines())
    elif form == "markdown":
        from factledger.output.formats.entry_table import entry_table

        write_bytes(line.encode() for line in entry_table(ledger))
    elif form == "timelinejs":
        _write_slides(ledger)
    elif form == "ftm":
        _write_statements(ledger)
    else:
        write_entries(form, ledger.entries())


def _write_table(form: str, ledger: Ledger) -> None:
    from factledger.output.formats.arrow import Table

    table = Table(ledger)
    sys.stdout.flush()
    (table.write_parquet if form == "parquet" else table.write_stream)(sys.stdout.buffer)
    sys.stdout.buffer.flush()


def _write_statements(ledger: Ledger) -> None:
    from factledger.cli.output import write_csv
    from factledger.output.formats.tables.ftm_statements import FTM_COLUMNS, ftm_statements

    write_csv(FTM_COLUMNS, ftm_statements(ledger.belief()))


def _write_slides(ledger: Ledger) -> None:
    from factledger.cli.output import write_json
    from factledger.output.formats.timelinejs import timelinejs_object
    from factledger.output.words.entries import record_sentence

    title = record_sentence(ledger.entry(1).record, ledger.belief())
    write_json(timelinejs_object(all_of_time(ledger), title))
