"""What was read in the file of a third party: what of it was verified, and what was not."""

from __future__ import annotations

import attrs


@attrs.frozen
class TimeStatement:
    """A time from a third party, in words: `verified` is sure, `unverified` is for the reader to do."""

    verified: str
    unverified: str | None

    def __str__(self) -> str:
        rest = f"; not verified: {self.unverified}" if self.unverified else ""
        return f"{self.verified}{rest}"
