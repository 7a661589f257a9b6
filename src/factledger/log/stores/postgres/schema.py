"""The statements that lay out a ledger on a server: its schema, its functions and its roles."""

from __future__ import annotations

from pathlib import Path

from factledger.log.stores.postgres.address import PostgresAddress, quoted

POSTGRES_LAYOUT = 1
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
