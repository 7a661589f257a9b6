"""`factledger holders`: who held a post, from when to when."""

from __future__ import annotations

import click

from factledger.cli.group import Verb
from factledger.cli.options import (
    all_of_time,
    cut_options,
    format_option,
    ledger_option,
    open_ledger,
)
from factledger.cli.terminal import Layout, tell


@click.command(
    cls=Verb,
    examples=[
        "factledger holders jpn-prime-minister",
        "factledger holders 'Prime Minister of Japan' --format json",
    ],
)
@click.argument("post")
@ledger_option
@cut_options
@format_option("text", "json")
def holders(
    post: str, address: str | None, recorded: int | str | None, published: str | None, form: str
) -> None:
    """Show who held a post, from when to when.

    POST is an actor, by id or by name. Each holder is told with the days on which it definitely,
    presumably or possibly held the post, by any type of claim that names a holder and a post.
    """
    from factledger.views.inquiries.names import actor_meant
    from factledger.views.inquiries.tenures import tenures

    with open_ledger(address) as ledger:
        view = all_of_time(ledger, recorded, published)
        meant = actor_meant(view.belief, post)
        found = tenures(view, meant)
        if form == "json":
            from factledger.cli.output import write_json
            from factledger.views.plain.tenure_objects import tenure_object

            write_json([tenure_object(tenure, view.belief) for tenure in found])
        else:
            from factledger.cli.text.tenures import tenure_lines

            tell(tenure_lines(view, meant, found, Layout.of_output()))
