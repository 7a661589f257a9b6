"""Lines that cannot all be right, each below the first of them, also on a day on which they agree."""

from __future__ import annotations

from collections.abc import Container, Iterable

from factledger.output.words.digests.teller import DigestLine


def beside_rivals(
    lines: Iterable[DigestLine], apart: Container[int] = frozenset()
) -> list[DigestLine]:
    """Return the lines; one that tells a thing otherwise than an earlier one stands below that.

    What tells of the entries `apart` stands by itself.
    """
    kept: list[DigestLine] = []
    told: dict[int, int] = {}  # entry that differs from one in a line → which line
    for line in lines:
        numbers = [s.number for s in line.standings if s.number not in apart]
        first = next((told[n] for n in numbers if n in told), None)
        if first is None:
            first = len(kept)
            kept.append(line)
        else:
            others = (*kept[first].otherwise, line)
            kept[first] = kept[first]._replace(otherwise=others)
        for standing in line.standings:
            if standing.number not in apart:
                told.update((number, first) for number in standing.differs)
    return kept
