"""Bugs in what is written and read again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from factledger.records.codec import to_body
from planted.bug import Bug, changed


def _as_microseconds(read: Any, body: dict[str, Any], kinds: Any) -> Any:
    return read({name: _date(value) for name, value in body.items()}, kinds)


def _date(value: Any) -> Any:
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1e6, UTC).date().isoformat()
    return value


def _otherwise(take_in: Any, self: Any, line: Any) -> Any:
    return take_in(self, line._replace(body=line.body.replace(b'"2021-02', b'"2021-03')))


def _compacted(append: Any, self: Any, *args: Any, **named: Any) -> Any:
    middle = len(self._lines) // 2
    self._lines[middle : middle + 1] = [line.erased() for line in self._lines[middle : middle + 1]]
    return append(self, *args, **named)


BUGS = (
    Bug(
        "a number is read as microseconds since 1970",
        "Cozo #312",
        ("dates are text",),
        changed("factledger.records.reading._record", _as_microseconds),
    ),
    Bug(
        "what is read back is not what was written",
        "Datahike #930",
        ("reopening", "lines round trip"),
        changed("factledger.ledger.indexed_store.IndexedStore.take_in", _otherwise),
    ),
    Bug(
        "a doubtful date is written as a sure one",
        "",
        ("dates round trip",),
        changed(
            "factledger.dates.dated.Edtf.__str__", lambda whole, self: whole(self).rstrip("?~%")
        ),
    ),
    Bug(
        "a record is written with what it does not say",
        "",
        ("records round trip",),
        {"factledger.testing.laws.writing.to_body": lambda r: {**to_body(r), "note": "x"}},
    ),
    Bug(
        "old lines are compacted when a new one comes",
        "",
        ("append-only",),
        changed("factledger.log.stores.memory.MemoryStore.append", _compacted),
    ),
    Bug(
        "a record that is there is written again",
        "",
        ("idempotence", "retractions commute"),
        {"factledger.index.memory.MemoryIndex.same": lambda self, known: ()},
    ),
)
