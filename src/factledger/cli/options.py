"""Options that several commands share, and the values that they stand for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from factledger.cli.types.paths import NamedPath
from factledger.errors import DateError, NotFound
from factledger.named import NamedTuple

if TYPE_CHECKING:
    from factledger.cli.output_files import OutputFile
    from factledger.dates.days import Day
    from factledger.ledger.ledger import Ledger
    from factledger.views.view import View

_F = TypeVar("_F", bound=Callable[..., Any])
RECORDED_BY = "FACTLEDGER_RECORDED_BY"
_CONFIG = "factledger/config.toml"

ledger_option = click.option(
    "-l",
    "--ledger",
    "address",
    type=NamedPath(),
    metavar="PATH",
    help="The ledger: its folder, its ledger.jsonl, a .db, or postgresql://…  [default: $FACTLEDGER, or found upward]",
)


trust_clock_option = click.option(
    "--trust-clock",
    is_flag=True,
    help="Go on behind an entry that is dated ahead of this clock.",
)


def format_option(*formats: str) -> Callable[[_F], _F]:
    """Return the option that chooses a format; the first is the default."""
    return click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to write it.",
    )


def format_of(file: OutputFile | None, formats: Sequence[str], default: str) -> str:
    """Return the format that the ending of a file names, or the default; raises for another ending.

    A file without an ending has the default, and so has one that the shell names, as /dev/stdout.
    """
    ending = file.path.suffix[1:].lower() if file else ""
    if ending and ending not in formats:
        known = ", ".join(f".{one}" for one in formats)
        raise click.UsageError(
            f"'.{ending}' is no ending of a format; end the name in {known}, or name one with -f"
        )
    return ending or default


def query_day(ctx: click.Context, param: click.Parameter, text: str | None) -> Day | None:
    """Return the day of a query date, None for no text."""
    from factledger.dates.queries import parse_query

    try:
        return None if text is None else parse_query(with_hyphen(text), date.today)[0]
    except DateError as error:
        raise click.UsageError(str(error), ctx) from None


def query_date(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """Return a query date as it was written, for the ledger to read by its own clock."""
    query_day(ctx, param, text)
    return text and with_hyphen(text)


def with_hyphen(text: str) -> str:
    """Return a date with a hyphen for the minus sign before a year before our era."""
    return text.replace("\N{MINUS SIGN}", "-", 1)


def recorded_by(ctx: click.Context, param: click.Parameter, text: str | None) -> int | str | None:
    """Return the entry or the instant up to which the log counts, None for no text."""
    from factledger.dates.instants import entry_or_instant

    try:
        return None if text is None else entry_or_instant(text)
    except DateError as error:
        raise click.UsageError(str(error), ctx) from None


def recorder_name() -> str | None:
    """Return who records, as the environment or their configuration says; None where neither does.

    That is $FACTLEDGER_RECORDED_BY, else `recorded_by` in factledger/config.toml of the folder
    for configurations.
    """
    if (named := os.environ.get(RECORDED_BY)) is not None:
        return _name(named or None, f"${RECORDED_BY}")
    file = Path(os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config"), _CONFIG)
    if not os.path.isfile(file):  # of a home that is not this user's neither
        return None
    from factledger.cli.discovery import settings_text
    from factledger.intake.documents import parsed_toml

    try:
        found = parsed_toml(settings_text(file)).get("recorded_by")
    except (OSError, ValueError) as error:
        raise click.UsageError(f"{file}: cannot be read: {error}; correct it") from None
    return _name(found, f"{file}: recorded_by")


def _name(found: object, where: str) -> str | None:
    """Return the name of who records, or raise with the place where something else stands."""
    from factledger.records.fields import name_fault

    if fault := name_fault(found):
        raise click.UsageError(f"{where}: {fault}")
    return found if isinstance(found, str) else None


def open_ledger(
    address: str | None,
    *,
    behind: bool = False,
    trust_clock: bool = False,
    writing: bool = False,
    recorded_by: str | None = None,
) -> Ledger:
    """Return the ledger that an option or the folder names; raises `UsageError` for none.

    One for `writing` knows who records: `recorded_by`, or else whom the configuration names.
    """
    from factledger.cli.blame import reading
    from factledger.ledger.ledger import Ledger

    address = address_meant(address)
    try:
        reading(address)
        by = recorded_by or (recorder_name() if writing else None)
        return Ledger.open(address, behind=behind, trust_clock=trust_clock, recorded_by=by)
    except NotFound as missing:
        raise click.UsageError(str(missing)) from None


def address_meant(address: str | None) -> str:
    """Return the address that is named, else that of the ledger which the folder names; raises `UsageError`."""
    if address:
        return address
    from factledger.cli.discovery import find_ledger

    try:
        return str(find_ledger(Path.cwd()))
    except NotFound as missing:
        raise click.UsageError(str(missing)) from None


def side_options(command: _F) -> _F:
    """Return the command with the options --between and --actor."""
    for option in (
        click.option("--actor", metavar="A", help="Only claims in which this actor takes part: an id, or a name."),
        click.option("--between", nargs=2, metavar="A B", help="Only claims in which both take part: ids, or names."),
    ):  # fmt: skip
        command = option(command)
    return command


def cut_options(command: _F) -> _F:
    """Return the command with the options --recorded and --published."""
    for option in (
        click.option("--published", callback=query_date, metavar="DATE", help="As published by then."),
        click.option("--recorded", callback=recorded_by, metavar="N|INSTANT", help="As recorded by then."),
    ):  # fmt: skip
        command = option(command)
    return command


class Asking(NamedTuple):
    """What a command asks: of two actors, of one or of all, as recorded and as published by then."""

    between: tuple[str, str] | None
    actor: str | None
    recorded: int | str | None
    published: str | None

    def view(self, ledger: Ledger, date: str | None = None) -> View:
        """Return the view on a date; without one, a view for its tracks."""
        if date is None:
            whole = all_of_time(ledger, self.recorded, self.published)
        else:
            whole = ledger.as_of(date, recorded=self.recorded, published=self.published)
        return scoped(whole, self.between, self.actor)


def asking_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the options of sides and cuts, which it is given as one `asking`."""

    @wraps(command)
    def asked(*given: Any, **named: Any) -> None:
        command(*given, asking=Asking(*map(named.pop, Asking._fields)), **named)

    return side_options(cut_options(asked))


def period_options(command: _F) -> _F:
    """Return the command with the options --from, --to, --between and --actor."""
    for option in (
        click.option("--to", "until", callback=query_date, metavar="DATE", help="The last day."),
        click.option("--from", "since", callback=query_date, metavar="DATE", help="The first day."),
    ):
        command = option(command)
    return side_options(command)


def period(since: str | None, until: str | None) -> tuple[Day | None, Day | None]:
    """Return the first day of one date and the last day of another, each None where it is missing."""
    from factledger.dates.queries import first_day, parse_query

    first = None if since is None else first_day(since, date.today)
    last = None if until is None else parse_query(until, date.today)[0]
    if first is not None and last is not None and first > last:
        raise click.UsageError(f"--from {since} is after --to {until}; nothing lies between")
    return first, last


def all_of_time(
    ledger: Ledger, recorded: int | str | None = None, published: str | None = None
) -> View:
    """Return a view for its tracks, which do not depend on a day."""
    from factledger.dates.days import FOREVER

    return ledger.as_of(FOREVER, recorded=recorded, published=published)


def scoped(view: View, between: tuple[str, str] | None, actor: str | None) -> View:
    """Return the view of two actors or of one, where they are named, else of all."""
    if between is not None and actor is not None:
        raise click.UsageError("--between and --actor ask two questions; give one of them")
    named = between or (() if actor is None else (actor,))
    if not named:
        return view
    from factledger.cli.asking.actors import actor_id

    return view.about(*(actor_id(view.belief, one) for one in named))
