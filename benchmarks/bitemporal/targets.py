"""What factledger is to reach: each a ratio to a row of the same run."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import NamedTuple

from bitemporal.results import FLOOR, OURS, Results

_HOLDS = {"≤": operator.le, "≥": operator.ge, "<": operator.lt, ">": operator.gt}
_SCALE = {"ms": 1e3, "s": 1.0, "MB": 1e-6, "claims/s": 1.0, "changes/s": 1.0, "answers": 1.0}

Place = tuple[str, str, str]
"""Size, contender, measure."""


class Comparison(NamedTuple):
    """One value beside another; `wanted` bounds their ratio, as in `≤ 8`, and is empty for none.

    Where `theirs` is zero the value itself is bounded. A value that is None was not measured.
    """

    what: str
    unit: str
    ours: float | None
    rival: str
    theirs: float | None
    wanted: str

    @property
    def ratio(self) -> float | None:
        """Return ours divided by theirs."""
        if self.ours is None or self.theirs is None:
            return None
        return self.ours / self.theirs if self.theirs else self.ours

    @property
    def verdict(self) -> str:
        """Return `yes` or `no`, `reported` where nothing is wanted, `skipped` where a value lacks."""
        if self.ratio is None:
            return "skipped"
        if not self.wanted:
            return "reported"
        sign, bound = self.wanted.split()
        return "yes" if _HOLDS[sign](self.ratio, float(bound)) else "no"

    def shown(self, value: float | None) -> str:
        """Return a value in its unit."""
        return "–" if value is None else f"{value * _SCALE[self.unit]:,.4g} {self.unit}"


def comparisons(results: Results) -> Iterator[Comparison]:
    """Yield every comparison, in the order of the table."""
    small, base, large = (f"{results.sizes[size]:,}" for size in ("small", "base", "large"))
    huge = f"{results.sizes['huge']:,}"

    def beside(
        what: str, unit: str, ours: Place, theirs: Place, wanted: str, rival: str = ""
    ) -> Comparison:
        mine, yours = results.value(*ours), results.value(*theirs)
        return Comparison(what, unit, mine, rival or theirs[1], yours, wanted)

    def base_row(
        what: str, unit: str, measure: str, *wanted: tuple[str, str]
    ) -> Iterator[Comparison]:
        for rival, bound in wanted:
            yield beside(what, unit, ("base", OURS, measure), ("base", rival, measure), bound)

    peers = ("eventsourcing", "tgms")
    yield from base_row(
        f"durable load in batches of 1,000, {base} claims", "claims/s", "load",
        (FLOOR, "≥ 0.4"), *((peer, "> 1") for peer in peers),
    )  # fmt: skip
    yield from base_row(
        "one pair for the first time, p50", "ms", "cold_p50",
        (FLOOR, "≤ 8"), *((peer, "< 1") for peer in peers),
    )  # fmt: skip
    yield from base_row("the same, p99", "ms", "cold_p99", (FLOOR, "≤ 2"))
    yield from base_row("the same pair at other days, p50", "ms", "again_p50", (FLOOR, "≤ 2"))
    yield from base_row("the same, p99", "ms", "again_p99", (FLOOR, "< 1"))
    yield beside(
        f"a pair of about 100 claims of {large}, first time, p50", "ms",
        ("large", OURS, "sized_cold_p50"), ("small", OURS, "sized_cold_p50"),
        "≤ 1.5", f"of {small}",
    )  # fmt: skip
    yield beside(
        "the same of `sqlite-btree`", "ms",
        ("large", FLOOR, "sized_cold_p50"), ("small", FLOOR, "sized_cold_p50"), "", f"of {small}",
    )  # fmt: skip
    yield from base_row(
        f"all relationships as of a day, {base} claims", "ms", "relationships", (FLOOR, "≤ 3")
    )
    changes = results.value("large", OURS, "changes")
    yield Comparison(
        f"a projection over all changes, {large} claims", "changes/s", changes,
        "the limit", 300_000, "≥ 1",
    )  # fmt: skip
    yield beside(
        f"`factledger asof DATE --between A B`, {large} claims", "ms",
        ("large", OURS, "command"), ("article", OURS, "command"), "≤ 1.5", "on the article",
    )  # fmt: skip
    yield beside(
        f"verify all hashes, {large} records", "s",
        ("large", OURS, "verify"), ("large", OURS, "verify_floor"),
        "≤ 1.5", "`sha256` and `json.loads`",
    )  # fmt: skip
    added = results.value("large", OURS, "ask_added")
    yield Comparison(
        f"memory that asking {large} claims adds", "MB", added, "the limit", 100e6, "≤ 1"
    )
    yield beside(
        f"durable load, {huge} claims", "claims/s",
        ("huge", OURS, "load"), ("large", OURS, "load"), "≥ 0.5", f"{large} claims",
    )  # fmt: skip
    yield beside(
        f"a pair of about 100 claims of {huge}, first time, p50", "ms",
        ("huge", OURS, "sized_cold_p50"), ("large", OURS, "sized_cold_p50"), "≤ 2", f"of {large}",
    )  # fmt: skip
    yield beside(
        f"a pair as drawn of {huge}, first time, p50", "ms",
        ("huge", OURS, "cold_p50"), ("large", OURS, "cold_p50"), "", f"of {large}",
    )  # fmt: skip
    yield Comparison(
        "wrong answers, in all rounds", "answers", wrong_answers(results), "none", 0, "≤ 0"
    )


def wrong_answers(results: Results) -> float | None:
    """Return how many answers of factledger were wrong, None where none was asked."""
    names = [n for size in results.sizes for n in results.contenders(size) if "factledger" in n]
    return float(sum(map(results.wrong, dict.fromkeys(names)))) if names else None
