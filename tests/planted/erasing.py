"""Bugs in what is erased."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from factledger.log.lines import START, make_lines
from factledger.log.stores.memory import MemoryStore
from planted.bug import Bug, changed


def _left_out(erase: Any, self: MemoryStore, entries: Collection[int], **named: Any) -> None:
    """Make the whole log anew, with empty content in the place of what is erased."""
    found, self._lines = self._lines, []
    for line in found:
        body = b"{}" if line.seq in entries else line.body or b"{}"
        head = self._lines[-1].head if self._lines else START
        self._lines += make_lines(head, at=line.at, bodies=[body], salts=[line.salt or bytes(16)])
    erase(self, entries, **named)


def _and_the_next(erase: Any, self: MemoryStore, entries: Collection[int], **named: Any) -> None:
    erase(self, {n + more for n in entries for more in (0, 1)}, **named)


BUGS = (
    Bug(
        "what is erased can still be read",
        "",
        ("erasure is whole",),
        {"factledger.log.stores.memory.MemoryStore.erase": lambda self, entries, timeout=0.0: None},
    ),
    Bug(
        "what was erased looks as if it had never been there",
        "",
        ("erasure is whole",),
        {"factledger.views.view.View.redacted": property(lambda self: ())},
    ),
    Bug(
        "to erase is to write the log anew",
        "",
        ("erasure keeps the chain",),
        changed("factledger.log.stores.memory.MemoryStore.erase", _left_out),
    ),
    Bug(
        "with an entry the next one is erased",
        "",
        ("erasure is local",),
        changed("factledger.log.stores.memory.MemoryStore.erase", _and_the_next),
    ),
)
