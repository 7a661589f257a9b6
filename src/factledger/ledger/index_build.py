"""From entries to the tables of the index: what a claim's rows are, and what bears on which."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from factledger.index.memory import CLAIM_KINDS, RETIRING, said
from factledger.index.places import places_of
from factledger.index.sqlite import Rower, StoredIndex
from factledger.index.tables import Place, Tables
from factledger.ledger.index_rows import rows_after
from factledger.log.lines import Head, Line
from factledger.records.codec import Body
from factledger.status.belief import Belief

_AT_ONCE = 20_000  # entries that one transaction takes in
_BEARING = frozenset({"close", "corroborate", "dispute"})


def rowing(index: StoredIndex) -> Callable[[int], Rower]:
    """Return what gives, for an entry, what makes rows of claims from there on."""
    return lambda number: rows_after(Belief(index, number - 1))


def settle(index: StoredIndex, head: Head) -> None:
    """Write what waits in an index into its tables, in the transaction that is open.

    `head` is the newest of what waits.
    """
    tables, others = index.tables, index.others_waiting
    tables.make()
    tables.post(index.lists_waiting())
    tables.post(index.contents_waiting())
    tables.put(index.rows_waiting)
    tables.retire(
        (number, place)
        for number, body in others
        if body["kind"] in RETIRING
        for place in _places(index, body["target"])
    )
    for number, body in others:
        _touch(index, tables, number, body)
    tables.advance(head.seq, head.hash)


def rebuild(
    index: StoredIndex,
    store: Any,
    take_in: Callable[[Line], None],
    told: Callable[[int], object],
    anew: bool,
) -> int:
    """Write the tables from the lines of their store, held for writing; return how many.

    They go on where they end, unless they are to be made `anew` or are of another log.
    """
    (indexed, hash_), head = index.tables.progress, int(store.head.seq)
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
        told(index.base)
    return head


def _touch(index: StoredIndex, tables: Tables, number: int, body: Body) -> None:
    """Note on the rows of earlier claims that an entry bears on them."""
    kind = body["kind"]
    content = said(body)
    if kind in _BEARING:
        tables.touch(_places(index, body["target"]), number)
    elif kind == "identify":
        for claim in body.get("claims", ()):
            tables.touch(_places(index, claim), number)
    elif kind == "withdraw":
        tables.touch_source(body["source"], number)
    if content is not None and content["kind"] == "source":
        tables.touch_source(content["id"], number)
    elif content is not None and content["kind"] == "type":
        tables.touch_type(content["id"], number)


def _places(index: StoredIndex, number: int) -> list[Place]:
    """Return where the rows of an entry's claim are; nowhere where it holds no claim."""
    content = said(index.body(number) or {"kind": ""}) if 1 <= number <= len(index) else None
    if content is None or content["kind"] not in CLAIM_KINDS:
        return []
    return [(*place, number) for place in places_of(content)]
