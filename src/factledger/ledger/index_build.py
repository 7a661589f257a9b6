"""From entries to the tables of an index: which rows claims have, and which entries bear on which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import cast

from factledger.index.bodies import CLAIM_KINDS, RETIRING, as_key, content_of
from factledger.index.fingerprints import places_of
from factledger.index.lists import as_text
from factledger.index.postings import AGAINST
from factledger.index.sqlite import SqliteIndex
from factledger.index.tables import RowPlace, Tables
from factledger.log.lines import Head, Line
from factledger.log.stores.base import TableStore
from factledger.records.codec import Body
from factledger.views.relevance import Meeting

_AT_ONCE = 20_000  # entries that one transaction takes in
_ROOM = 2**19  # KiB of pages that are kept until a new index takes the place of the old one
_BEARING = frozenset({"correct", "close", "corroborate", "dispute"})


def settle(index: SqliteIndex, head: Head) -> None:
    """Write what waits in an index into its tables, in the transaction that is open.

    `head` is the newest of what waits.
    """
    tables, waiting = index.tables, index.waiting
    tables.make()
    index.look_ahead((), [b["target"] for _, b in waiting.others if b["kind"] in _BEARING])
    postings = [*waiting.postings]
    tables.post(sorted((name, as_text(key), number) for name, key, number in postings))
    tables.put(waiting.rows)
    tables.words.put(index, waiting.terms, [number for number, _ in waiting.others])
    tables.retire(
        (number, place)
        for number, body in waiting.others
        if body["kind"] in RETIRING
        for place in _places(index, body["target"])
    )
    for number, body in waiting.others:
        _affect(index, tables, number, body)
    meeting = Meeting(index, index.vocabulary)
    for name, key, number in postings:
        if name == AGAINST:
            _affect_under(index, tables, meeting.under(as_key(cast(str, key))), number)
    tables.advance(head.seq, head.hash)


def rebuild(
    index: SqliteIndex,
    store: TableStore,
    take_in: Callable[[Line], None],
    anew: bool,
    on_progress: Callable[[int], object] | None,
) -> int:
    """Write the tables from the lines of their store, held for writing; return how many.

    They go on where they end. Where they are to be made `anew`, and readers ask them, the new ones
    take their place all at once; where there are none, or those of another log, some at a time.
    """
    (indexed, hash_), head = index.tables.progress, store.head.seq
    store.transact()
    serves = 0 < indexed <= head and hash_ == store.line(indexed).hash
    if anew and serves:
        rewrite(index, store, take_in, on_progress)
        store.commit()
        return head
    if not serves:
        index.tables.drop()
        index.tables.make()
        indexed = 0
    index.rebase(indexed)
    while index.base < head:
        _take_some(index, store, take_in, head)
        store.transact()
        settle(index, index_head(index))
        store.commit()
        index.absorb()
        if on_progress is not None:
            on_progress(index.base)
    return head


def rewrite(
    index: SqliteIndex,
    store: TableStore,
    take_in: Callable[[Line], None],
    on_progress: Callable[[int], object] | None = None,
) -> None:
    """Write the tables anew from all lines in the transaction that is open.

    Until it is committed, all others read the old ones. What it writes stays in memory as far as
    it may, since they wait from the first page on that goes into the file.
    """
    store.connection.execute(f"PRAGMA cache_size = -{_ROOM}")
    index.tables.remake()
    index.rebase(0)
    fill(index, store, take_in, store.head.seq, on_progress)
    index.tables.forget_unused()


def fill(
    index: SqliteIndex,
    store: TableStore,
    take_in: Callable[[Line], None],
    last: int,
    on_progress: Callable[[int], object] | None = None,
) -> None:
    """Write the lines of a store up to `last`, from where an index ends, into its tables."""
    while index.base < last:
        _take_some(index, store, take_in, last)
        settle(index, index_head(index))
        index.absorb()
        if on_progress is not None:
            on_progress(index.base)


def index_head(index: SqliteIndex) -> Head:
    """Return the head of the log up to where an index goes, with all that waits."""
    return Head(len(index), index.hash(len(index)), index.at(len(index)))


def _take_some(
    index: SqliteIndex, store: TableStore, take_in: Callable[[Line], None], last: int
) -> None:
    """Take in the next lines of a store, up to `last`."""
    for line in islice(store.read(index.base + 1), min(_AT_ONCE, last - index.base)):
        take_in(line)


def _affect(index: SqliteIndex, tables: Tables, number: int, body: Body) -> None:
    """Note from which entry on the spans of earlier claims alone do not decide."""
    kind = body["kind"]
    content = content_of(body)
    if kind in _BEARING:
        tables.affect(_places(index, body["target"]), number)
    elif (
        kind == "redact" and "claim" in body
    ):  # a correction, which is told by this entry alone now
        tables.affect(_places(index, body["claim"]), body["target"])
    elif kind == "identify":
        for claim in body.get("claims", ()):
            tables.affect(_places(index, claim), number)
        meeting = Meeting(index, index.vocabulary)
        for key, against in meeting.opposing(body.get("actors", ())):
            _affect_under(index, tables, meeting.under(key), max(number, against))
    elif kind == "withdraw":
        tables.affect_source(body["source"], number)
    if content["kind"] == "source":
        tables.affect_source(content["id"], number)
    elif content["kind"] == "type":
        tables.affect_type(content["id"], number)


def _affect_under(index: SqliteIndex, tables: Tables, numbers: Iterable[int], entry: int) -> None:
    """Note that an entry bears on the claims under a key that came before it."""
    for number in numbers:
        if number < entry:
            tables.affect(_places(index, number), entry)


def _places(index: SqliteIndex, number: int) -> list[RowPlace]:
    """Return where the rows of an entry's claim are; nowhere where it holds no claim."""
    content = content_of(index.body(number) if 1 <= number <= len(index) else None)
    if content["kind"] not in CLAIM_KINDS:
        return []
    return [(*place, number) for place in places_of(content)]
