"""The statements that lay out a ledger on a server: its schema, its functions and its roles."""

from __future__ import annotations

from pathlib import Path

from factledger.errors import WriteRefused
from factledger.log.stores.postgres.address import PostgresAddress, quoted
from factledger.log.stores.postgres.connecting import connected_to, server_words

POSTGRES_SCHEMA = Path(__file__).with_name("schema.sql")
LEDGER_ROLES = ("owner", "writer", "reader")


def setup_script(address: PostgresAddress, *, rings: bool = True) -> str:
    """Return the SQL that lays out a ledger; without `rings` no append notifies the followers.

    A notification takes a lock of the whole server at the commit; followers look by themselves
    every few seconds without it.
    """
    text = POSTGRES_SCHEMA.read_text(encoding="utf-8")
    ring = f"PERFORM pg_notify('{address.channel}', '');" if rings else ""
    for part in LEDGER_ROLES:
        name = address.role(part)
        text = text.replace(f"@{part}_text", "'" + name.replace("'", "''") + "'")
        text = text.replace(f"@{part}", quoted(name))
    return text.replace("    @ring\n", f"    {ring}\n" if ring else "").replace(
        "@schema", address.schema
    )


def lay_out(address: PostgresAddress, *, rings: bool = True) -> None:
    """Run the script on the server; all of it or nothing, as WriteRefused says."""
    script = setup_script(address, rings=rings).encode()
    with connected_to(address) as connection:
        import psycopg

        try:
            connection.execute(script)
        except psycopg.Error as error:
            raise WriteRefused(address.text, server_words(error)) from error
