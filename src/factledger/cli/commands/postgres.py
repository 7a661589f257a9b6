"""`factledger postgres`: what a ledger on a PostgreSQL server needs besides."""

from __future__ import annotations

import click

from factledger.cli.group import Verb


@click.command(
    cls=Verb,
    examples=[
        "factledger postgres setup postgresql://localhost/news/ukraine > setup.sql",
    ],
)
@click.argument("action", type=click.Choice(["setup", "follow", "accept"]))
@click.argument("address", metavar="postgresql://HOST/DATABASE/LEDGER")
@click.option("--apply", "applied", is_flag=True, help="setup: run it, and do not print it.")
@click.option("--quiet", is_flag=True, help="setup: let no append notify those who follow.")
@click.option("--seen", metavar="HASH", help="accept: the head that this machine has seen.")
@click.option("--found", metavar="HASH", help="accept: the head that the server has now.")
def postgres(
    action: str, address: str, applied: bool, quiet: bool, seen: str | None, found: str | None
) -> None:
    """Keep a ledger on a PostgreSQL server.

    A ledger there is a schema in a database, named by the last part of the address; where that is
    left out, it is 'factledger'. All other commands take the address as they take a path. It needs
    factledger[postgres].

    'setup' prints the SQL that makes the schema and three roles without login: the owner, who
    alone can erase, writers and readers. With --apply it is run, by a user who may make roles.
    Then 'factledger init' or 'copy' fills the ledger.

    'follow' keeps the copy on this machine up to date, and tells of what comes, until it is
    interrupted.

    'accept' goes on with a log that does not hold what this machine has seen of it, as after a
    backup was put back. Both heads are named, as the refusal tells them.
    """
    if action == "setup":
        setup(address, applied=applied, quiet=quiet)
    elif action == "follow":
        follow(address)
    elif seen and found:
        accept(address, seen, found)
    else:
        raise click.UsageError("'accept' needs --seen and --found; the refusal names both")


def setup(address: str, *, applied: bool, quiet: bool) -> None:
    """Print the SQL that lays a ledger out, or run it."""
    from factledger.log.stores.postgres.address import postgres_address
    from factledger.log.stores.postgres.schema import LEDGER_ROLES, lay_out, setup_script
    from factledger.text import show

    place = postgres_address(address)
    if not applied:
        click.echo(setup_script(place, rings=not quiet), nl=False)
        return
    lay_out(place, rings=not quiet)
    roles = ", ".join(place.role(part) for part in LEDGER_ROLES)
    click.echo(show(f"laid out {place.text}, roles {roles}"))


def follow(address: str) -> None:
    """Bring the copy up to date whenever somebody appends, and print the new head."""
    from factledger.cli.options import open_ledger
    from factledger.log.stores.postgres.doorbell import Doorbell
    from factledger.records.sentences.grammar import with_number
    from factledger.text import show

    with open_ledger(address) as ledger, Doorbell.at(ledger.address) as bell:
        seen = len(ledger)
        click.echo(show(f"{with_number(seen, 'entry')}, head {ledger.head}"))
        while True:
            bell.wait()
            ledger.refresh()
            if len(ledger) > seen:
                first, seen = seen + 1, len(ledger)
                ledger.settle()
                click.echo(show(f"#{first}-#{seen}, head {ledger.head}"))


def accept(address: str, seen: str, found: str) -> None:
    """Go on with another log than the one that was seen, and forget the copy of that."""
    from factledger.ledger.mirror.copies import copy_path, discard_copy
    from factledger.log.stores.postgres.store import PostgresStore
    from factledger.text import show

    with PostgresStore.accept(address, seen=seen, found=found) as store:
        discard_copy(copy_path(store))
        head = store.head
    click.echo(show(f"goes on at entry {head.seq}, head {head.hash}"))
