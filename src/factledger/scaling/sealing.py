"""From the lines of a ledger to segments: files of many lines, compressed, that change no more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import attrs

from factledger.errors import Damaged, WriteRefused
from factledger.log.lines import Line
from factledger.log.proofs.prover import origin_of
from factledger.log.stores.base import OnProgress, Store
from factledger.scaling.files import (
    delete_old,
    delete_rooms,
    delete_unfinished,
    digest_of,
    joined_lines,
    packed,
    write_whole,
)
from factledger.scaling.manifest import (
    BEFORE_ALL,
    SEGMENT_LINES,
    Joint,
    Manifest,
    Segment,
    manifest_in,
)

# Where the rows of an import lie, which are no part of a sealed ledger: what is in it is deleted, so
# nobody else has a folder of this name.
IMPORTING = "import.factledger"
IMPORTED = ("rows", "steps", "tried", "declared")
HOLDING = ("found", "terms", "roots", "routed", "declared", IMPORTING)
_BEGUN = (IMPORTING, "segments")  # what is there before the manifest is
_REDACTS = b'"kind":"redact"'


def seal_lines(
    store: Store, folder: Path, *, size: int = SEGMENT_LINES, on_progress: OnProgress = None
) -> Manifest:
    """Write what is new of a store into segments, and return the manifest.

    Full segments stay as they are, but for entries that were erased since: their segments are
    written anew, and all files with the content are deleted. `size` is the number of lines of a
    segment, of a new folder. Raises `Damaged` where the store does not go on from what was sealed,
    and `WriteRefused` for a folder of another ledger.
    """
    known = _known(store, folder, size)
    sealed = [*known.full()]
    awaited = set(known.awaited)
    before = sealed[-1].after if sealed else BEFORE_ALL
    _check_goes_on(store, known.end)
    delete_unfinished(folder)
    lines = store.read(before.seq + 1)
    while part := [*islice(lines, known.size)]:
        awaited |= _erasing(part)
        sealed.append(_written(part, before, folder))
        before = sealed[-1].after
        if on_progress is not None:
            on_progress(before.seq)
    sealed = [_without_erased(one, awaited, store, folder) for one in sealed]
    if awaited:
        forget_derived(folder)  # whatever was made of these segments may hold the content
    left = {n for n in awaited if _still_there(store, n)} if awaited else set[int]()
    made = attrs.evolve(known, segments=tuple(sealed), awaited=tuple(sorted(left)))
    made.write(folder)
    delete_old(folder / "segments", (s.path(folder) for s in sealed))
    return made


def forget_derived(folder: Path) -> None:
    """Delete all that was made of segments and holds content; a fold makes it again."""
    delete_rooms(folder / IMPORTING, IMPORTED)
    delete_rooms(folder, HOLDING)


def _known(store: Store, folder: Path, size: int) -> Manifest:
    """Return the manifest that is there, of this ledger; a new one where there is none."""
    origin = origin_of(store)
    if not (folder / "manifest.json").exists():
        if folder.is_dir() and any(path.name not in _BEGUN for path in folder.iterdir()):
            raise WriteRefused(str(folder), "it is not empty, and holds no segments; name another")
        return Manifest(origin, size=size)
    known = manifest_in(folder)
    if known.origin != origin:
        raise WriteRefused(str(folder), f"it holds segments of {known.origin!r}; name another")
    return known


def _check_goes_on(store: Store, end: Joint) -> None:
    """Raise `Damaged` unless the store holds the last line that was sealed."""
    if end.seq:
        last = next(iter(store.read(end.seq)), None)
        if last is None or last.hash != end.hash:
            fault = "it is not the entry that was sealed; a folder of segments is of one history"
            raise Damaged(store.address, end.seq, fault)


def _written(lines: Iterable[Line], before: Joint, folder: Path) -> Segment:
    part = [*lines]
    data = joined_lines(line.encode() for line in part)
    found = Segment(digest_of(data), before, Joint.of(part[-1]))
    path = found.path(folder)
    if not path.exists():
        write_whole(path, packed(data))
    return found


def _erasing(lines: Iterable[Line]) -> set[int]:
    """Return the entries of which lines say that they are erased."""
    bodies = (line.body for line in lines if line.body is not None and _REDACTS in line.body)
    records = map(json.loads, bodies)
    return {record["target"] for record in records if record.get("kind") == "redact"}


def _without_erased(segment: Segment, erased: set[int], store: Store, folder: Path) -> Segment:
    """Return a segment without what was erased since it was written; one whose file is gone is made again."""
    mine = any(segment.first <= n <= segment.after.seq for n in erased)
    if not mine and segment.path(folder).exists():
        return segment
    lines = islice(store.read(segment.first), segment.count)
    return _written(lines, segment.before, folder)


def _still_there(store: Store, number: int) -> bool:
    return next(_from(store, number)).body is not None


def _from(store: Store, number: int) -> Iterator[Line]:
    return iter(store.read(number))
