"""What several verbs share: how the ledger is named and opened, and how dates are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factledger.errors import DateError, NotFound

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger

_F = TypeVar("_F", bound=Callable[..., Any])

ledger_option = click.option(
    "-l",
    "--ledger",
    "address",
    type=click.Path(),
    metavar="PATH",
    help="The ledger: its folder, its ledger.jsonl, or a .db.  [default: $FACTLEDGER, or found upward]",
)


def format_option(*formats: str) -> Callable[[_F], _F]:
    """Return the option that chooses among formats, the first the default."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to write it.",
    )


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it to this file.",
)


def form_of(file: Path | None, formats: Sequence[str], default: str) -> str:
    """Return the format that the ending of a file names, or the default."""
    ending = file.suffix[1:].lower() if file else ""
    return ending if ending in formats else default


def query_date(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """Return a date as it was written, once the closed grammar of query dates has taken it."""
    from factledger.dates.queries import parse_query

    try:
        if text is not None:
            parse_query(text, date.today)
    except DateError as error:
        raise click.UsageError(str(error), ctx) from None
    return text


def moment(ctx: click.Context, param: click.Parameter, text: str | None) -> int | str | None:
    """Return how much of the log counts: an entry number, or an instant as the log writes it."""
    from factledger.dates.instants import as_instant, numbered

    if text is None:
        return None
    try:
        number = numbered(text)
        return as_instant(text) if number is None else number
    except (DateError, NotFound):
        raise click.UsageError(
            f"{text!r} is neither an entry nor an instant: write 12, '#12', 2026-11-24 or "
            "2026-11-24T12:00:00Z",
            ctx,
        ) from None


def opened(address: str | None, **options: Any) -> Ledger:
    """Return the ledger that an option or the folder names; misuse where there is none."""
    from factledger.cli.blame import reading
    from factledger.cli.discovery import find_ledger
    from factledger.ledger.ledger import Ledger

    try:
        meant = str(address or find_ledger(Path.cwd()))
        reading(meant)
        return Ledger.open(meant, **options)
    except NotFound as missing:
        raise click.UsageError(str(missing)) from None
