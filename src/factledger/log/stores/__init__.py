"""From an address to a store; each kind of store is imported when it is asked for."""

from __future__ import annotations

import re

from factledger.errors import LogError
from factledger.log.stores.base import Store, Torn, Writer

SQLITE = (".db", ".sqlite", ".sqlite3")
POSTGRES = ("postgresql://", "postgres://")
_ELSEWHERE = r"(?i)\s*([a-z][a-z0-9+.-]*://|postgres(ql)?(\+\w+)?:)"

__all__ = ["Store", "Torn", "Writer", "create_store", "open_store"]


def open_store(address: str) -> Store:
    """Return the store at an address.

    That is `memory:`, a `.jsonl` file or the folder that holds one, a SQLite file, which ends
    in `.db`, `.sqlite` or `.sqlite3`, or `postgresql://HOST/DATABASE/LEDGER`. Raises NotFound when
    nothing is there, NotALedger when something else is.

    >>> open_store("memory:").address
    'memory:'
    """
    if address == "memory:":
        from factledger.log.stores.memory import MemoryStore

        return MemoryStore()
    if address.startswith(POSTGRES):
        from factledger.log.stores.postgres.store import PostgresStore

        return PostgresStore.open(address)
    _check_here(address)
    if address.endswith(SQLITE):
        from factledger.log.stores.sqlite import SqliteStore

        return SqliteStore.open(address)
    from factledger.log.stores.jsonl import JsonlStore

    return JsonlStore.open(address)


def create_store(address: str) -> Store:
    """Return a new store without lines at an address; a ledger that is there is refused.

    An address that ends in `.jsonl`, `.db`, `.sqlite` or `.sqlite3` names the file, any other a
    folder, made when missing; one on a PostgreSQL server was laid out before. Raises WriteRefused when a ledger is there or the disk refuses.
    """
    if address == "memory:":
        return open_store(address)
    if address.startswith(POSTGRES):
        from factledger.log.stores.postgres.store import PostgresStore

        return PostgresStore.create(address)
    _check_here(address)
    if address.endswith(SQLITE):
        from factledger.log.stores.sqlite import SqliteStore

        return SqliteStore.create(address)
    from factledger.log.stores.jsonl import JsonlStore

    return JsonlStore.create(address)


def _check_here(address: str) -> None:
    """Raise LogError for an address of another machine; as a path it might be made a folder."""
    if ":" in address and re.match(_ELSEWHERE, address):
        from factledger.log.stores.postgres.address import without_secrets

        advice = "write a path, or postgresql://HOST/DATABASE/LEDGER"
        raise LogError(f"{without_secrets(address)}: no address of a ledger; {advice}")
