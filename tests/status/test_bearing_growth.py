"""How work grows where many claims are about one and the same: one post, one holder, one value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from effort import ALL_ROWS
from factledger import Citation, Event, Ledger, Participant, Source, State
from factledger.dates.days import Day
from factledger.records.claims import Polarity
from factledger.records.declarations import Actor
from factledger.status.standings import MOST_CONTESTS
from growth_tools import Work, assert_grows_evenly

SIZE = 150


def day(number: int, year: int = 1900) -> str:
    """Return a day, so many days after the first of a year."""
    return str(Day(Day.of(year, 1, 1) + number))


def office(
    holder: int, since: str, until: str, source: str = "s0", polarity: Polarity = "asserted"
) -> State:
    """Return that somebody holds the one post."""
    who = [
        Participant(role="holder", actor=f"h{holder}"),
        Participant(role="post", actor="post"),
    ]
    cited = [Citation(source=source, locator=f"{since} {until}")]
    return State(
        type="office",
        since=since,
        until=until,
        participants=who,
        citations=cited,
        polarity=polarity,
    )


def told(type: str, holder: int, when: str, source: str = "s0") -> Event:
    """Return that somebody took or left the one post."""
    state = office(holder, "2000", "..", source)
    return Event(type=type, when=when, participants=state.participants, citations=state.citations)


Claims = Iterator[State | Event]


def in_a_row(count: int) -> Claims:
    """One holder after the other, each with the day of the first and of the last day."""
    return (office(i, day(9 * i), day(9 * i + 8)) for i in range(count))


def in_a_row_with_open_ends(count: int) -> Claims:
    """One holder after the other, of whom no source says how long."""
    return (office(i, day(9 * i), "") for i in range(count))


def overlapping(count: int) -> Claims:
    """Each source has a holder of its own, still in office when it speaks."""
    return (office(i, day(i), "..", f"s{i}") for i in range(count))


def overlapping_with_ends(count: int) -> Claims:
    """Each source has a holder of its own, for a long time."""
    return (office(i, day(i), day(2 * count + i)) for i in range(count))


def beginning_some_time(count: int) -> Claims:
    """Each source has a holder of its own, who began in some year of many."""
    return (office(i, f"[{1900 + i % 50}..1960]", "..", f"s{i}") for i in range(count))


def beginning_on_one_day(count: int) -> Claims:
    """Each source has a holder of its own, all since the same day."""
    return (office(i, day(1), "..", f"s{i}") for i in range(count))


def one_long_reign(count: int) -> Claims:
    """One holder for all of the time, and many for a part of it."""
    yield office(count, day(0), day(20 * count))
    yield from in_a_row(count)


def asserted_and_denied(count: int) -> Claims:
    """Half of the sources say of one holder what the others deny."""
    for i in range(count):
        yield office(0, day(1), "..", f"s{i}", polarity=("asserted", "denied")[i % 2])


def by_events(count: int) -> Claims:
    """One holder after the other takes the post and leaves it."""
    for i in range(0, count, 2):
        yield told("office-assumed", i, day(9 * i))
        yield told("office-left", i, day(9 * i + 8))


def left_by_others(count: int) -> Claims:
    """Holders with open ends, while others leave the post at one time or another."""
    for i in range(0, count, 2):
        yield office(i, day(9 * i), "..", f"s{i}")
        yield told("office-left", i + 1, f"[{day(9 * i)}..{day(9 * count)}]")


def said_again(count: int) -> Claims:
    """Many sources say the same of one holder, and tell of the event that began it."""
    for i in range(count):
        when = f"[{day(i)}..{day(count + i)}]"
        yield office(0, when, "..", f"s{i}") if i % 2 else told("office-assumed", 0, when)


MANY: tuple[Callable[[int], Claims], ...] = (
    in_a_row,
    in_a_row_with_open_ends,
    overlapping,
    overlapping_with_ends,
    beginning_some_time,
    beginning_on_one_day,
    one_long_reign,
    asserted_and_denied,
    by_events,
    left_by_others,
    said_again,
)


def ledger(claims: Callable[[int], Claims], count: int) -> Ledger:
    """Return a ledger of that many claims about one post."""
    found = Ledger.create("memory:", origin="growth")
    people = (Actor(id=f"h{i}", category="person", names=[f"H{i}"]) for i in range(count + 2))
    sources = (Source(id=f"s{i}", title="S", published=day(i, 2010)) for i in range(count))
    found.append(
        Actor(id="land", category="country", names=["Land"]),
        Actor(id="post", category="post", names=["Post"], of="land"),
        *people,
        *sources,
    )
    found.append(*claims(count))
    return found


def asking(claims: Callable[[int], Claims]) -> Callable[[int], Work]:
    """Return the work of asking what stood on a day."""

    def work(count: int) -> Work:
        made = ledger(claims, count)
        return lambda: made.as_of(day(9 * count // 2)).standings

    return work


def changing(claims: Callable[[int], Claims]) -> Callable[[int], Work]:
    """Return the work of telling every change, and who contests what from then on."""

    def work(count: int) -> Work:
        made = ledger(claims, count)
        return lambda: [change.standing.contested_by for change in made.changes()]

    return work


PAIRS = [(question, claims) for claims in MANY for question in (asking, changing)]


@pytest.mark.parametrize(
    ("question", "claims"),
    # Some histories are asked in one way or the other; with all rows each in both.
    PAIRS if ALL_ROWS else [*PAIRS[::8], *PAIRS[3::8]],
)
def test_twice_the_claims_about_one_post_are_at_most_three_times_the_work(
    question: Callable[[Callable[[int], Claims]], Callable[[int], Work]],
    claims: Callable[[int], Claims],
) -> None:
    """Who holds a post is answered by the few claims next to a day, however many there are."""
    assert_grows_evenly(question(claims), SIZE)


def test_a_claim_names_no_more_than_so_many_that_contest_it() -> None:
    """Where very many claims contest one, the first of them are named."""
    for standing in ledger(overlapping, SIZE).as_of(day(SIZE)).standings:
        assert len(standing.contested_by) == MOST_CONTESTS
        assert list(standing.contested_by) == sorted(standing.contested_by)
