"""The texts of sources that a ledger keeps beside its lines, or knows to lie elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from factledger.errors import NotFound, WriteRefused
from factledger.log.stores.files import Access, read_beside, sync_folder
from factledger.named import NamedTuple
from factledger.text import is_slug, system_reason

MAX_TEXT = 2**28
"""The most bytes that a kept text may have."""

_OUTSIDE, _MAX_OUTSIDE = "outside.json", 2**24


class Elsewhere(NamedTuple):
    """A text that lies elsewhere: where, and the hash of what was there when it was noted."""

    path: str
    sha256: str

    @classmethod
    def of(cls, told: object) -> Elsewhere | None:
        """Return what a file says of a text, None where it is no such thing."""
        if not isinstance(told, dict) or told.keys() != set(cls._fields):
            return None
        return cls(**told) if all(isinstance(part, str) for part in told.values()) else None


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of the bytes of a text, as a note says it."""
    return sha256(data).hexdigest()


class KeptTexts:
    """The texts of sources beside a ledger: a file for each, by the id of its source.

    Of a source whose text may not be copied only the path is noted, in a file that is of this machine
    alone, with the hash of what is there: whoever hands over a folder can name a file of its reader in
    it, but not the hash of one that he does not know. A ledger in memory or on a server has no folder, and keeps none.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    @classmethod
    def beside(cls, address: str) -> KeptTexts:
        """Return the texts that belong to the ledger at an address."""
        path = Path(address)
        if address == "memory:" or address.startswith("postgresql:"):
            return cls(None)
        name = "texts" if path.name == "ledger.jsonl" else f"{path.name}.texts"
        return cls(path.with_name(name))

    def get(self, source: str) -> str | None:
        """Return the text of a source, None where there is none that can be read."""
        path = self.path(source)
        if path is None:
            return None
        try:
            found = read_beside(path, MAX_TEXT - 1)
            if path.parent != self.folder and self._outside()[source].sha256 != hash_of(found):
                return None
            return found.decode("utf-8")
        except (OSError, ValueError):
            return None

    def path(self, source: str) -> Path | None:
        """Return the file with the text of a source, None where none is known."""
        if self.folder is None or not is_slug(source):
            return None
        own = self.folder / f"{source}.txt"
        if own.is_file() and not own.is_symlink():
            return own
        elsewhere = self._outside().get(source)
        return None if elsewhere is None else Path(elsewhere.path)

    def keep(self, source: str, text: str) -> None:
        """Keep the text of a source; raises `WriteRefused` where it cannot be kept."""
        self._write(f"{source}.txt", text.encode())

    def refer(self, source: str, path: Path) -> None:
        """Note where the text of a source lies that is not to be copied."""
        self._place()
        with _refusing(path):
            noted = Elsewhere(str(path.resolve()), hash_of(read_beside(path, MAX_TEXT - 1)))
        self._note({**self._outside(), source: noted})

    def forget(self, source: str) -> bool:
        """Take away the text of a source, or the note where it lies; return whether there was one.

        A text that lies elsewhere stays there.
        """
        path = self.path(source)
        if self.folder is None or path is None:
            return False
        known = self._outside()
        if known.pop(source, None) is not None:
            self._note(known)
        if path.parent == self.folder:
            with _refusing(path):
                path.unlink()
                sync_folder(self.folder, os.fsync)
        return True

    def kept_inside(self, source: str) -> bool:
        """Return whether the ledger itself keeps the text of a source."""
        path = self.path(source)
        return path is not None and path.parent == self.folder

    def _outside(self) -> dict[str, Elsewhere]:
        path = self._place() / _OUTSIDE
        try:
            found = json.loads(read_beside(path, _MAX_OUTSIDE))
        except (OSError, RecursionError, ValueError):
            return {}
        known = found.items() if isinstance(found, dict) else ()
        noted = ((str(name), Elsewhere.of(told)) for name, told in known)
        return {name: where for name, where in noted if where is not None}

    def _note(self, known: dict[str, Elsewhere]) -> None:
        told = {name: where._asdict() for name, where in known.items()}
        self._write(_OUTSIDE, json.dumps(told, indent=1, sort_keys=True).encode() + b"\n")

    def _write(self, name: str, data: bytes) -> None:
        from factledger.log.stores.placing.begun_files import write_durably  # no reader needs it

        path = self._place() / name
        with _refusing(path):
            path.parent.mkdir(exist_ok=True)
            write_durably(path, data, os.fsync, Access(0o644))

    def _place(self) -> Path:
        """Return the folder of the texts; raises `NotFound` for a ledger that has none."""
        if self.folder is None:
            advice = "only a ledger in a file does; give the text with --text"
            raise NotFound("a place for the text", f"this ledger keeps none; {advice}")
        return self.folder


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn what the system says into `WriteRefused`."""
    try:
        yield
    except OSError as error:
        raise WriteRefused(str(path), system_reason(error)) from None
