"""One store into another: the same lines, the same hashes, in whole batches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import zip_longest

import attrs

from factledger.errors import NotALedger, NotFound, WriteRefused
from factledger.ledger.auditing.soundness import redacted_in
from factledger.ledger.indexed_store import IndexedStore
from factledger.ledger.ledger import Ledger
from factledger.log.lines import Line
from factledger.log.stores import Store, create_store, open_store
from factledger.log.stores.base import OnProgress, TableStore, saying, stays

AT_ONCE = 2000  # lines that are made durable together, unless one batch has more


@attrs.frozen
class Copied:
    """The result of a copying: how many entries the copy held before, and holds now."""

    before: int
    after: int


def copy_into(origin: Store, target: Store, on_progress: OnProgress = None) -> Copied:
    """Write the lines of one store that another does not hold yet, with the hashes they have.

    The other is empty or holds a beginning of the first, as a copying that broke off leaves it:
    this one goes on. What was erased from the first is erased from the other too. `on_progress` is
    called with the number of entries that are there. Raises `WriteRefused` where the two part,
    and `Damaged` at a line that does not verify, in either.
    """
    erased: set[int] = set()  # also what is recorded as erased, and was not yet when it was read
    with target.writing() as writer:
        before = writer.head.seq
        lines = _unseen(origin, target, erased, on_progress)
        with saying(lambda: stays(before, writer.head.seq)):
            for some in bundles(lines, AT_ONCE):
                writer.restore(some)
                if on_progress is not None:
                    on_progress(some[-1].seq)
        after = writer.head.seq
    if there := [n for n in sorted(erased) if next(target.read(n)).body is not None]:
        _erase(target, there)
    return Copied(before, after)


def _unseen(
    origin: Store, target: Store, erased: set[int], on_progress: OnProgress
) -> Iterator[Line]:
    """Yield the lines that come after those of `target`; note what is erased from `origin` only."""
    for mine, theirs in zip_longest(origin.read(), _held(target, on_progress)):
        if theirs is None:
            if ordered := redacted_in(mine):
                erased.add(ordered)
            yield mine
            continue
        if mine is None or mine.hash != theirs.hash:
            raise _parted(origin, target, theirs.seq, mine is None)
        if mine.body is None and theirs.body is not None:
            erased.add(mine.seq)


def _held(store: Store, on_progress: OnProgress) -> Iterator[Line]:
    """Yield the lines that a store holds when the copying begins."""
    for line in store.read():
        if on_progress is not None and line.seq % AT_ONCE == 0:
            on_progress(line.seq)
        yield line


def _parted(origin: Store, target: Store, seq: int, ended: bool) -> WriteRefused:
    how = f"{origin.address} ends before it" if ended else f"is not that of {origin.address}"
    return WriteRefused(target.address, f"its entry {seq} {how}; name another place for the copy")


def _erase(store: Store, entries: Collection[int]) -> None:
    """Erase the content of entries; an index that is kept of them is written anew with it."""
    if isinstance(store, TableStore):
        IndexedStore(store, behind=True).erase(entries)
    else:
        store.erase(entries)


def bundles(lines: Iterable[Line], size: int) -> Iterator[list[Line]]:
    """Yield lines in lists of whole batches, of about `size` lines or of one batch that has more."""
    bundle: list[Line] = []
    for line in lines:
        bundle.append(line)
        if line.seq == line.last and len(bundle) >= size:
            yield bundle
            bundle = []
    if bundle:
        yield bundle


def opened_or_made(address: str) -> tuple[Store, bool]:
    """Return the store at an address and whether it was made: where nothing was, or a mere beginning.

    Raises `NotALedger` where something else is.
    """
    try:
        return open_store(address), False
    except (NotFound, NotALedger):
        return create_store(address), True


def bring_up(store: Store, on_progress: OnProgress = None) -> None:
    """Bring the index of a store up to its last line, where it keeps one."""
    if isinstance(store, TableStore):
        Ledger(store, behind=True).bring_up(on_progress)
