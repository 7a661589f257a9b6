"""`factledger serve`: look at a ledger in a browser."""

from __future__ import annotations

import click

from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger

PORT = 8765


@click.command(cls=Verb, examples=["factledger serve --open", "factledger serve --port 9000"])
@ledger_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N",
    help="The port; 0 takes any that is free.",
)  # fmt: skip
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="NAME",
    help="The address to listen at; only this machine reaches the default.",
)  # fmt: skip
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
def serve(address: str | None, port: int, host: str, show: bool) -> None:
    """Look at the ledger in a browser.

    The pages are read from the ledger at each request, so what others append is seen. Nothing
    is ever written. Ctrl-C ends it.
    """
    from factledger.web.asgi import application
    from factledger.web.routes import LOOPBACK
    from factledger.web.server import listening
    from factledger.web.server import serve as answer

    with open_ledger(address) as ledger:
        shown = ledger.address
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
        if show:
            click.launch(where)
        answer(shown, at, LOOPBACK | {name.lower()})
