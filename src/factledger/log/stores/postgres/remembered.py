"""The newest head that this machine has seen of a ledger on a server, in a file.

A backup that was put back, a standby that lagged and a disk that was rolled back look alike: the
log is shorter than somebody's memory, or goes on differently. So each machine keeps what it saw.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from factledger.errors import HeadLost, LogError
from factledger.log.canonical import canonical
from factledger.log.lines import START, Head
from factledger.log.stores.files import read_beside, reason, write_all
from factledger.log.stores.placing.begun_files import begun_file
from factledger.log.stores.postgres.address import PostgresAddress

_LONGEST = 2**14


def memory_path(address: PostgresAddress) -> Path:
    """Return the file in which the head of a ledger is remembered, in the user's folder for state."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state, "factledger", "heads", f"{address.ledger}-{address.key}.json")


def remembered_head(address: PostgresAddress) -> Head:
    """Return the newest head that was seen here, `START` where none was."""
    try:
        found = json.loads(read_beside(memory_path(address), _LONGEST))
        return Head(int(found["seq"]), str(found["hash"]), str(found["at"]))
    except (KeyError, OSError, TypeError, ValueError):
        return START


def remember(address: PostgresAddress, head: Head) -> None:
    """Keep the newest head that was seen; where the disk refuses, the old one stays.

    It need not be durable: an older memory holds as well.
    """
    with suppress(OSError):
        if head.seq > remembered_head(address).seq:
            _write(address, head)


def accept_head(address: PostgresAddress, *, seen: str, found: Head) -> None:
    """Let the head that was found take the place of the one that was seen, named by its hash.

    Raises LogError where another one was seen, or where the disk refuses.
    """
    known = remembered_head(address)
    if known.hash != seen:
        fault = f"this machine has seen the head {known.hash}, not {seen}"
        raise LogError(f"{address.text}: {fault}; nothing was changed")
    try:
        _write(address, found)
    except OSError as error:
        path = memory_path(address)
        raise LogError(f"{path}: cannot write: {reason(error)}; nothing was changed") from error


def head_lost(address: PostgresAddress, seen: Head, found: Head) -> HeadLost:
    """Return the error for a log that does not hold what was seen of it; both heads are named."""
    return HeadLost(address.text, (seen.seq, seen.hash), (found.seq, found.hash))


def _write(address: PostgresAddress, head: Head) -> None:
    path = memory_path(address)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = {"address": address.text, "at": head.at, "hash": head.hash, "seq": head.seq}
    with begun_file(path) as part:
        write_all(part.fd, canonical(kept) + b"\n")
        part.take(path)
