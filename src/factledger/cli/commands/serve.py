"""`factledger serve`: look at a ledger in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import read_texts, text_option
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger, recorder_name
from factledger.cli.types.texts import GivenName

if TYPE_CHECKING:
    from factledger.ledger.ledger import Ledger
    from factledger.web.adding.desk import Desk

PORT = 8765


@click.command(
    cls=Verb,
    examples=[
        "factledger serve --open",
        "factledger serve --port 9000",
        "factledger serve --write",
    ],
)
@ledger_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N",
    help="The port; 0 takes any that is free.",
)  # fmt: skip
@click.option(
    "--host", type=GivenName(), default="127.0.0.1", show_default=True, metavar="NAME",
    help="The address to listen at; only this machine reaches the default.",
)  # fmt: skip
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option(
    "--write", "writing", is_flag=True, help="Also add claims, at an address nobody can guess."
)
@text_option
def serve(
    address: str | None, port: int, host: str, show: bool, writing: bool, texts: tuple[str, ...]
) -> None:
    """Look at the ledger in a browser.

    The pages are read from the ledger at each request, so what others append is seen. Nothing
    is ever written, but with --write: then claims of a source whose text is kept, or given with
    --text, are added beside its text, and wait in a draft until they are appended. That is for this
    machine alone, and for whoever knows the address that is printed. Ctrl-C ends it.
    """
    from factledger.web.asgi import application
    from factledger.web.replies.welcome import LOOPBACK
    from factledger.web.server import listening
    from factledger.web.server import serve as answer

    if writing and host not in LOOPBACK | {"::1"}:
        raise click.UsageError("--write is for this machine alone; leave out --host")
    if texts and not writing:
        raise click.UsageError("--text is for --write; give that as well")
    with open_ledger(address) as ledger:
        shown = ledger.address
        desk = desk_of(ledger, texts) if writing else None
    application(shown)
    try:
        at = listening(host, port)
    except OSError as error:
        why = (error.strerror or str(error)).partition(" (while")[0].lower()
        what = f"cannot listen at {host}:{port}: {why}; choose another with --port"
        raise click.ClickException(what) from None
    with at:
        name = f"[{host}]" if ":" in host else host
        where = f"http://{name}:{at.getsockname()[1]}/"
        click.echo(f"{where} shows {shown}; Ctrl-C ends it")
        if desk is not None:
            where = f"{where.rstrip('/')}{desk.path}"
            click.echo(f"{where} takes claims; tell nobody")
        if show:
            click.launch(where)
        answer(shown, at, LOOPBACK | {name.lower()}, desk)


def desk_of(ledger: Ledger, texts: tuple[str, ...]) -> Desk:
    """Return a desk for a ledger, at an address that nobody can guess."""
    from factledger.checks.citations import source_of_text
    from factledger.web.adding.barring import new_token
    from factledger.web.adding.desk import Desk

    given = read_texts(texts, lambda text: source_of_text(ledger.index, text))
    return Desk(new_token(), recorder_name(), given)
