"""`factledger diff`: the differences between two answers, and whether the world made them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    format_option,
    ledger_option,
    open_ledger,
    query_date,
    recorded_by,
    side_options,
)
from factledger.cli.outcome import LEDGER_SAYS_NO
from factledger.cli.terminal import Layout, tell
from factledger.errors import DateError

if TYPE_CHECKING:
    from factledger.views.differences import Difference

_T = TypeVar("_T")


def ends_of(
    read: Callable[[click.Context, click.Parameter, str | None], _T | None],
) -> Callable[[click.Context, click.Parameter, str | None], tuple[_T | None, _T | None]]:
    """Return a callback that reads both ends of `A..B`, each as another callback does."""

    def both(
        ctx: click.Context, param: click.Parameter, text: str | None
    ) -> tuple[_T | None, _T | None]:
        from factledger.dates.queries import parse_ends

        try:
            first, last = (None, None) if text is None else parse_ends(text)
        except DateError as error:
            raise click.UsageError(str(error), ctx) from None
        return read(ctx, param, first), read(ctx, param, last)

    return both


@click.command(
    cls=Verb,
    examples=[
        "factledger diff 2022-01-01 2023-04-01",
        "factledger diff 2022 2023 --between Japan Ukraine",
        "factledger diff 2023-04-01 --recorded 5..12",
    ],
)
@click.argument("date", callback=query_date)
@click.argument("to", required=False, callback=query_date, metavar="[DATE]")
@ledger_option
@side_options
@click.option(
    "--recorded",
    callback=ends_of(recorded_by),
    metavar="A..B",
    help="From what was recorded by A to what was by B, each an entry or an instant; or one for both.",
)
@click.option(
    "--published",
    callback=ends_of(query_date),
    metavar="A..B",
    help="From what was published by A to what was by B; or one for both.",
)
@click.option("--aged", is_flag=True, help="Also what the calendar alone changed.")
@click.option("--refs", is_flag=True, help="With entries, and places in the sources.")
@click.option("--long", "whole", is_flag=True, help="Every step with its kind, as a table.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where anything differs.")
@format_option("text", "json", "csv")
def diff(
    date: str,
    to: str | None,
    address: str | None,
    between: tuple[str, str] | None,
    actor: str | None,
    recorded: tuple[int | str | None, int | str | None],
    published: tuple[str | None, str | None],
    aged: bool,
    refs: bool,
    whole: bool,
    exit_code: bool,
    form: str,
) -> None:
    """Show what differs between two answers, and why.

    With two dates, it tells what the world did from one to the other; with one date and --recorded
    A..B, what was learnt about it, corrected and withdrawn. With both, the date moves first, as
    the ledger knew by A, and then the knowledge does. What happened comes first, by date; what the
    calendar alone made definite or presumed is counted.
    """
    if between is not None and actor is not None:
        raise click.UsageError("--between and --actor ask two questions; give one of them")
    if to is None and recorded[0] == recorded[1] and published[0] == published[1]:
        raise click.UsageError(
            "one date and one state of knowledge give one answer; add a second date, or "
            "--recorded A..B, or --published A..B"
        )
    from factledger.cli.asking.actors import actor_asked, actor_ids

    with open_ledger(address) as ledger:
        known = ledger.belief()
        difference = ledger.difference(
            (date, recorded[0], published[0]),
            (to or date, recorded[1], published[1]),
            between=actor_ids(known, between),
            involving=actor_asked(known, actor),
        )
        if form == "text":
            from factledger.cli.text.difference import change_lines, difference_lines

            layout = Layout.of_output()
            lines = change_lines(difference, layout, aged, refs)
            tell(difference_lines(difference, layout) if whole else lines)
        else:
            _export(form, difference)
    if exit_code and difference:
        raise click.exceptions.Exit(LEDGER_SAYS_NO)


def _export(form: str, difference: Difference) -> None:
    from factledger.cli.output import write_csv, write_json
    from factledger.output.formats.differences import STEP_HEAD, step_rows

    if form == "json":
        write_json(difference.to_dict())
    else:
        write_csv(STEP_HEAD, step_rows(difference))
