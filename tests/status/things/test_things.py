"""Claims about one thing: which are one standing, and on which days they contradict one another."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pytest

from factledger.ledger.ledger import Ledger
from factledger.records.amendments import Close, Identify
from factledger.records.claims import Claim, Count, Event, State, Tally
from factledger.records.declarations import Actor, Type
from factledger.records.record import Record
from factledger.status.standings import MOST_CONTESTS
from growth_tools import Work, assert_grows_evenly
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, office, people, source, standings

Expected: TypeAlias = dict[str, dict[str, str]]

SOURCES = [
    source("jun", published="2021-06-01"),
    source("late", published="2022-06-01"),
    Type(id="lives", shape="state", required=["holder", "location"], key=["holder"], single=True),
    Type(id="bought", shape="event", required=["actor"], quantity=True),
    Type(id="harvested", shape="event", required=["actor"], once=["actor"], quantity=True),
    Actor(id="village", category="place", names=["Village"], of="kyiv"),
]
A = S + 6


def told(*records: Record, on: tuple[str, ...]) -> Expected:
    """Return the statuses on days, by entry: A, B, C, `a` for what was derived from A."""
    found: Expected = {}
    of = ledger(*SOURCES, *records)
    for day in on:
        for (number, derived), standing in standings(of, day).items():
            name = "ABCDEF"[number - A]
            rivals = "".join("ABCDEF"[n - A] for n in standing.contested_by)
            told_as = f"{standing.alone}{' against ' + rivals if rivals else ''}"
            found.setdefault(name.lower() if derived else name, {})[day] = told_as
    return found


def born(when: str, by: str = "jun", **fields: Any) -> Event:
    """Return that somebody was born."""
    return event("born", when, actor="p1", sources=[by], **fields)


def visit(when: str, by: str = "jun", **fields: Any) -> Event:
    """Return a visit, or the denial of one."""
    return event("CONSULT", when, actor="JPN", recipient="UKR", sources=[by], **fields)


def calls(lower: int, upper: int | None, by: str = "jun", **fields: Any) -> Tally:
    """Return a count of calls in a year."""
    dates = {"since": "2020", "until": "2020", **fields}
    return Tally(
        type="CONSULT", mode="phone", count=Count(lower=lower, upper=upper),
        participants=people(actor="JPN", recipient="UKR"), citations=cited(by), **dates,
    )  # fmt: skip


def lives(place: str, by: str = "jun", **dates: Any) -> State:
    """Return that somebody lives in a place."""
    who = people(holder="p1", location=place)
    return State(type="lives", participants=who, citations=cited(by), **dates)


def figure(value: str, by: str = "jun", **fields: Any) -> State:
    """Return how many there were in a year."""
    who = people(topic="UKR")
    dates = {"since": "2020-01-01", "until": "2020-12-31", **fields}
    return State(type="figure", value=value, participants=who, citations=cited(by), **dates)


def bought(value: str, when: str, by: str = "jun") -> Event:
    """Return that somebody bought some."""
    return event("bought", when, actor="JPN", value=value, sources=[by])


def harvested(value: str, by: str = "jun") -> Event:
    """Return the one harvest of a year."""
    return event("harvested", "2020", actor="JPN", value=value, sources=[by])


ROWS: list[tuple[str, list[Record], Expected]] = [
    (
        "what can happen but once happens at one place",
        [born("1906", location="kyiv"), born("1906-12-20", "late", location="lviv")],
        {"A": {"1906-12-19": "possible", "1906-12-31": "definite against B"},
         "B": {"1906-12-19": "not-yet", "1906-12-31": "definite against A"}},
    ),
    (
        "a place within the other contradicts nothing, nor does one that is not told",
        [born("1906", location="kyiv"), born("1906", "late", location="village"), born("1906-12", "late")],
        {"C": {"1906-11-30": "not-yet", "1906-12-31": "definite"}},
    ),
    (
        "two values of what can happen but once contradict each other",
        [born("1906", value="as a twin"), born("1906", "late", value="alone")],
        {"A": {"1906-12-31": "definite against B"}, "B": {"1906-12-31": "definite against A"}},
    ),
    (
        "births that somebody calls different can be at two places",
        [born("1906", location="kyiv"), born("1906", "late", location="lviv"),
         Identify(claims=[A, A + 1], verdict="different", reason="namesakes")],
        {"A": {"1906-12-31": "definite"}, "B": {"1906-12-31": "definite"}},
    ),
    (
        "amounts of one event contradict each other as the numbers do, not the words",
        [harvested("4.2 million t"), harvested("4,200 kt", "late"), harvested("over 5 million t", "late")],
        {"B": {"2020-12-30": "possible", "2020-12-31": "definite against C"},
         "C": {"2020-12-30": "possible", "2020-12-31": "definite against B"}},
    ),
    (
        "nobody denies what came after he spoke",
        [visit("2021", polarity="denied"), visit("2021-08-01", "late"), visit("2021-05-04", "late")],
        {"A": {"2021-05-03": "definite", "2021-05-04": "definite against C"},
         "B": {"2021-08-01": "definite"}, "C": {"2021-05-04": "definite against A"}},
    ),
    (
        "what can happen but once is contested between two days, also where it is not yet",
        [born("1906-12-30"), born("1906-12-20", "late")],
        {"A": {"1906-12-19": "not-yet", "1906-12-20": "not-yet against B",
               "1906-12-29": "not-yet against B", "1906-12-30": "definite"},
         "B": {"1906-12-19": "not-yet", "1906-12-20": "definite against A",
               "1906-12-29": "definite against A", "1906-12-30": "definite"}},
    ),
    (
        "what can happen but once is one where both can be right",
        [born("1906"), born("1906-12-20", "late")],
        {"B": {"1906-12-19": "not-yet", "1906-12-20": "definite"}},
    ),
    (
        "a plan of what can happen but once is not merged with it, and contradicts nothing",
        [born("1906-12-30"), born("2022-12-20", "late", modality="planned")],
        {"A": {"1906-12-30": "definite"}, "B": {"1906-12-30": "not-yet"}},
    ),
    (
        "states of one value are one where both can be right",
        [office(since="2021-03", sources=["jun"]), office(since="2021", sources=["late"])],
        {"A": {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-03-31": "definite",
               "2022-06-01": "definite", "2022-06-02": "presumed"}},
    ),
    (
        "an end that one tells and another does not know of is contested from then on",
        [office(since="2020-01-01", until="2020-12-31", sources=["jun"]),
         office(since="2020-01-01", sources=["late"])],
        {"A": {"2020-12-31": "definite", "2021-01-01": "ended against B",
               "2030-01-01": "ended against B"},
         "B": {"2020-12-31": "definite", "2021-01-01": "definite against A",
               "2030-01-01": "presumed against A"}},
    ),
    (
        "a later end of another is no contradiction where it is only presumed that it went on",
        [office(since="2020-01-01", until="2021-12-31", sources=["late"]),
         office(since="2020-02-01", sources=["jun"])],
        {"A": {"2020-01-31": "definite against B", "2020-02-01": "definite", "2022-01-01": "ended"},
         "B": {"2020-01-31": "not-yet against A", "2020-02-01": "definite", "2022-01-01": "ended"}},
    ),
    (
        "two terms of one holder, years apart, are two",
        [office(since="2010-01-01", until="2011-12-31", sources=["jun"]), office(since="", sources=["late"])],
        {"A": {"2011-12-31": "definite", "2022-06-01": "ended"},
         "B": {"2011-12-31": "possible", "2022-06-01": "definite"}},
    ),
    (
        "two that as one would hold while another value does, where neither holds alone, are two",
        [level(since="[2020-01-01..2022-05-01]", until="[2021-06-30..2022-05-30]", sources=["late"]),
         level(since="2020-01-01", until="[2020-12-31..2022-05-30]", sources=["late"]),
         level("ally", since="2021-03-01", until="2021-03-31", sources=["late"])],
        {"A": {"2020-06-01": "not-yet", "2021-03-15": "not-yet", "2021-05-01": "possible"},
         "B": {"2020-06-01": "definite", "2021-03-15": "ended", "2021-05-01": "ended"},
         "C": {"2020-06-01": "not-yet", "2021-03-15": "definite", "2021-05-01": "ended"}},
    ),
    (
        "the same two are one where no other value stood meanwhile",
        [level(since="[2020-01-01..2022-05-01]", until="[2021-06-30..2022-05-30]", sources=["late"]),
         level(since="2020-01-01", until="[2020-12-31..2022-05-30]", sources=["late"])],
        {"B": {"2020-06-01": "definite", "2021-06-30": "definite", "2021-07-01": "possible"}},
    ),
    (
        "one of its value that begins on the last day before another comes contradicts it",
        [office(since="2020-01-01", sources=["jun"]), office("p2", "2021-07-01", "2021-07-20", sources=["late"]),
         office(since="2021-06-30", until="2021-06-30", sources=["late"])],
        {"A": {"2021-06-29": "presumed against C", "2021-06-30": "presumed", "2021-07-01": "ended"},
         "B": {"2021-06-30": "not-yet", "2021-07-01": "definite"},
         "C": {"2021-06-29": "not-yet against A", "2021-06-30": "definite", "2021-07-01": "ended"}},
    ),
    (
        "one of its value that begins on the day on which another comes is of another stretch",
        [office(since="2020-01-01", sources=["jun"]), office("p2", "2021-07-01", "2021-07-20", sources=["late"]),
         office(since="2021-07-01", until="2021-07-01", sources=["late"])],
        {"A": {"2021-06-30": "presumed", "2021-07-01": "ended"},
         "B": {"2021-06-30": "not-yet", "2021-07-01": "definite"},
         "C": {"2021-06-30": "not-yet", "2021-07-01": "definite", "2021-07-02": "ended"}},
    ),
    (
        "as one they need not be two on the one day on which one of them holds alone",
        [level(since="[2020-01-01..2021-03-15]", until="[2021-03-15..2022-05-30]", sources=["late"]),
         level(since="[2021-01-01..2022-05-01]", until="[2021-06-30..2022-05-30]", sources=["late"]),
         level("ally", since="2021-03-15", until="2021-03-15", sources=["late"])],
        {"A": {"2021-03-14": "not-yet", "2021-03-15": "definite", "2021-06-30": "definite"},
         "C": {"2021-03-15": "definite", "2021-03-16": "ended"}},
    ),
    (
        "nor from the day on from which one of them holds alone",
        [level(since="[2021-01-01..2021-05-01]", until="[2021-05-10..2022-05-30]", sources=["late"]),
         level(since="[2020-01-01..2021-03-01]", until="[2020-06-30..2022-05-30]", sources=["late"]),
         level("ally", since="2021-05-01", until="2021-05-02", sources=["late"])],
        {"A": {"2021-02-28": "possible", "2021-03-01": "definite", "2021-05-01": "definite against C"},
         "C": {"2021-05-01": "definite against A", "2021-05-03": "ended"}},
    ),
    (
        "one is presumed up to the first day on which another says that it may have ended",
        [source("new", published="2023-06-01"), office(since="2020-02-01", sources=["late"]),
         office(since="2020-01-01", until="[2022-09-01..2023-03-01]", sources=["new"])],
        {"B": {"2022-06-02": "presumed", "2022-09-01": "presumed", "2022-09-02": "possible",
               "2023-03-01": "possible", "2023-03-02": "ended"},
         "C": {"2022-09-01": "definite", "2023-03-01": "possible", "2023-03-02": "ended"}},
    ),
    (
        "of several who say when it may have ended the first counts",
        [source("new", published="2023-06-01"), office(since="2020-02-01", sources=["late"]),
         office(since="2020-01-01", until="[2021-05-01..2023-03-01]", sources=["new"]),
         office(since="2020-03-01", until="[2022-12-01..2023-04-01]", sources=["new"])],
        {"B": {"2022-06-01": "definite", "2022-06-02": "possible", "2022-12-01": "possible"},
         "C": {"2022-06-01": "possible"}, "D": {"2022-12-01": "definite"}},
    ),
    (
        "one of its value that begins before an event has perhaps ended it contradicts it",
        [office(since="[2021-01-01..2021-05-20]", sources=["jun"]),
         event("office-left", "[2021-04-01..2021-08-31]", holder="p1", post="pm", sources=["late"]),
         office(since="2021-05-31", sources=["late"])],
        {"A": {"2021-05-30": "definite against C", "2021-06-01": "definite"}, "B": {"2021-08-31": "definite"},
         "C": {"2021-05-30": "not-yet against A", "2021-06-01": "definite"}},
    ),
    (
        "one of its value that begins on the first day on which an event has perhaps ended it is another",
        [office(since="[2021-01-01..2021-05-20]", sources=["jun"]),
         event("office-left", "[2021-04-01..2021-08-31]", holder="p1", post="pm", sources=["late"]),
         office(since="2021-06-01", sources=["late"])],
        {"A": {"2021-05-31": "definite", "2021-06-01": "definite"}, "B": {"2021-08-31": "definite"},
         "C": {"2021-05-31": "not-yet", "2021-06-01": "definite"}},
    ),
    (
        "a planned end binds no later report about the same",
        [office(since="2020-01-01", until="2021-12-31", sources=["jun"]),
         office(since="2020-01-01", sources=["late"])],
        {"A": {"2021-06-02": "definite", "2022-06-01": "definite", "2022-06-02": "presumed"}},
    ),
    (
        "of two planned ends the one that was told last counts",
        [office(since="2020-01-01", until="2024-12-31", sources=["jun"]),
         office(since="2020-01-01", until="2023-12-31", sources=["late"])],
        {"A": {"2022-06-01": "definite", "2023-12-31": "presumed", "2024-01-01": "ended"}},
    ),
    (
        "of two planned ends that were told on one day the earlier counts",
        [office(since="2020-01-01", until="2023-12-31", sources=["late"]),
         office(since="2020-01-01", until="2024-12-31", sources=["late"])],
        {"A": {"2022-06-01": "definite", "2023-12-31": "presumed", "2024-01-01": "ended"}},
    ),
    (
        "an event that came before a state began leaves the planned end where it is",
        [office(since="2020-01-01", until="2024-12-31", sources=["late"]),
         event("office-left", "2019-03-01", holder="p1", post="pm", sources=["jun"])],
        {"A": {"2024-12-31": "presumed", "2025-01-01": "ended"}, "B": {"2025-01-01": "definite"}},
    ),
    (
        "an event that comes before a planned end ends the state",
        [office(since="2020-01-01", until="2024-12-31", sources=["jun"]),
         event("office-left", "2022-03-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-06-02": "definite", "2022-03-01": "definite", "2022-03-02": "ended"},
         "B": {"2022-03-02": "definite"}},
    ),
    (
        "an event is contested by who denies it of every day on which it can have been",
        [visit("2021-05-04"), visit("2021-05", "late", polarity="denied")],
        {"A": {"2021-05-03": "not-yet", "2021-05-04": "definite against B"},
         "B": {"2021-05-03": "definite", "2021-05-04": "definite against A",
               "2021-05-31": "definite against A"}},
    ),
    (
        "the denial of a part of the days on which it can have been contradicts nothing",
        [visit("2021-05"), visit("2021-05-04", "late", polarity="denied")],
        {"A": {"2021-05-31": "definite"}, "B": {"2021-05-31": "definite"}},
    ),
    (
        "the denial of another mode contradicts nothing",
        [visit("2021-05-04", mode="visit"), visit("2021-05-04", polarity="denied", mode="phone")],
        {"A": {"2021-05-31": "definite"}, "B": {"2021-05-31": "definite"}},
    ),
    (
        "a tally is contested by one that counts less around the same period",
        [calls(4, 4), calls(3, 3, "late")],
        {"A": {"2020-12-30": "possible", "2020-12-31": "definite against B"},
         "B": {"2020-12-30": "possible", "2020-12-31": "definite against A"}},
    ),
    (
        "a tally of less, or of another period, contradicts nothing",
        [calls(2, 4), calls(3, None, "late"), calls(1, 1, since="2019", until="2019-06")],
        {name: {"2020-12-31": "definite"} for name in "ABC"},
    ),
    (
        "a denied tally contests one of the same period whose numbers can be the same",
        [calls(4, 4), calls(3, None, "late", polarity="denied")],
        {"A": {"2020-12-31": "definite against B"}, "B": {"2020-12-31": "definite against A"}},
    ),
    (
        "a tally of none contests what it would count",
        [calls(0, 0), visit("2020-07-01", mode="phone"), visit("2020-07-01", mode="visit"),
         visit("2021-01-01", mode="phone")],
        {"A": {"2020-06-30": "definite", "2020-07-01": "definite against B", "2021-05-01": "definite against B"},
         "B": {"2020-06-30": "not-yet", "2020-07-01": "definite against A", "2021-05-01": "definite against A"},
         "C": {"2020-12-31": "definite"}, "D": {"2021-05-01": "definite"}},
    ),
    (
        "two places of one who lives in one at a time",
        [lives("kyiv", since="2020-01-01", until="2020-12-31"), lives("lviv", "late", since="2020-07-01", until="..")],
        {"A": {"2020-06-30": "definite", "2020-07-01": "definite against B", "2021-01-01": "ended"},
         "B": {"2020-06-30": "not-yet", "2020-07-01": "definite against A", "2021-01-01": "definite"}},
    ),
    (
        "two amounts of the same, at one time, of which no number is in both",
        [figure("4.2 million t"), figure("more than 5 million t", "late"), figure("many", "late"),
         figure("4.1 to 4.3 million t", "late"), figure("9 km", "late")],
        {"A": {"2020-12-31": "definite against B", "2021-01-01": "ended"},
         "B": {"2020-12-31": "definite against AD", "2021-01-01": "ended"},
         "C": {"2020-12-31": "definite"}, "D": {"2020-12-31": "definite against B"},
         "E": {"2020-12-31": "definite"}},
    ),
    (
        "two amounts of what happened on one day; on another, or on one not known, it is another",
        [bought("3 ships", "2021-03-01"), bought("5 ships", "2021-03-01", "late"),
         bought("7 ships", "2021-03-02"), bought("8 ships", "2021")],
        {"A": {"2022-01-01": "definite against B"}, "B": {"2022-01-01": "definite against A"},
         "C": {"2022-01-01": "definite"}, "D": {"2022-01-01": "definite"}},
    ),
    (
        "who is appointed with somebody is appointed all the same",
        [office(since="", sources=["jun"]),
         event("office-assumed", "2021-03-01", holder="p1", post="pm", **{"with": "p2"}, sources=["jun"])],
        {"A": {"2021-02-28": "not-yet", "2021-03-01": "definite", "2022-01-01": "presumed"},
         "B": {"2022-01-01": "definite"}},
    ),
    (
        "a state that one event began and another ended lasts from the day of the one to that of the other",
        [office(since="2021", until="", sources=["late"]),
         event("office-assumed", "2021-03-01", holder="p1", post="pm", sources=["jun"]),
         event("office-left", "2022-05-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-02-28": "not-yet", "2021-03-01": "definite", "2022-05-02": "ended"},
         "B": {"2021-03-01": "definite"}, "C": {"2022-05-01": "definite"}},
    ),
    (
        "who denies one of several reports of what began a state contests the state",
        [event("SANCTION", "2021-03-01", actor="JPN", recipient="UKR", sources=["jun"]),
         event("SANCTION", "2021-03", actor="JPN", recipient="UKR", sources=["late"]),
         event("SANCTION", "2020", polarity="denied", actor="JPN", recipient="UKR", sources=["late"]),
         Identify(claims=[A + 1, A + 2], verdict="same", reason="r")],
        {"A": {"2021-10-01": "definite"}, "B": {"2021-10-01": "definite against C"},
         "C": {"2021-10-01": "definite against B"},
         "a": {"2021-02-28": "not-yet", "2021-10-01": "presumed against C"}},
    ),
    (
        "several reports of one announcement begin one state",
        [event("SANCTION", "2021-03-01", actor="JPN", recipient="UKR", sources=["jun"]),
         event("SANCTION", "2021-03", actor="JPN", recipient="UKR", sources=["late"]),
         event("SANCTION", "2021-09-01", actor="JPN", recipient="UKR", sources=["late"])],
        {"A": {"2021-10-01": "definite"}, "B": {"2021-10-01": "definite"}, "C": {"2021-10-01": "definite"},
         "a": {"2021-10-01": "presumed"}, "c": {"2021-10-01": "presumed"}},
    ),
    (
        "to expel begins no sanctions",
        [event("SANCTION", "2021-03-01", mode="expel", actor="JPN", recipient="UKR", sources=["jun"])],
        {"A": {"2021-10-01": "definite"}},
    ),
    (
        "a denied state ends when the opposite begins",
        [level(since="2019", polarity="denied", sources=["jun"]), level(since="2022-03-06", sources=["late"])],
        {"A": {"2021-06-01": "definite", "2022-03-05": "presumed", "2022-03-06": "ended"},
         "B": {"2021-06-01": "not-yet", "2022-03-05": "not-yet", "2022-03-06": "definite"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("records", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_claims_about_one_thing_stand_by_rule(records: list[Record], expected: Expected) -> None:
    """Each row is a rule: the claims A, B, C, and what stands of them on which days."""
    days = tuple(dict.fromkeys(day for by_day in expected.values() for day in by_day))
    found = told(*records, on=days)
    asked = {name: {day: found[name][day] for day in expected[name]} for name in expected}
    assert asked == expected
    assert found.keys() == expected.keys()


def test_a_close_vouches_for_the_end_that_it_gives() -> None:
    """An end that a later source tells of as past is none that the first one foresees."""
    closed = Close(target=A, until="2022-03-01", citations=cited("late"))
    found = ledger(*SOURCES, office(since="2021-03-01", sources=["jun"]), closed)
    statuses = [str(standings(found, day)[A, False].status) for day in ("2022-03-01", "2022-03-02")]
    assert statuses == ["definite", "ended"]


@pytest.mark.parametrize("wide", ["type", "source"])
def test_an_approximate_date_is_a_window_where_somebody_says_how_wide(
    wide: str, tmp_path: Path
) -> None:
    """Its type, or else its source, says by how much it may be off: then it is as sure as any other."""
    kind = Type(id="built", shape="event", approximate="10 years" if wide == "type" else None)
    told_by = attrs.evolve(
        source("s", "2014"), approximate="10 years" if wide == "source" else None
    )
    with Ledger.create(str(tmp_path / "l.db"), origin="x") as kept:
        who = [Actor(id="JPN", category="country", names=["J"])]
        kept.append(*who, kind, told_by, event("built", "1630~", actor="JPN", sources=["s"]))
        kept.settle()
        days = ("1619-12-31", "1620-01-01", "1640-12-30", "1640-12-31")
        statuses = [[str(s.status) for s in kept.as_of(day).standings] for day in days]
    assert statuses == [[], ["possible"], ["possible"], ["definite"]]


def test_a_standing_keeps_what_differs_on_whatever_day() -> None:
    """On a day on which both are right it is still told that they are not all right."""
    found = ledger(*SOURCES, born("1906-12-30"), born("1906-12-20", "late"), born("1906"))
    by_entry = {s.number: (s.differs, s.also) for s in found.as_of("2000").standings}
    assert by_entry in (
        {A: ((A + 1,), (A + 2,)), A + 1: ((A,), ())},
        {A: ((A + 1,), ()), A + 1: ((A,), (A + 2,))},
    )


def test_what_a_person_calls_the_same_differs_though_it_is_never_sure() -> None:
    """Claims that are only possible contradict one another on no day, and differ all the same."""
    idea = [visit(day, modality="hypothetical") for day in ("2021-03-01", "2021-05-01")]
    found = ledger(*SOURCES, *idea, Identify(claims=[A, A + 1], verdict="same", reason="r"))
    standing = found.as_of("2022").standings[0]
    assert (standing.contested_by, standing.differs) == ((), (A + 1,))


def test_what_is_so_stands_for_what_may_be_so_where_a_person_calls_them_the_same() -> None:
    """However narrow the date of the idea is, the words are those of whoever tells a fact."""
    idea, fact = visit("2021-05-04", modality="hypothetical"), visit("2021-05", "late")
    found = ledger(*SOURCES, idea, fact, Identify(claims=[A, A + 1], verdict="same", reason="r"))
    (standing,) = found.as_of("2021-06-01").every
    assert (standing.number, standing.also, standing.claim) == (A + 1, (A,), fact)


@pytest.mark.parametrize("kind", ["born", "office", "denied"])
def test_of_very_many_that_contradict_one_the_first_are_named(kind: str) -> None:
    """More than so many are not told apart: from the first day on, up to the last of them."""
    days = [f"2000-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 29)]
    many: list[Claim] = []
    if kind == "born":
        many = [born(day) for day in days]
    elif kind == "office":
        many = [office(since=day, until="2001-01-01", sources=["jun"]) for day in days]
    else:
        many = [
            visit("2000-01-01"),
            *(visit(f"[2000-01-01..{d}]", polarity="denied") for d in days),
        ]
    found = ledger(*SOURCES, *many)
    for number in (A, A + 1):
        (standing,) = found.as_of("2000-03-01").why(number)
        assert standing.contested_by
        assert len(standing.contested_by) <= MOST_CONTESTS
    last = found.as_of("2002").every
    assert len(last[0].differs) == MOST_CONTESTS


# --- as the index answers


def test_an_index_answers_of_what_is_denied_later_as_the_lines_do(tmp_path: Path) -> None:
    """Who denies an event bears on it whenever it comes, under whatever name the actors have."""
    other = [event("CONSULT", "2021-05-05", actor="nippon", recipient="UKR", sources=["jun"])]
    records: list[Record] = [
        visit("2021-05-04"),
        visit("2021-05-05", "late", polarity="denied"),
        visit("2021-05-05", "late"),
        *other,
        Identify(actors=["JPN", "nippon"], verdict="same", reason="r"),
        event("CONSULT", "2021-05-05", actor="nippon", recipient="UKR", sources=["late"]),
        visit("2021-05-04", "late", polarity="denied"),
    ]
    lines = ledger(*SOURCES)
    with Ledger.create(str(tmp_path / "l.db"), origin="x") as kept:
        for number in range(2, len(lines) + 1):
            record = lines.entry(number).record
            assert record is not None
            kept.append(record)
        for record in records:
            lines.append(record)
            kept.append(record)
            kept.settle()
            for sides in ((), ("JPN", "UKR")):
                mine, theirs = (
                    [
                        (s.number, s.status, s.contested_by)
                        for s in one.as_of("2022").about(*sides).standings
                    ]
                    for one in (kept, lines)
                )
                assert mine == theirs


# --- growth


def many_births(count: int) -> list[Claim]:
    """Return sources that each name another day of one birth."""
    return [born(f"{1000 + i}-01-01") for i in range(count)]


def many_denials(count: int) -> list[Claim]:
    """Return a visit on each of many days, and a denial of each."""
    days = [f"{1000 + i}-01-01" for i in range(count // 2)]
    return [visit(day, polarity=p) for day in days for p in ("asserted", "denied")]


def many_starts(count: int) -> list[Claim]:
    """Return sources that each name another first day of one office."""
    return [office(since=f"{1000 + i}-01-01", sources=["jun"]) for i in range(count)]


def many_vague(count: int) -> list[Claim]:
    """Return sources that each name another holder, of whom neither start nor end is sure."""
    return [
        office(("p1", "p2", "p3")[i % 3], since=f"[{1000 + i}..2000]", until="", sources=["jun"])
        for i in range(count)
    ]


@pytest.mark.parametrize("claims", [many_births, many_denials, many_starts, many_vague])
def test_twice_the_claims_about_one_thing_are_little_more_than_twice_the_work(claims: Any) -> None:
    """However many sources tell of one thing, each meets few of the others."""

    def work(count: int) -> Work:
        made = ledger(*SOURCES, *claims(count))
        return lambda: [c.standing.contested_by for c in made.changes()]

    assert_grows_evenly(work, 100, most=2.5)
