"""From an address to a store; each kind of store is imported when it is asked for."""

from __future__ import annotations

from factledger.stores.base import Store, Torn, Writer

__all__ = ["Store", "Torn", "Writer", "create_store", "open_store"]


def open_store(address: str) -> Store:
    """Return the store at an address: `memory:`, a `.jsonl` file, or a folder that holds one.

    Raises NotFound when nothing is there, NotALedger when something else is.

    >>> open_store("memory:").address
    'memory:'
    """
    if address == "memory:":
        from factledger.stores.memory import MemoryStore

        return MemoryStore()
    from factledger.stores.jsonl import JsonlStore

    return JsonlStore.open(address)


def create_store(address: str) -> Store:
    """Return a new store without lines at an address; a ledger that is there is refused.

    An address that ends in `.jsonl` names the file, any other a folder, made when missing.
    Raises WriteRefused when a ledger is there or the disk refuses.
    """
    if address == "memory:":
        return open_store(address)
    from factledger.stores.jsonl import JsonlStore

    return JsonlStore.create(address)
