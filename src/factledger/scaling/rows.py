"""The standings of claims as rows of text: the same answer is the same bytes, wherever it was made."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from factledger.dates.days import BEGINNING
from factledger.status.tracks.track import Track, steps_along

_MODULUS = 1 << 256


def track_row(track: Track, number_of: Callable[[int], int]) -> bytes:
    """Return the row of a track; `number_of` gives the number of an entry in the ledger.

    `steps` are the days on which the status turns, with the status from then on and the entries
    that contest it; the first has no day, since it stands from the beginning of time.
    """
    first = track.standings[0]
    found: dict[str, Any] = {
        "number": number_of(first.number),
        "shape": first.claim.shape,
        "type": first.claim.type,
        "derived": first.derived,
        "also": [number_of(n) for n in first.also],
        "steps": [
            [
                None if day == BEGINNING else str(day),
                standing.status.value,
                [number_of(n) for n in standing.contested_by],
            ]
            for day, standing in steps_along(track)
        ],
    }
    if first.because is not None:
        found["because"] = number_of(first.because)
    return json.dumps(found, sort_keys=True, separators=(",", ":")).encode()


def rows_of(tracks: Iterable[Track], number_of: Callable[[int], int]) -> list[bytes]:
    """Return the rows of tracks by number, each once."""
    return sorted({track_row(track, number_of) for track in tracks}, key=row_order)


def row_order(row: bytes) -> tuple[int, bytes]:
    """Return the key by which rows are in order: the number, then the text."""
    return json.loads(row)["number"], row


class RowSum:
    """A hash of a set of rows, whatever their order: the sum of the hashes of the rows.

    Whoever has two such sums of parts adds them. It tells equal answers from different ones; it
    is no proof against whoever looks for two sets of one sum.
    """

    def __init__(self, rows: Iterable[bytes] = ()) -> None:
        self.count = 0
        self._sum = 0
        for row in rows:
            self.add(row)

    def add(self, row: bytes) -> None:
        """Take in a row."""
        self.count += 1
        self._sum = (self._sum + int.from_bytes(sha256(row).digest())) % _MODULUS

    def join(self, count: int, digest: str) -> None:
        """Take in the rows of which another sum was made."""
        self.count += count
        self._sum = (self._sum + int(digest, 16)) % _MODULUS

    @property
    def digest(self) -> str:
        """The sum, as 64 hex digits."""
        return f"{self._sum:064x}"
