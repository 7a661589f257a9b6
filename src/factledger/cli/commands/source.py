"""`factledger source`: the texts of sources, kept beside the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.records.codec import Body

_LICENCE = (
    "its text is to be kept: say under which --licence, such as CC-BY-4.0 or 'public domain'; "
    "one that may not be copied is --policy sealed"
)


@click.command(
    cls=Verb,
    examples=[
        "factledger source add article.txt --id article --title 'An article' --licence CC0-1.0",
        "factledger source list",
    ],
)
@click.argument("action", type=click.Choice(["add", "list", "forget"]))
@click.argument("subject", required=False, metavar="[FILE|SOURCE]")
@ledger_option
@click.option(
    "--id", "name", metavar="ID", help="add: of which source.  [default: the file's name]"
)
@click.option("--title", metavar="TEXT", help="add: what the source is called.")
@click.option("--publisher", metavar="TEXT", help="add: who published it.")
@click.option("--author", metavar="TEXT", help="add: who wrote it.")
@click.option("--url", metavar="URL", help="add: where it can be read.")
@click.option("--language", metavar="TAG", help="add: its language, such as en.")
@click.option("--published", metavar="DATE", help="add: when, in EDTF.")
@click.option("--licence", metavar="TEXT", help="add: under which its text may be kept.")
@click.option(
    "--policy",
    type=click.Choice(["verbatim", "sealed"]),
    default="verbatim",
    show_default=True,
    help="add: a sealed text stays where it is, and no word of it is kept.",
)
def source(action: str, subject: str | None, address: str | None, **fields: str | None) -> None:
    """Keep the texts of sources beside the ledger.

    'add' declares a source, where it is not declared yet, and keeps the text of FILE, so that it
    need not be given again: 'append' and 'verify' prove quotes by it, 'why' and the pages for a
    browser show the sentence around a quote. Of a sealed source only the path of FILE is noted, for this
    machine.

    'list' tells of each source whether its text is at hand. 'forget' takes the text of SOURCE away;
    what is recorded of the source stays. 'redact' of a source takes its text along.
    """
    if (action == "list") == (subject is not None):
        wanted = {"add": "the FILE with the text", "forget": "a SOURCE", "list": "nothing else"}
        raise click.UsageError(f"'{action}' wants {wanted[action]}")
    with open_ledger(address, writing=True) as ledger:
        if action == "add":
            click.echo(add_text(ledger, Path(str(subject)), fields))
        elif action == "forget":
            click.echo(forget_text(ledger, str(subject)))
        else:
            from factledger.text import show

            for line in text_lines(ledger):
                click.echo(show(line))


def add_text(ledger: Ledger, file: Path, fields: dict[str, str | None]) -> str:
    """Declare a source where it is new, and keep its text or note where it lies; return what was done."""
    from factledger.checks.citations import hash_fault
    from factledger.cli.commands.init import folder_origin
    from factledger.cli.text.appended import summary
    from factledger.errors import Problem, Refused
    from factledger.intake.drafts import read_text

    text, before = read_text(file), len(ledger)
    name = fields.pop("name") or folder_origin(file.with_suffix(""))
    known = ledger.index.declarations("source", name)
    said = f"already there: #{known[0]}" if known else ""
    if not known:
        told = declaration(name, fields)
        said = summary(ledger.append(told, texts={name: text}).numbers, before, "added")
    elif fault := hash_fault(ledger.index, name, text):
        raise Refused([Problem(str(file), "source-text", f"{fault}; give the text that was cited")])
    declared = ledger.belief().source(name)
    if declared is not None and declared.policy == "sealed":
        ledger.texts.refer(name, file)
        return f"{said}; its text stays in {file}"
    if declared is not None and declared.licence is None and not fields["licence"]:
        raise click.UsageError(_LICENCE)
    ledger.texts.keep(name, text)
    return f"{said}; keeps its text in {ledger.texts.path(name)}"


def declaration(name: str, fields: dict[str, str | None]) -> Body:
    """Return the draft of a source; raises `UsageError` where it lacks what it needs."""
    if not fields["title"]:
        raise click.UsageError(f"source {name!r} is not declared yet: give its --title")
    if fields["policy"] == "verbatim" and not fields["licence"]:
        raise click.UsageError(_LICENCE)
    given = {key: value for key, value in fields.items() if value}
    if given["policy"] == "verbatim":
        del given["policy"]
    return {"kind": "source", "id": name, **given}


def forget_text(ledger: Ledger, name: str) -> str:
    """Take the text of a source away, and return what was done."""
    from factledger.errors import NotFound

    if not ledger.texts.forget(name):
        raise NotFound(f"the text of source {name!r}", "'factledger source list' tells of each")
    return f"the text of {name} is kept no longer; what the ledger quotes of it stays"


def text_lines(ledger: Ledger) -> Iterator[str]:
    """Yield a line for each source: its id, and where its text is."""
    for name in ledger.index.declared("source"):
        path = ledger.texts.path(name)
        if path is None:
            yield f"{name}: no text"
        elif ledger.text(name) is None:
            yield f"{name}: {path} is not the text that was cited, or cannot be read"
        else:
            yield f"{name}: {'kept in' if ledger.texts.kept_inside(name) else 'outside, in'} {path}"
