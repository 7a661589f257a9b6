"""`factledger suggest`: claims of different publishers that are likely one thing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    Asking,
    asking_options,
    format_option,
    ledger_option,
    open_ledger,
)
from factledger.cli.terminal import tell
from factledger.cli.types.numbers import Whole

if TYPE_CHECKING:
    from factledger.views.agreement.suggestions import Suggestion
    from factledger.views.view import View


@click.command(
    cls=Verb,
    examples=[
        "factledger suggest --between JPN UKR",
        "factledger suggest > same.toml",
        "factledger suggest --near 14",
        "factledger suggest --format json",
    ],
)
@ledger_option
@asking_options
@click.option("-n", "--limit", type=Whole(min=1), metavar="N", help="At most so many pairs.")
@click.option(
    "--near",
    type=Whole(min=0),
    default=0,
    metavar="DAYS",
    show_default=True,
    help="Also those that lie so many days apart: as one thing they contradict each other.",
)
@format_option("toml", "json")
def suggest(address: str | None, asking: Asking, limit: int | None, near: int, form: str) -> None:
    """Suggest which claims are one thing told twice.

    Two claims of different publishers are likely one where type and participants are the same and
    their times can touch; with --near, also where they lie some days apart. What is printed is a
    draft: strike out what is not so, or write 'different' for 'same', and append the rest. Nothing is
    merged by itself.
    """
    from factledger.views.agreement.suggestions import suggestions

    with open_ledger(address) as ledger:
        view = asking.view(ledger)
        found = tuple(islice(suggestions(view, near=near), limit))
        if form == "json":
            _export(view, found)
        else:
            tell(draft_lines(view, found))


def draft_lines(view: View, found: tuple[Suggestion, ...]) -> Iterator[str]:
    """Yield the draft, each line fit to be shown; a comment where there is nothing to suggest."""
    from factledger.output.words.suggestions import suggestion_draft
    from factledger.text import show

    if not found:
        yield "# No two claims of different publishers are likely one thing."
    for i, suggestion in enumerate(found):
        if i:
            yield ""
        yield from map(show, suggestion_draft(suggestion, view))


def _export(view: View, found: tuple[Suggestion, ...]) -> None:
    from factledger.cli.output import write_json
    from factledger.output.words.suggestions import suggestion_reason
    from factledger.views.plain.objects import standing_object

    write_json([
        {
            "claims": list(suggestion.numbers),
            "exact": suggestion.exact,
            "apart": suggestion.apart,
            "reason": suggestion_reason(suggestion, view),
            "standings": [standing_object(s, view.belief) for s in (suggestion.one, suggestion.other)],
        }
        for suggestion in found
    ])  # fmt: skip
