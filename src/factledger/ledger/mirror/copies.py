"""The file in which a machine keeps its copy of a store on another machine."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import cast

from factledger.errors import FactledgerError, LogError
from factledger.log.stores import create_store, open_store
from factledger.log.stores.base import RemoteStore, TableStore


def copy_path(store: RemoteStore) -> Path:
    """Return where the copy of a store is kept, in the user's folder for what can be made again."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache, "factledger", f"{store.kept_as}.db")


def local_copy(store: RemoteStore) -> TableStore | None:
    """Return the copy of a store, which may be empty; None where the disk has no place for it.

    One of another history is made anew. Raises HeadLost where it was the newest that was seen.
    """
    path = copy_path(store)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy = _opened_copy(path)
    except (LogError, OSError):
        return None
    if store.holds(copy.head):
        return copy
    copy.close()
    discard_copy(path)
    return _opened_copy(path)


def discard_copy(path: Path) -> None:
    """Delete a copy, with what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)


def _opened_copy(path: Path) -> TableStore:
    """Return the copy in a file, also an empty one; one that cannot be read is made anew."""
    try:
        return cast(TableStore, open_store(str(path)))
    except FactledgerError:
        with suppress(LogError):
            return cast(TableStore, create_store(str(path)))
    discard_copy(path)
    return cast(TableStore, create_store(str(path)))
