"""The tables of a run, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bitemporal.results import Results
from bitemporal.targets import Comparison, comparisons

_CONTENDERS = (
    "| contender | load, claims/s | first p50, ms | first p99, ms | again p50, ms | again p99, ms "
    "| bytes a claim | memory of asking, MB | wrong of asked |"
)
_TARGETS = "| what | factledger | beside | ratio | wanted | met |"
_COLUMNS = (
    ("load", 1, ",.0f"),
    ("cold_p50", 1e3, ".3f"),
    ("cold_p99", 1e3, ".3f"),
    ("again_p50", 1e3, ".3f"),
    ("again_p99", 1e3, ".3f"),
    ("bytes", 1, ",.0f"),
    ("ask_peak", 1e-6, ",.0f"),
)


def tables(results: Results, machine: str) -> str:
    """Return everything that a run says."""
    parts = [headed(_TARGETS, map(target_row, comparisons(results)))]
    for size in ("base", "tiny", "large", "huge"):
        if rows := [contender_row(results, size, n) for n in results.contenders(size)]:
            parts += [f"{results.sizes[size]:,} claims:", headed(_CONTENDERS, rows)]
    return "\n\n".join([*parts, *cached(results), machine])


def cached(results: Results) -> Iterator[str]:
    """Yield how much of the files the operating system held when the first questions came."""
    for size in ("base", "large", "huge"):
        shares = [results.value(size, name, "resident") for name in results.contenders(size)]
        if known := [share for share in shares if share is not None and share >= 0]:
            yield (
                f"Of the files of {results.sizes[size]:,} claims the page cache held "
                f"{min(known):.0%} or more at the first question."
            )


def headed(head: str, rows: Iterable[str]) -> str:
    """Return rows under a head."""
    return "\n".join([head, "| --- " * (head.count("|") - 1) + "|", *rows])


def target_row(found: Comparison) -> str:
    """Return a comparison as a row."""
    ratio = "–" if found.ratio is None else f"{found.ratio:.3g}"
    theirs = f": {found.shown(found.theirs)}" if found.theirs != 0 else ""
    return (
        f"| {found.what} | {found.shown(found.ours)} | {found.rival}{theirs} | {ratio} "
        f"| {found.wanted or 'none'} | {found.verdict} |"
    )


def contender_row(results: Results, size: str, name: str) -> str:
    """Return what one contender reached, or why it did not take part."""
    loaded = results.value(size, name, "load")
    if loaded is None:
        return f"| {name} | skipped: {results.skipped(size, name)} |" + " |" * 7
    values = [(results.value(size, name, m), scale, form) for m, scale, form in _COLUMNS]
    cells = ["–" if v is None else format(v * scale, form) for v, scale, form in values]
    asked = results.total(size, name, "asked")
    return f"| {name} | {' | '.join(cells)} | {results.wrong(name, size)} of {asked:,} |"
