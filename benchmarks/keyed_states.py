"""States of one value each: who held which post, loaded and asked, beside SQLite written by hand.

    python benchmarks/keyed_states.py 50000

Every claim is a state of a type with a key: a post has one holder at a time, so claims bear on one
another, and no status follows from the dates of a claim alone. Ten holders follow one another in a
post, in the order in which a list would have them. The floor keeps post, holder and two dates in a
table with an index; it has no sources, no hashes, and no answer to two holders at once. Times are of
the processor. An answer that differs from the floor's is counted as wrong.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from factledger import Ledger

_HOLDERS = 10  # of a post, one after another
_BATCH = 1000
_ASKED = 300
_NOW = datetime(2100, 1, 1, tzinfo=UTC)
_FIRST = date(1950, 1, 1)


class Held(NamedTuple):
    """A post, who held it, and the first and the last day."""

    post: str
    holder: str
    since: str
    until: str


def holders(count: int, seed: int = 7) -> Iterator[Held]:
    """Yield that many states, all of a post after one another."""
    rng = random.Random(seed)
    for post in range(count // _HOLDERS):
        day = _FIRST + timedelta(rng.randrange(3000))
        for turn in range(_HOLDERS):
            end = day + timedelta(rng.randrange(200, 2500))
            yield Held(f"post-{post}", f"p-{post}-{turn}", day.isoformat(), end.isoformat())
            day = end + timedelta(1)


def declared(states: list[Held]) -> Iterator[dict[str, Any]]:
    """Yield what the states refer to."""
    yield {"kind": "source", "id": "list", "title": "A list", "published": "2099-12-31"}
    yield {"kind": "type", "id": "seat", "shape": "state", "key": ["recipient"]}
    for name in dict.fromkeys(name for s in states for name in (s.post, s.holder)):
        yield {"kind": "actor", "id": name, "category": "person", "names": [name]}


def body(state: Held, row: int) -> dict[str, Any]:
    """Return a state as a record."""
    people = [
        {"role": "actor", "actor": state.holder},
        {"role": "recipient", "actor": state.post},
    ]
    return {
        "kind": "state", "type": "seat", "participants": people, "since": state.since,
        "until": state.until, "citations": [{"source": "list", "locator": f"row {row}"}],
    }  # fmt: skip


def loaded(path: Path, states: list[Held]) -> float:
    """Load the states into a new ledger; return the microseconds a state, declarations apart."""
    with Ledger.create(path, origin="benchmark", clock=lambda: _NOW) as ledger:
        ledger.append(*declared(states))
        bodies = [body(state, row) for row, state in enumerate(states)]
        start = time.process_time()
        for first in range(0, len(bodies), _BATCH):
            ledger.append(*bodies[first : first + _BATCH])
        ledger.settle()
        return (time.process_time() - start) / len(states) * 1e6


def floor(path: Path, states: list[Held]) -> tuple[sqlite3.Connection, float]:
    """Load the states into a table with an index; return it, and the microseconds a state."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma synchronous = full")
    db.execute("create table held (post text, holder text, since text, until text)")
    db.execute("create index by_post on held (post, since, until, holder)")
    start = time.process_time()
    for first in range(0, len(states), _BATCH):
        db.execute("begin")
        db.executemany("insert into held values (?, ?, ?, ?)", states[first : first + _BATCH])
        db.execute("commit")
    return db, (time.process_time() - start) / len(states) * 1e6


def times_of(
    asked: list[tuple[str, str]], ask: Callable[[str, str], set[str]]
) -> tuple[list[float], list[set[str]]]:
    """Return how many microseconds each answer took, in order of length, and the answers."""
    times, found = [], []
    for question in asked:
        start = time.process_time()
        found.append(ask(*question))
        times.append((time.process_time() - start) * 1e6)
    return sorted(times), found


def main() -> None:
    """Print a table: load, first question of a post, the same post at another day."""
    states = list(holders(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000))
    rng = random.Random(11)
    first = [(s.post, _day(rng)) for s in rng.sample(states, _ASKED)]
    first = list(dict(first).items())
    again = [(post, _day(rng)) for post, _ in first]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "l.db")
        ours = loaded(path, states)
        db, theirs = floor(Path(folder, "floor.db"), states)
        print("| what | factledger, µs | floor, µs | ratio |\n| --- | --- | --- | --- |")
        print(f"| load, a state | {ours:.1f} | {theirs:.1f} | {ours / theirs:.0f} |")
        wrong = 0
        with Ledger.open(path, clock=lambda: _NOW) as ledger:
            for what, asked in (("first", first), ("another day", again)):
                mine, found = times_of(asked, lambda post, day: _standing(ledger, post, day))
                plain, wanted = times_of(asked, lambda post, day: _by_hand(db, post, day))
                wrong += sum(f != w for f, w in zip(found, wanted, strict=True))
                for name, share in (("p50", 0.5), ("p99", 0.99)):
                    one, other = (t[int(len(t) * share)] for t in (mine, plain))
                    print(
                        f"| a post, {what}, {name} | {one:.0f} | {other:.0f} | {one / other:.0f} |"
                    )
        print(f"wrong answers: {wrong} of {2 * len(first)}")


def _day(rng: random.Random) -> str:
    return (_FIRST + timedelta(rng.randrange(15_000))).isoformat()


def _standing(ledger: Ledger, post: str, day: str) -> set[str]:
    standings = ledger.as_of(day).involving(post).standings
    return {s.claim.participants[0].actor for s in standings if s.status.name == "DEFINITE"}


def _by_hand(db: sqlite3.Connection, post: str, day: str) -> set[str]:
    query = "select holder from held where post = ? and since <= ? and until >= ?"
    return {holder for (holder,) in db.execute(query, (post, day, day))}


if __name__ == "__main__":
    main()
