"""Bugs in what stands on a day."""

from __future__ import annotations

from typing import Any

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.status.spans import Dates, Status, Worlds, _start
from factledger.status.tracks.changes import changes
from planted.bug import Bug, changed


def _a_day_longer(state: Any, dates: Dates) -> Worlds:
    return _moved(state(dates), 1)


def _a_day_shorter(state: Any, dates: Dates) -> Worlds:
    return _moved(state(dates), -1)


def _moved(worlds: Worlds, days: int) -> Worlds:
    first, last = worlds.ends
    if last == FOREVER:
        return worlds
    return worlds._replace(ends=(Day(first + days), Day(last + days)))


def _from_publication(state: Any, dates: Dates) -> Worlds:
    found: Worlds = state(dates)
    return found._replace(begins=(dates.settled, dates.settled))


def _without_ends(state: Any, dates: Dates) -> Worlds:
    found: Worlds = state(dates)
    return found._replace(ends=(found.ends[0], FOREVER))


def _back_again(status_at: Any, candidate: Any, cut: Any, day: int) -> Status:
    found: Status = status_at(candidate, cut, day)
    return Status.POSSIBLE if found is Status.ENDED and day % 2 else found


def _ended_too(numbers_of: Any, tracks: Any, day: Day, shape: str) -> Any:
    standings = (track.at(day) for track in tracks)
    return (s.number for s in standings if s.claim.shape == shape)


def _never_told(begins: Any, date: Any, dates: Dates) -> Any:
    return begins(date, dates._replace(told=False))


BUGS = (
    Bug(
        "a period holds a day longer than its end",
        "",
        ("own dates",),
        changed("factledger.status.spans._state", _a_day_longer),
    ),
    Bug(
        "a period does not hold on the day of its end",
        "",
        ("own dates", "splitting", "half-open"),
        changed("factledger.status.spans._state", _a_day_shorter),
    ),
    Bug(
        "a state begins when its source was published",
        "OpenSanctions #2249",
        ("own dates",),
        changed("factledger.status.spans._state", _from_publication),
    ),
    Bug(
        "a state may end before it begins",
        "PostgreSQL 17, reverted",
        ("no empty period",),
        {"factledger.checks.claims._date_faults": lambda before, claim: ()},
    ),
    Bug(
        "a new state does not take the place of the one before",
        "",
        ("half-open",),
        {"factledger.status.things.following.Following.surely": lambda self, one, piece: FOREVER},
    ),
    Bug(
        "the last change of all is lost",
        "",
        ("steps", "folded changes"),
        {"factledger.views.folded.changes": lambda tracks: changes(tracks)[:-1]},
    ),
    Bug(
        "what has no known first day comes last",
        "Rails Event Store #1518",
        ("folded changes",),
        {
            "factledger.views.folded.changes": lambda tracks: sorted(
                changes(tracks), key=lambda change: change.day == BEGINNING
            )
        },
    ),
    Bug(
        "what has ended is possible again on every other day",
        "",
        ("order of statuses",),
        changed("factledger.status.tracks.joint.status_at", _back_again),
    ),
    Bug(
        "an end that is only foreseen is told for certain",
        "",
        ("plans",),
        {"factledger.status.registry.Published.spoken": property(lambda self: FOREVER)},
    ),
    Bug(
        "nobody held an office on its last day who came to it nobody knows when",
        "",
        ("ends settle",),
        changed("factledger.status.spans._state", _without_ends),
    ),
    Bug(
        "how wide a date is meant goes unheard",
        "",
        ("widths",),
        {"factledger.status.things.alone.width_of": lambda belief, live: None},
    ),
    Bug(
        "a doubtful date is settled on its first day",
        "",
        ("refinement",),
        {"factledger.status.spans._settled_by": lambda date, live: _start(date)},
    ),
    Bug(
        "what is told as past may still come, up to the end of its date",
        "",
        ("publication settles",),
        changed("factledger.status.spans._begins", _never_told),
    ),
    Bug(
        "what has ended is counted, and what has not begun",
        "",
        ("counting",),
        changed("factledger.views.folded.numbers_of", _ended_too),
    ),
)
