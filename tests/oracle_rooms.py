"""The days that states of a key leave to one another, slow and obvious: everybody looks at everybody, day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

BEGINNING, NEVER = -1_000_000_000, 1_000_000_000
Days = tuple[int, int]  # the first and the last, both included


@attrs.define(eq=False)
class Room:
    """The days of a state: it needs those from `low` to `high`, or one of these if it is not `whole`."""

    first: int
    low: int
    high: int
    last: int
    whole: bool
    told_to: int
    carried: bool
    sure: bool
    clear: Callable[[], list[Days]] = list  # days on which something contests it
    clashing: bool = False
    clashes: list[Days] = attrs.field(factory=list)
    disputed: bool = False
    unplaced: bool = False
    within: Days | None = None
    either: bool = False  # it can hand over to another, or take over from it
    foreseen: int = NEVER  # the last day to which inertia carries it

    @property
    def late(self) -> int:
        """The day by which it has begun."""
        return self.low if self.whole else self.high

    def unsettled_on(self, day: int) -> bool:
        """Whether it is contested who holds on a day."""
        return self.disputed or any(a <= day <= b for a, b in self.clear())

    @property
    def begins_late(self) -> bool:
        """Whether it can begin behind the day up to which a source vouches, and go on."""
        return self.carried and self.told_to < self.late < self.foreseen

    @property
    def told_over(self) -> bool:
        """Whether a source says when it was over at the latest."""
        return not self.carried and self.last < NEVER


def room_of(begins: Days, ends: Days, carried: bool, sure: bool, foreseen: int = NEVER) -> Room:
    """Return the days of a state by its own sources."""
    (first, begun), (ended, last) = begins, ends
    if begun <= ended:
        room = Room(first, begun, ended, ended if carried else last, True, ended, carried, sure)
    else:
        low, high = max(first, ended), begun if carried else min(begun, last)
        room = Room(first, low, high, high if carried else last, low == high, ended, carried, sure)
        room.unplaced = first == BEGINNING and not room.whole and not carried
    room.foreseen = foreseen if carried else NEVER
    return room


class Row:
    """States of which one side stands at a time."""

    def __init__(self, members: Iterable[tuple[Any, Any, Room]]) -> None:
        self.members = [*members]  # the state, its side, its days

    def others(self, side: Any) -> Iterator[Room]:
        """Yield the days of the states of other sides."""
        return (room for _, theirs, room in self.members if theirs != side)

    def taken(self) -> list[tuple[Any, int, int]]:
        """Return the days that are surely a side's, and uncontested."""
        found = []
        for _, side, room in self.members:
            if room.whole and room.sure:
                first = room.low
                for start, last in sorted(room.clear()):
                    if first < min(start, room.high + 1):
                        found.append((side, first, min(start - 1, room.high)))
                    first = max(first, last + 1)
                if first <= room.high:
                    found.append((side, first, room.high))
        return found

    # --- what cannot be together

    def clashes(self) -> Iterator[tuple[Any, Any, int, int]]:
        """Yield the pairs that cannot both be right, and on which days."""
        for one, side, room in self.members:
            for other, theirs, there in self.members:
                if side == theirs or not (room.sure and there.sure and there.whole):
                    continue
                days = max(room.low, there.low), min(room.high, there.high)
                over = handed(room, there) or handed(there, room)
                if room.whole and days[0] <= days[1] and not over:
                    yield one, other, *days
                if not room.whole and inside(room, there) and not handover_days(room, there):
                    days = max(there.low, room.first), min(there.high, room.last)
                    yield one, other, *days
                    yield other, one, *days

    def handovers(self) -> Iterator[tuple[Room, Room, int]]:
        """Yield each two of which one takes over from the other, with the day."""
        for _, side, room in self.members:
            for there in self.others(side):
                if handed(there, room) and not handed(room, there):
                    yield there, room, room.low
        for _, side, room in self.members:
            around = [o for o in self.others(side) if o.sure and not room.whole and inside(room, o)]
            for there in sorted(around, key=lambda o: o.low)[:1]:
                days = handover_days(room, there)
                if len({*days}) == 1:
                    day = days[0]
                    yield (room, there, day) if day == there.low else (there, room, day)

    # --- what takes a place

    def perhaps(
        self,
        side: Any,
        room: Room,
        since: int = BEGINNING - 1,
        free: Any = None,
        binding: bool = False,
    ) -> int:
        """Return the first day on which another can have taken the place of a state."""
        end, days = max(room.first, room.told_to), [NEVER]
        spanning = []
        for one, theirs, other in self.members:
            if theirs == side or other.unplaced or (binding and not other.sure):
                continue
            if other.first <= end < other.late:
                spanning.append((one, theirs, other))
            if other.first > end:
                days.append(other.first)
            lasting = other.last if other.whole or not other.carried else end
            needing = other.high if other.whole else end
            reached = lasting if room.whole else needing
            early = (other.high if other.whole else other.low) < room.low
            over = binding and room.whole and early and other.late <= room.high
            if other.low <= end < reached and other.late > since and not over:
                day = end + 1 if free is None else free(one, end + 1)
                days += [day] if day <= other.last else []
            lasts = other.low <= end < lasting and not room.whole
            if lasts and other.unsettled_on(end):
                days.append(end + 1)
            even = max(other.first, other.told_to) if other.whole else other.low
            even_told = other.whole or other.low == max(other.first, other.told_to)
            evens = {even} if even_told else set()
            beside = other.begins_late and (other.clashing or not other.sure)
            beside &= not binding or (room.whole and room.low <= other.low <= room.high)
            evens |= {other.late} if beside else set()
            if other.carried and end in evens and other.late > room.first:
                days.append(end + 1)
            late = max(room.late, room.told_to)
            on = not room.whole and other.low <= late < lasting
            behind = other.begins_late and room.first < other.late == late
            if (on or behind) and not binding and room.unsettled_on(late):
                days.append(late + 1)
        for one, _, other in spanning:
            day = end + 1 if other.whole or free is None else free(one, end + 1)
            days += [day] if day <= other.late else []
        return min(days)

    def surely(
        self, side: Any, room: Room, leaving: Callable[[Any], int] = lambda one: NEVER
    ) -> int:
        """Return the day from which another has surely taken the place of a state."""
        end, days = max(room.late, room.told_to), [NEVER]
        for one, theirs, other in self.members:
            if theirs == side or not other.sure or other.unplaced:
                continue
            if other.low > end:
                days.append(other.late)
            if not other.whole and not other.clashing:
                own = room.whole or room.clashing or room.unsettled_on(room.late)
                days += [other.late] if other.low >= (end + 1 if own else room.late) else []
            vouched = max(other.first, other.told_to)
            even = other.carried and not other.whole and other.low == vouched == end
            if even and room.late < other.first:
                days.append(other.late)
            if other.whole and other.low <= end < other.high:
                days.append(end + 1)
            if other.carried and end == max(other.first, other.told_to) == max(
                other.late, other.told_to
            ):
                newer = other.first if room.sure else other.late
                days += [end + 1] if newer > room.late and leaving(one) > end else []
        return min(days)


def inside(room: Room, there: Room) -> bool:
    """Whether another needs all the days of a state."""
    return there.whole and there.low <= room.low and room.high <= there.high


def handed(early: Room, late: Room) -> bool:
    """Whether one takes over on the day on which the other is told to end, or at its only start."""
    if not (early.whole and late.whole and early.high == late.low):
        return False
    return early.told_over or (late.first == late.low and early.first < late.low)


def handover_days(room: Room, there: Room) -> list[int]:
    """Return the days on which a state of vague days can hand over to another, or take over from it."""
    exact = there.first == there.low and room.first < there.low
    days = [there.low] if room.low == there.low and (room.told_over or exact) else []
    return days + ([there.high] if room.high == there.high and there.told_over else [])


def is_taken(taken: list[tuple[Any, int, int]], side: Any, day: int) -> bool:
    """Whether a day is surely another side's."""
    return any(a <= day <= b for theirs, a, b in taken if theirs != side)


def free_from(taken: list[tuple[Any, int, int]], side: Any, day: int) -> int:
    """Return the first day from one on that is no other side's."""
    days = [day, *(b + 1 for _, _, b in taken)]
    return min((d for d in days if d >= day and not is_taken(taken, side, d)), default=NEVER)


def free_until(taken: list[tuple[Any, int, int]], side: Any, day: int) -> int:
    """Return the last day up to one that is no other side's."""
    days = [day, *(a - 1 for _, a, _ in taken)]
    return max((d for d in days if d <= day and not is_taken(taken, side, d)), default=BEGINNING)


def settle(rows: list[Row], is_clear: Callable[[Room, Days], bool]) -> dict[int, list[Days]]:
    """Take from each what is surely another's, until nothing changes; return the gaps in what is left."""
    cover(rows)
    handovers = [h for row in rows for h in row.handovers()]
    handovers = [h for h in handovers if all(is_clear(room, days_of(*h)) for room in h[:2])]
    for early, late, day in handovers:
        if late.sure:
            hand_over(early, day)
        if early.sure:
            take_over(late, day)
    while sum(narrow_all(row) for row in rows):
        pass
    takens = [row.taken() for row in rows]
    limits = [(room, *around(row, side, room)) for row in rows for _, side, room in row.members]
    for room, before, after in limits:
        room.first = max(room.first, min(room.low, before + 1))
        room.last = min(room.last, max(room.high, after - 1))
    gaps: dict[int, list[Days]] = {}
    for row, taken in zip(rows, takens, strict=True):
        for one, side, room in row.members:
            theirs = [(a, b) for s, a, b in taken if s != side]
            if not (room.whole or room.disputed or room.within or room.either):
                within = [(a, b) for a, b in theirs if b >= room.first and a <= room.last]
                gaps.setdefault(id(one), []).extend(within)
    return gaps


def days_of(early: Room, late: Room, day: int) -> Days:
    """Return the days that one of two can have, if it is not known which; else that of the handover."""
    vague = [(room.low, room.high) for room in (early, late) if not room.whole]
    return vague[0] if vague else (day, day)


def cover(rows: list[Row]) -> None:
    """Note of each state of vague days what those need who contradict it."""
    for row in rows:
        for _, side, room in row.members:
            for other in sorted(row.others(side), key=lambda o: o.low):
                vague = other.sure and not room.whole
                room.either |= (
                    vague and inside(room, other) and len({*handover_days(room, other)}) > 1
                )
                if vague and inside(room, other) and not handover_days(room, other):
                    low, high = room.within or (other.low, other.high)
                    room.within = min(low, other.low), max(high, other.high)


def narrow_all(row: Row) -> bool:
    """Take from the states of a row what is surely another's; tell whether anything was."""
    taken = row.taken()
    free = [(side, r) for _, side, r in row.members if not (r.within or r.either or r.disputed)]
    return sum(narrow(room, side, taken) for side, room in free) > 0


def first_free(gaps: list[Days], day: int) -> int:
    """Return the first day from one on that is in no gap."""
    while any(a <= day <= b for a, b in gaps):
        day += 1
    return day


def take_over(late: Room, day: int) -> None:
    """Let one begin on a day."""
    whole = late.whole
    late.low, late.high = (late.low, late.high) if whole else (day, day)
    late.last = day if late.carried and not whole else late.last
    late.first, late.whole = day, True


def hand_over(early: Room, day: int) -> None:
    """Let one end on a day, and begin before it unless that is told as its end."""
    early.low = min(early.low, day if early.told_over else day - 1)
    early.high = early.last = day
    early.whole = True


def narrow(room: Room, side: Any, taken: list[tuple[Any, int, int]]) -> bool:
    """Leave a state of vague days those that are no other's; tell whether they are fewer."""
    low, high = free_from(taken, side, room.low), free_until(taken, side, room.high)
    if room.whole or low > high or (low, high) == (room.low, room.high):
        return False
    room.first = low if low > room.told_to else room.first
    room.last = high if room.carried or high < room.high else room.last
    room.low, room.high, room.whole = low, high, low == high
    return True


def around(row: Row, side: Any, room: Room) -> Days:
    """Return the last day before a state, and the first after it, that others surely have some of."""
    if room.disputed:
        return BEGINNING - 1, NEVER
    low, high = room.within or (room.low, room.high)
    taken = [(a, b) for theirs, a, b in row.taken() if theirs != side]
    vague = [
        o
        for o in row.others(side)
        if o.sure and not o.whole and not o.clashing
        if not any(a <= o.high and b >= o.low for a, b in o.clear())
    ]
    over = room.low - 1 if room.whole else room.low
    begun = room.high + 1 if room.whole else room.high
    before = [min(b, low - 1) for a, b in taken if a < low]
    over = min([over, *(a - 1 for a, _ in room.clashes)])
    begun = max([begun, *(b + 1 for _, b in room.clashes)])
    perhaps = room.whole and not room.sure
    if perhaps:  # what lies within its days contradicts it, and says nothing of others
        leaving = [o for o in vague if o.low < room.low and o.high <= room.high]
        coming = [o for o in vague if o.low >= room.low and o.high > room.high]
    else:
        leaving = [o for o in vague if o.high <= over]
        coming = [o for o in vague if o.low >= begun]
    before += [o.low for o in leaving]
    after = [max(a, high + 1) for a, b in taken if b > high]
    after += [o.high for o in coming]
    return max(before, default=BEGINNING - 1), min(after, default=NEVER)
