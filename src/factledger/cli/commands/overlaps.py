"""`factledger overlaps`: when two held one post."""

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


@click.command(cls=Verb, examples=["factledger overlaps jpn-prime-minister", "factledger overlaps"])
@click.argument("post", required=False)
@ledger_option
@cut_options
@format_option("text", "json")
def overlaps(
    post: str | None,
    address: str | None,
    recorded: int | str | None,
    published: str | None,
    form: str,
) -> None:
    """Show when two held one post.

    POST is an actor, by id or by name; without it all posts are looked at. Days on which either
    only possibly held it do not count.
    """
    from factledger.views.inquiries.tenures import overlaps as overlaps_of
    from factledger.views.inquiries.tenures import posts_meant

    with open_ledger(address) as ledger:
        view = all_of_time(ledger, recorded, published)
        found = [(one, overlaps_of(view, one)) for one in posts_meant(view, post)]
        if form == "json":
            from factledger.cli.output import write_json
            from factledger.views.plain.tenure_objects import overlap_object

            write_json([overlap_object(one, view.belief) for _, some in found for one in some])
        else:
            from factledger.cli.text.tenures import overlap_lines

            tell(overlap_lines(view, found, Layout.of_output()))
