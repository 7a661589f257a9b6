"""What a ledger declares, in one file: enough of it to try a claim without the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from factledger.index.base import Index
from factledger.index.memory import MemoryIndex
from factledger.log.canonical import canonical
from factledger.log.lines import Line
from factledger.scaling.files import digest_of, joined_lines, packed, packed_lines, write_whole
from factledger.scaling.parts import LedgerPart


def write_declarations(index: Index, folder: Path) -> str:
    """Write what an index knows as declared into a file, and return its name."""
    data = joined_lines(_told(index, number) for number in sorted(declaring_entries(index)))
    name = f"{digest_of(data)}.jsonl.gz"
    if not (folder / name).exists():
        write_whole(folder / name, packed(data))
    return name


def declaring_entries(index: Index) -> set[int]:
    """Return the entries that declare something, say who is who, or undo such an entry."""
    found = {1, *index.types, *index.identities}
    for kind in ("source", "actor"):
        for name in index.declared(kind):
            found.update(index.declarations(kind, name))
            found.update(index.withdrawals(name) if kind == "source" else ())
    found.update(*[_undoing(index, number) for number in found])
    return {number for number in found if index.body(number) is not None}


def _undoing(index: Index, number: int) -> Iterator[int]:
    for later in index.targeting(number):
        yield later
        yield from _undoing(index, later)


def _told(index: Index, number: int) -> bytes:
    return json.dumps([number, index.at(number), index.body(number)]).encode()


@lru_cache(maxsize=1)
def declared_index(path: Path) -> MemoryIndex:
    """Return an index of the entries in a file of what is declared."""
    part = LedgerPart()
    for line in packed_lines(path):
        number, at, body = json.loads(line)
        part.take(number, Line(number, at, number, number, canonical(body), None, "", ""), body)
    return part.index
