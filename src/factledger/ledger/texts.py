"""The texts of sources that a ledger keeps beside its lines, or knows to lie elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factledger.errors import NotFound, WriteRefused
from factledger.log.stores.files import Access, sync_folder, write_durably
from factledger.text import is_slug, system_reason

MAX_TEXT = 2**28
"""The most bytes that a kept text may have."""

_OUTSIDE = "outside.json"


class KeptTexts:
    """The texts of sources beside a ledger: a file for each, by the id of its source.

    Of a source whose text may not be copied only the path is noted, in a file that is of this machine
    alone. A ledger in memory or on a server has no folder, and keeps none.
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
            with path.open("rb") as file:
                return file.read(MAX_TEXT).decode("utf-8")
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
        return None if elsewhere is None else Path(elsewhere)

    def keep(self, source: str, text: str) -> None:
        """Keep the text of a source; raises `WriteRefused` where it cannot be kept."""
        self._write(f"{source}.txt", text.encode())

    def refer(self, source: str, path: Path) -> None:
        """Note where the text of a source lies that is not to be copied."""
        known = {**self._outside(), source: str(path.resolve())}
        self._write(_OUTSIDE, json.dumps(known, indent=1, sort_keys=True).encode() + b"\n")

    def forget(self, source: str) -> bool:
        """Take away the text of a source, or the note where it lies; return whether there was one.

        A text that lies elsewhere stays there.
        """
        path = self.path(source)
        if self.folder is None or path is None:
            return False
        known = self._outside()
        if known.pop(source, None) is not None:
            self._write(_OUTSIDE, json.dumps(known, indent=1, sort_keys=True).encode() + b"\n")
        if path.parent == self.folder:
            with _refusing(path):
                path.unlink()
                sync_folder(self.folder, os.fsync)
        return True

    def kept_inside(self, source: str) -> bool:
        """Return whether the ledger itself keeps the text of a source."""
        path = self.path(source)
        return path is not None and path.parent == self.folder

    def _outside(self) -> dict[str, str]:
        if self.folder is None:
            return {}
        try:
            found = json.loads((self.folder / _OUTSIDE).read_bytes())
        except (OSError, ValueError):
            return {}
        known = found.items() if isinstance(found, dict) else ()
        return {str(name): where for name, where in known if isinstance(where, str)}

    def _write(self, name: str, data: bytes) -> None:
        if self.folder is None:
            advice = "only a ledger in a file does; give the text with --text"
            raise NotFound("a place for the text", f"this ledger keeps none; {advice}")
        path = self.folder / name
        with _refusing(path):
            self.folder.mkdir(exist_ok=True)
            write_durably(path, data, os.fsync, Access(0o644))


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turn what the system says into `WriteRefused`."""
    try:
        yield
    except OSError as error:
        raise WriteRefused(str(path), system_reason(error)) from None
