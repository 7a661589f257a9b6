"""The reference of the command line, made from its help: `python tests/cli_page.py` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from factledger.cli.group import VERBS, cli

HEAD = """\
# The command line

    factledger VERB [SUBJECT…] [OPTIONS]

This page is made from the help of the commands. The words are those of the [glossary](../explanation/glossary.md), the
keys of `asof --format json` are in [a page of their own](asof-json.md).

## Which ledger

`-l PATH`, else `$FACTLEDGER`; else `ledger.jsonl` in the current folder; else, from the current folder upward, the first of

- the ledger that `pyproject.toml` names, as in `[tool.factledger] ledger = "ledgers/japan-ukraine"`;
- the only ledger in a folder `ledgers`.

PATH is the folder of a ledger, its `ledger.jsonl`, a SQLite file that ends in `.db`, or an address on a
server, `postgresql://HOST/DATABASE/LEDGER`.

## Long work

On a terminal `import`, `copy`, `verify`, `checkpoint`, `prove` and `reindex` show how much is done, how fast, and the time left; in a pipe they say nothing.
Ctrl-C ends them with one line and code 130: what was written stays, and running the command again goes on behind it.

## Dates

`asof` takes `2023-04-01`, `2023-04`, `2023`, `2023-Q2`, `today`, `yesterday`, and `N days ago` (or weeks, months, years). A month,
quarter or year means its last day, and the answer says so. A year before our era has its hyphen, `-0043-03-15`. A second date is never guessed at: it comes with `--recorded` or
`--published`. How dates in a ledger are written is in [Dates](dates.md).

## Output

Text for a person is wrapped and coloured on a terminal; in a pipe it has the same words, one item a line. `NO_COLOR` takes the
colour away, `FORCE_COLOR` brings it back, and a terminal with `TERM=dumb` has none. `json`, `jsonl`, `csv` and `tsv` are UTF-8 always;
`csv` begins with a header and puts an apostrophe before a cell that a spreadsheet would run; `tsv` has no header.

What is wrong goes to standard error, a line each: `FILE:LINE: check: message` where there is a place, else `Error: message`. The
problems that `check` and `verify` find are their answer and go to standard output. Characters that hide or act are shown as escapes.
Of many problems or notes of one kind ten are told, and how many more there are; with `FACTLEDGER_PROBLEMS=all` in the environment all
are told, and JSON always has all.

## Exit codes

| code | meaning |
| --- | --- |
| 0 | done; an empty answer is an answer |
| 1 | the ledger says no: a refused append, a problem found, nothing of that name, damage, a disk that is full |
| 2 | the command was misused: an unknown option, a date that is none, no ledger to be found |
| 70 | a fault of factledger itself; `FACTLEDGER_TRACEBACK=1` shows where |
| 130 | interrupted |
| 141 | whoever read the output went away, as in `factledger log \\| head` |
"""


def cli_page() -> str:
    """Return the page: what all commands share, then the help of each."""
    return "".join(sections())


def sections() -> Iterator[str]:
    """Yield the parts of the page."""
    yield HEAD
    for name in VERBS:
        yield f"\n## factledger {name}\n\n```text\n{help_of(name)}\n```\n"


def help_of(name: str) -> str:
    """Return the help of one verb, 80 columns wide."""
    top = click.Context(cli, info_name="factledger", terminal_width=80, **cli.context_settings)
    verb = cli.get_command(top, name)
    assert verb is not None
    context = click.Context(verb, parent=top, info_name=name, terminal_width=80)
    return verb.get_help(context).rstrip()


def path_of_page() -> Path:
    """Return where the page is kept."""
    return Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"


if __name__ == "__main__":
    path_of_page().write_text(cli_page(), encoding="utf-8")
