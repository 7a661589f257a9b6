"""What a page costs beside the question that it asks: `python benchmarks/pages.py [CLAIMS]`.

A date of the article, and one relationship of a large SQLite ledger (100,000 claims unless said
otherwise), each as the server makes it, against the view of the library with its standings. Times are
of the processor, in milliseconds: a page waits for nothing else.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from factledger import Ledger
from factledger.web.routes import reply
from measure import Row
from work import claims, declarations, pairs

ARTICLE = Path(__file__).resolve().parent.parent / "ledgers/japan-ukraine"
DATES = ("2023-04-01", "2014-06-15", "2022-12-31", "2024-11-30", "2019-01-01")
CLAIMS = 100_000
BATCH = 5_000
ROUNDS = 5


def rows(count: int = CLAIMS) -> Iterator[Row]:
    """Yield the page of a date, and that of a relationship, first asked and asked again."""
    with Ledger.open(ARTICLE) as article:
        yield from compared(article, (), "a date of the article", 20)
    with tempfile.TemporaryDirectory() as folder, large(Path(folder), count) as ledger:
        one, other = pairs()[0]
        first = milliseconds(lambda: ask_page(ledger, f"/between/{one}/{other}", "2015-04-01"))
        asked = milliseconds(lambda: ledger.as_of("2015-04-02").between(*pairs()[1]).standings)
        name = f"one relationship of {count:,} claims"
        yield Row(f"{name}, first", first, "its view, first", asked, "ms", "none", True)
        yield from compared(ledger, (one, other), name, 50)


def compared(ledger: Ledger, sides: tuple[str, ...], name: str, limit: float) -> Iterator[Row]:
    """Yield the page of other dates against the view; `limit` in milliseconds is what is wanted."""
    path = f"/between/{'/'.join(sides)}" if sides else "/"

    def view(day: str) -> object:
        found = ledger.as_of(day)
        return (found.between(sides[0], sides[1]) if sides else found).standings

    ours, theirs = [], []
    for _ in range(ROUNDS):
        for day in DATES:
            ours.append(milliseconds(lambda day=day: ask_page(ledger, path, day)))
            theirs.append(milliseconds(lambda day=day: view(day)))
    page, asked = statistics.median(ours), statistics.median(theirs)
    yield Row(name, page, "its view", asked, "ms", f"≤ {limit:g} ms", page <= limit)


def milliseconds(work: Callable[[], object]) -> float:
    """Return the time of the processor for one run."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1e3


def ask_page(ledger: Ledger, path: str, day: str) -> None:
    """Ask for a page as a browser does."""
    assert reply(ledger, path, [("asof", day)]).status == 200


def large(folder: Path, count: int) -> Ledger:
    """Return a SQLite ledger of that many claims, opened anew."""
    address = folder / "large.db"
    with Ledger.create(address, origin="benchmark") as ledger:
        ledger.append(*declarations())
        made = claims(count)
        while batch := list(islice(made, BATCH)):
            ledger.append(*batch)
    return Ledger.open(address)


if __name__ == "__main__":
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS):
        print(row)
