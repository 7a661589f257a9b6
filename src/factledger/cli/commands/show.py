"""`factledger show`: one entry, with all that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from factledger.cli.arguments import entry_meant
from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option, open_ledger
from factledger.cli.terminal import tell

if TYPE_CHECKING:
    from factledger.views.plain.shapes import EntryShape


@click.command(cls=Verb, examples=["factledger show 31", "factledger show 31 --format json"])
@click.argument("entry", metavar="N|LABEL")
@ledger_option
@format_option("text", "json")
def show(entry: str, address: str | None, form: str) -> None:
    """Show one entry in full.

    The entry is named by its number, or by the label of its claim.
    """
    from factledger.output.formats.entries import entry_object
    from factledger.output.words.entries import erasure_words

    with open_ledger(address) as ledger:
        target = entry_meant(ledger, entry)
        values = entry_object(target)
        gone = None if target.record else erasure_words(target.number, ledger.belief())
    if form == "json":
        from factledger.cli.output import write_json

        write_json(values)
    else:
        tell(entry_lines(values, gone))


def entry_lines(values: EntryShape, gone: str | None) -> Iterator[str]:
    """Yield the place of an entry, and below it its record, or who erased it (`gone`)."""
    from factledger.output.words.entries import backfill_note
    from factledger.text import show as visible

    record = values["record"]
    since = backfill_note((record or {}).get("backfilled"), values["at"])
    yield click.style(f"#{values['entry']}", bold=True) + f" recorded {values['at']}{since}"
    yield f"  batch  #{values['batch']}"
    yield f"  hash   {values['hash']}"
    yield ""
    yield from [f"  {visible(gone or '')}"] if record is None else value_lines(record, 2)


def value_lines(value: Any, indent: int) -> Iterator[str]:
    """Yield the keys and values of a record, each level indented."""
    from factledger.text import show as visible

    lead = " " * indent
    width = max(map(len, value))
    for key, held in value.items():
        if isinstance(held, dict):
            yield f"{lead}{key}"
            yield from value_lines(held, indent + 2)
        elif isinstance(held, list) and held and isinstance(held[0], dict):
            yield f"{lead}{key}"
            for item in held:
                first, *others = value_lines(item, indent + 4)
                yield f"{lead}  - {first.lstrip()}"
                yield from others
        else:
            text = ", ".join(map(str, held)) if isinstance(held, list) else str(held)
            yield f"{lead}{key:<{width}}  {visible(text)}"
