"""From entries to the tables of an index: which rows claims have, and which entries bear on which."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from factledger.index.bodies import CLAIM_KINDS, RETIRING, content_of
from factledger.index.fingerprints import places_of
from factledger.index.lists import as_text
from factledger.index.sqlite import SqliteIndex
from factledger.index.tables import RowPlace, Tables
from factledger.log.lines import Head, Line
from factledger.log.stores.base import TableStore
from factledger.records.codec import Body

_AT_ONCE = 20_000  # entries that one transaction takes in
_BEARING = frozenset({"correct", "close", "corroborate", "dispute"})


def settle(index: SqliteIndex, head: Head) -> None:
    """Write what waits in an index into its tables, in the transaction that is open.

    `head` is the newest of what waits.
    """
    tables, waiting = index.tables, index.waiting
    tables.make()
    tables.post((name, as_text(key), number) for name, key, number in waiting.postings)
    tables.put(waiting.rows)
    tables.retire(
        (number, place)
        for number, body in waiting.others
        if body["kind"] in RETIRING
        for place in _places(index, body["target"])
    )
    for number, body in waiting.others:
        _affect(index, tables, number, body)
    tables.advance(head.seq, head.hash)


def rebuild(
    index: SqliteIndex,
    store: TableStore,
    take_in: Callable[[Line], None],
    anew: bool,
    on_progress: Callable[[int], object] | None,
) -> int:
    """Write the tables from the lines of their store, held for writing; return how many.

    They go on where they end, unless they are to be made `anew` or are of another log.
    """
    (indexed, hash_), head = index.tables.progress, store.head.seq
    store.transact()
    if anew or not 0 < indexed <= head or hash_ != store.line(indexed).hash:
        index.tables.drop()
        index.tables.make()
        indexed = 0
    index.rebase(indexed)
    while index.base < head:
        for line in islice(store.read(index.base + 1), _AT_ONCE):
            take_in(line)
        store.transact()
        settle(index, Head(len(index), index.hash(len(index)), index.at(len(index))))
        store.commit()
        index.absorb()
        if on_progress is not None:
            on_progress(index.base)
    return head


def _affect(index: SqliteIndex, tables: Tables, number: int, body: Body) -> None:
    """Note from which entry on the spans of earlier claims alone do not decide."""
    kind = body["kind"]
    content = content_of(body)
    if kind in _BEARING:
        tables.affect(_places(index, body["target"]), number)
    elif kind == "identify":
        for claim in body.get("claims", ()):
            tables.affect(_places(index, claim), number)
    elif kind == "withdraw":
        tables.affect_source(body["source"], number)
    if content["kind"] == "source":
        tables.affect_source(content["id"], number)
    elif content["kind"] == "type":
        tables.affect_type(content["id"], number)


def _places(index: SqliteIndex, number: int) -> list[RowPlace]:
    """Return where the rows of an entry's claim are; nowhere where it holds no claim."""
    content = content_of(index.body(number) if 1 <= number <= len(index) else None)
    if content["kind"] not in CLAIM_KINDS:
        return []
    return [(*place, number) for place in places_of(content)]
