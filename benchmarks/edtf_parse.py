"""Compare the time of one EDTF parse, uncached, with that of the library `edtf`.

Run it with `python benchmarks/edtf_parse.py`. It prints microseconds of processor time a parse,
bounds included, best of five rounds, and the ratio of the two.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import edtf

from factledger.dates.edtf import parse

TEXTS = {
    "plain dates": ("2023-04-01", "2023-04", "2023", "1985-12-25", "2004-02-29"),
    "marks": ("2024-11~", "198X", "2004-06~-11", "156X-12-25", "2019-27"),
    "compound": ("2004-06/2006-08", "1985/..", "[1667,1668,1670..1672]", "[..1760-12-03]"),
}


def by_factledger(text: str) -> object:
    """Parse past the cache; the bounds are part of the value."""
    return parse.__wrapped__(text)


def by_edtf(text: str) -> object:
    """Parse and ask for both bounds."""
    found = edtf.parse_edtf(text)
    return found.lower_strict(), found.upper_strict()


def microseconds(read: Callable[[str], object], texts: tuple[str, ...], times: int) -> float:
    """Return the processor time of one parse, the best of five rounds."""
    return min(_round(read, texts, times) for _ in range(5)) / (times * len(texts)) * 1e6


def _round(read: Callable[[str], object], texts: tuple[str, ...], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        for text in texts:
            read(text)
    return time.process_time() - start


def main() -> None:
    """Print one line a group of texts."""
    print(f"{'texts':<12} {'factledger':>12} {'edtf':>12} {'ratio':>8}")
    for name, texts in TEXTS.items():
        own = microseconds(by_factledger, texts, 1000)
        other = microseconds(by_edtf, texts, 5)
        print(f"{name:<12} {own:>9.1f} µs {other:>9.1f} µs {other / own:>7.0f}x")


if __name__ == "__main__":
    main()
