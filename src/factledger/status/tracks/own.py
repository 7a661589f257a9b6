"""The track of a claim that no other bears on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from factledger.dates.days import Day
from factledger.frozen import with_fields
from factledger.records.claims import Claim
from factledger.status.spans import Span, Status
from factledger.status.standings import Standing
from factledger.status.tracks.track import along, turns_of

if TYPE_CHECKING:
    from factledger.status.live.live import Live


class OwnTrack:
    """The track of a claim that no other bears on, read off its span as it is asked; as `Track`."""

    __slots__ = ("_live", "_made", "_span", "_telling")

    def __init__(self, live: Live, span: Span, telling: Callable[[Claim], str]) -> None:
        self._live, self._span, self._telling = live, span, telling
        self._made: dict[Status, Standing] = {}

    @property
    def days(self) -> tuple[Day, ...]:
        """The days on which the standing turns, the beginning of time first."""
        return self._along[0]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """The standing from each of these days on."""
        return tuple(map(self._stands, self._along[1]))

    @property
    def order(self) -> tuple[Day, int, bool]:
        """The place in the order of tracks."""
        return self._span.first, self._live.number, False

    def at(self, day: int) -> Standing:
        """Return the standing on a day."""
        return self._stands(self._span.status(day))

    @property
    def _along(self) -> tuple[tuple[Day, ...], tuple[Status, ...]]:
        return along(turns_of(self._span), self._span.status)

    def _stands(self, status: Status) -> Standing:
        found = self._made.get(status)
        if found is None:
            found = self._made[status] = self._standing(status)
        return found

    def shown(self, day: int) -> Standing | None:
        """Return the standing on a day if it is shown."""
        return self.at(day) if self._span.status(day).shown else None

    def _standing(self, status: Status) -> Standing:
        live = self._live
        return with_fields(
            Standing,
            number=live.number,
            claim=live.claim,
            status=status,
            until=getattr(live.claim, "until", None),
            attested=self._span.until if status is Status.PRESUMED else None,
            because=None,
            also=(),
            contested_by=(),
            differs=(),
            supports=live.supports,
            telling=self._telling,
            alone=status,
        )
