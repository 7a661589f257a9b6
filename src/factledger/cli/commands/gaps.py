"""`factledger gaps`: when nobody is known to have held a post."""

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


@click.command(cls=Verb, examples=["factledger gaps jpn-prime-minister", "factledger gaps"])
@click.argument("post", required=False)
@ledger_option
@cut_options
@format_option("text", "json")
def gaps(
    post: str | None,
    address: str | None,
    recorded: int | str | None,
    published: str | None,
    form: str,
) -> None:
    """Show when nobody is known to have held a post.

    POST is an actor, by id or by name; without it all posts are looked at. A gap lies between two
    holders; who only possibly held the post in it is named beside it.
    """
    from factledger.views.inquiries.tenures import gaps as gaps_of
    from factledger.views.inquiries.tenures import posts_meant

    with open_ledger(address) as ledger:
        view = all_of_time(ledger, recorded, published)
        found = [(one, gaps_of(view, one)) for one in posts_meant(view, post)]
        if form == "json":
            from factledger.cli.output import write_json
            from factledger.views.plain.tenure_objects import gap_object

            write_json([gap_object(gap, view.belief) for _, some in found for gap in some])
        else:
            from factledger.cli.text.tenures import gap_lines

            tell(gap_lines(view, found, Layout.of_output()))
