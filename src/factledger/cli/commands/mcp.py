"""`factledger mcp`: the ledger as tools for an agent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger
from factledger.cli.types.paths import NamedPath
from factledger.cli.types.texts import GivenName
from factledger.text import system_reason


@click.command(
    cls=Verb,
    examples=["factledger mcp", "factledger mcp --drafts drafts --allow-append 'Anna'"],
)
@ledger_option
@click.option(
    "--drafts",
    type=NamedPath(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Let it check drafts, and save them here for a person to read.",
)
@click.option(
    "--allow-append",
    "reader",
    type=GivenName(),
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
        server = ledger_server(LedgerTools(ledger, drafts, reader))
        converse(lambda: server.run("stdio"))


def converse(talk: Callable[[], object]) -> None:
    """Answer an agent over standard input and output until it ends; raises where these are none."""
    try:
        talk()
    except BaseExceptionGroup as several:
        fault = _first(several)
        if not isinstance(fault, OSError) or isinstance(fault, BrokenPipeError):
            raise fault from None
        reason = system_reason(fault)
        told = f"standard input or output: {reason}; an agent speaks over both"
        raise click.ClickException(told) from None


def _first(several: BaseException) -> BaseException:
    """Return the first of what was raised in tasks, and in tasks of those."""
    while isinstance(several, BaseExceptionGroup):
        several = several.exceptions[0]
    return several
