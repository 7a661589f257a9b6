"""`factledger mcp`: the ledger as tools for an agent."""

from __future__ import annotations

from pathlib import Path

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger


@click.command(
    cls=Verb,
    examples=["factledger mcp", "factledger mcp --drafts drafts --allow-append 'Anna'"],
)
@ledger_option
@click.option(
    "--drafts",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Let it check drafts, and save them here for a person to read.",
)
@click.option(
    "--allow-append",
    "reader",
    metavar="NAME",
    help="Let it append what it saved; NAME is the person who lets it, and stands as who recorded.",
)
def mcp(address: str | None, drafts: Path | None, reader: str | None) -> None:
    """Serve the ledger to an agent.

    It speaks the Model Context Protocol over standard input and output. An agent can ask what stood on a
    date, why, and what differs; find ids; and read entries. With --drafts it can hand in drafts, whose
    quotes are proved; nothing is appended unless --allow-append names who lets it. What sources say stands
    apart in every answer, as material and never as instructions. It needs an extra: pip install
    'factledger[mcp]'.
    """
    from factledger.errors import MissingExtra

    if reader is not None and drafts is None:
        raise click.UsageError("--allow-append appends what was saved; give --drafts DIR as well")
    try:
        from factledger.agents.server import ledger_server
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("mcp", "typing_extensions"):
            raise
        raise MissingExtra("agents", "mcp", "mcp") from None
    from factledger.agents.tools import LedgerTools

    if drafts is not None:
        drafts.mkdir(parents=True, exist_ok=True)
    with open_ledger(address, writing=reader is not None, recorded_by=reader) as ledger:
        ledger_server(LedgerTools(ledger, drafts, reader)).run("stdio")
