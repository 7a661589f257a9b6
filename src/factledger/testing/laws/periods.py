"""Laws of periods: of where a state with days for its dates begins and ends."""

from __future__ import annotations

from hypothesis import strategies as st

from factledger.dates.days import Day
from factledger.errors import Refused
from factledger.ledger.ledger import Ledger
from factledger.records.claims import State
from factledger.records.codec import from_body
from factledger.records.declarations import Source
from factledger.status.spans import Status
from factledger.testing.few import ACTORS
from factledger.testing.history import extended, opened
from factledger.testing.laws.law import Draw, law
from factledger.testing.strategies import days


@law("half-open")
def half_open(draw: Draw) -> None:
    """Of two states under one key that touch, one stands at each day and never both."""
    first, second = sorted(draw(st.lists(days(), min_size=2, max_size=2, unique=True)))
    end = draw(st.sampled_from([str(Day(second - 1)), ".."]))
    spoken = draw(days(str(first), str(Day(second - 1)))) if end == ".." else second
    ledger = extended(
        opened(),
        [
            *ACTORS,
            Source(id="s1", title="First", published=str(spoken)),
            Source(id="s2", title="Second", published=str(second)),
            level("one", str(first), end, "s1"),
            level("two", str(second), "..", "s2"),
        ],
    )
    day = draw(st.sampled_from([first, second]) | days(str(first)))
    values = [s.claim.value for s in ledger.as_of(day).standings]
    assert values == (["one"] if day < second else ["two"])


@law("own dates")
def own_dates(draw: Draw) -> None:
    """A state with days for its dates begins and ends on them, whenever its source was published."""
    first, last = _in_order(draw, 2)
    spoken = draw(days(str(last)))
    ledger = _telling(spoken, level("one", str(first), str(last), "s"))
    day = draw(st.sampled_from([first, last, Day(last + 1)]) | days())
    (standing,) = ledger.as_of(day).every
    wanted = Status.DEFINITE if day <= last else Status.ENDED
    assert standing.status is (Status.NOT_YET if day < first else wanted)


@law("splitting")
def splitting(draw: Draw) -> None:
    """A state told in two parts that touch stands on the same days as one told whole."""
    first, middle, last = _in_order(draw, 3)
    whole = _telling(last, level("one", str(first), str(last), "s"))
    parts = _telling(
        last,
        level("one", str(first), str(Day(middle - 1)), "s"),
        level("one", str(middle), str(last), "s"),
    )
    day = draw(st.sampled_from([first, Day(middle - 1), middle, last, Day(last + 1)]) | days())
    one, other = (
        [(s.claim.value, s.status) for s in found.as_of(day).standings] for found in (whole, parts)
    )
    assert one == other


@law("plans")
def plans(draw: Draw) -> None:
    """An end after its source spoke is a plan: the state is definite up to then, presumed up to the
    end, and ended after it.
    """
    first, spoken, last = _in_order(draw, 3)
    ledger = _telling(spoken, level("one", str(first), str(last), "s"))
    day = draw(st.sampled_from([first, spoken, Day(spoken + 1), last, Day(last + 1)]) | days())
    (standing,) = ledger.as_of(day).every
    held = Status.DEFINITE if day <= spoken else Status.PRESUMED
    wanted = held if day <= last else Status.ENDED
    assert standing.status is (Status.NOT_YET if day < first else wanted)


@law("ends settle")
def ends_settle(draw: Draw) -> None:
    """A state held on a known last day, whatever its start, and on a known first day, whatever its end."""
    day, spoken = _in_order(draw, 2)
    known_last = draw(st.booleans())
    since, until = ("", str(day)) if known_last else (str(day), "")
    (standing,) = _telling(spoken, level("one", since, until, "s")).as_of(day).every
    assert standing.status is Status.DEFINITE


@law("widths")
def declared_widths(draw: Draw) -> None:
    """An approximate date whose width is declared is a window of that width to both sides."""
    day, width = draw(days(last="2021-06-30")), draw(st.integers(1, 30))
    source = Source(id="s", title="S", published="2022-12-31", approximate=f"{width} days")
    ledger = extended(opened(), [*ACTORS, source, level("one", f"{day}~", "..", "s")])
    first, sure = Day(day - width), Day(day + width)
    asked = draw(st.sampled_from([Day(first - 1), first, Day(sure - 1), sure]))
    (standing,) = ledger.as_of(asked).every
    wanted = Status.NOT_YET if asked < first else Status.POSSIBLE
    assert standing.status is (Status.DEFINITE if asked >= sure else wanted)


@law("no empty period")
def no_empty_period(draw: Draw) -> None:
    """A state that would end before it begins is refused."""
    first, last = _in_order(draw, 2)
    ledger = _telling(last)
    try:
        ledger.append(level("one", str(last), str(first), "s"))
    except Refused:
        return
    raise AssertionError(f"from {last} to {first} was not refused")


def _in_order(draw: Draw, count: int) -> list[Day]:
    """Return days that differ, the earliest first."""
    found = draw(st.lists(days(last="2021-12-31"), min_size=count, max_size=count, unique=True))
    return sorted(found)


def _telling(spoken: Day, *claims: State) -> Ledger:
    """Return a ledger with one source, `s`, and what it says."""
    return extended(opened(), [*ACTORS, Source(id="s", title="S", published=str(spoken)), *claims])


def level(value: str, since: str, until: str, source: str) -> State:
    """Return that Japan and Ukraine have a relationship of a level."""
    body = {
        "kind": "state",
        "type": "relationship-level",
        "value": value,
        "since": since,
        "until": until,
        "participants": [{"role": "party", "actor": name} for name in ("JPN", "UKR")],
        "citations": [{"source": source, "locator": "p. 1"}],
    }
    state = from_body(body)
    assert isinstance(state, State)
    return state


LAWS = (half_open, own_dates, splitting, plans, ends_settle, declared_widths, no_empty_period)
