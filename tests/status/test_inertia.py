"""What claims do to one another: be the same, begin, end, displace and contradict."""

from __future__ import annotations

from typing import Any, TypeAlias

import pytest

from factledger.records.amendments import Identify
from factledger.records.claims import State
from factledger.records.record import Record
from factledger.status.spans import Status
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, office, people, source, standings

Expected: TypeAlias = dict[str, dict[str, str]]

# Sources by the first letter of the month in which they were published, in 2021 and 2022.
SOURCES = [
    source("jan", published="2021-01-01"),
    source("jun", published="2021-06-01"),
    source("late", published="2022-06-01"),
    source("any", published="2022"),
]
A, B, C = S + 4, S + 5, S + 6  # the entries after them


def told(*records: Record, on: tuple[str, ...], **cuts: Any) -> Expected:
    """Return the statuses on days, by entry: A, B, C, `a` for what was derived from A."""
    found: Expected = {}
    of = ledger(*SOURCES, *records)
    for day in on:
        for (number, derived), standing in standings(of, day, **cuts).items():
            name = "ABCDEF"[number - A]
            rivals = "".join("ABCDEF"[n - A] for n in standing.contested_by)
            assert (standing.status is Status.CONTESTED) is bool(rivals)
            told_as = f"{standing.alone}{' against ' + rivals if rivals else ''}"
            found.setdefault(name.lower() if derived else name, {})[day] = told_as
    return found


def same(*claims: int, verdict: str = "same") -> Identify:
    """Return that two claims are the same, or not."""
    return Identify(claims=claims, verdict=verdict, reason="r")


def stance(value: str | None = None, since: str = "2021-03-01", **fields: Any) -> State:
    """Return a state of a type that has a key and takes many values."""
    who = people(holder="p1", topic="UKR")
    return State(
        type="stance", value=value, since=since, until="..", participants=who,
        citations=cited("late"), **fields,
    )  # fmt: skip


ROWS: list[tuple[str, list[Record], Expected]] = [
    # --- the same
    (
        "I1 two that are the same are one, in the narrowest of both windows",
        [level(since="2021", sources=["late"]), level(since="2021-03-01", sources=["jun"]), same(A, B)],
        {"B": {"2021-02-28": "not-yet", "2021-03-01": "definite", "2022-06-01": "definite",
               "2022-06-02": "presumed"}},
    ),
    (
        "I1 two that are the same but cannot be contest one another, and stay themselves",
        [level(until="2021-06-01", sources=["late"]), level("ally", since="2021-09-01", sources=["late"]),
         same(A, B)],
        {"A": {"2021-03-01": "definite against B", "2021-06-02": "ended"},
         "B": {"2021-06-02": "not-yet", "2021-09-01": "definite against A"}},
    ),
    (
        "I1 an assertion and a denial are never one",
        [level(sources=["jun"]), level(polarity="denied", sources=["jun"]), same(A, B)],
        {"A": {"2021-03-01": "definite against B"}, "B": {"2021-03-01": "definite against A"}},
    ),
    (
        "I1 what is only said to be perhaps the same stays apart",
        [stance(), stance(since="2021"), same(A, B, verdict="unsure")],
        {"A": {"2021-03-01": "definite"}, "B": {"2021-03-01": "possible"}},
    ),
    (
        "I1 what is told as a fact speaks for what was planned",
        [level(modality="planned", sources=["jun"]), level(since="2021", sources=["jun"]), same(A, B)],
        {"B": {"2020-12-31": "not-yet", "2021-01-01": "possible", "2021-12-31": "presumed"}},
    ),
    # --- begin
    (
        "B1 an event begins a state: attested on its day, presumed after it",
        [event("office-assumed", "2021-03", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-03-01": "possible", "2021-03-31": "definite", "2021-04-01": "definite"},
         "a": {"2021-02-28": "not-yet", "2021-03-01": "possible", "2021-03-30": "possible",
               "2021-03-31": "presumed"}},
    ),
    (
        "B1 a plan or a denial begins nothing",
        [event("office-assumed", "2022-09", holder="p1", post="pm", sources=["late"], modality="planned"),
         event("office-assumed", "2021-03-01", holder="p1", post="pm", sources=["jun"], polarity="denied")],
        {"A": {"2022-09-30": "possible"}, "B": {"2022-09-30": "definite"}},
    ),
    (
        "B1 an event begins the state of the place where it happened, where the state is of a place",
        [event("outbreak", "2021-03-01", location="kyiv", sources=["jun"]),
         event("relief", "2021-09-01", location="kyiv", sources=["late"])],
        {"A": {"2021-03-02": "definite", "2021-09-02": "definite"},
         "a": {"2021-03-02": "definite", "2021-09-02": "ended"},
         "B": {"2021-03-02": "not-yet", "2021-09-02": "definite"}},
    ),
    (
        "B2 a stated state that the event explains is shown in place of the derived one",
        [office(since="2021", sources=["jun"]),
         event("office-assumed", "2021-03-01", holder="p1", post="pm", sources=["jun"])],
        {"A": {"2021-02-28": "not-yet", "2021-03-01": "definite"},
         "B": {"2021-02-28": "not-yet", "2021-03-01": "definite"}},
    ),
    (
        "B2 a state that began on another day is explained by no event",
        [office(since="2021-05-01", sources=["jun"]),
         event("office-assumed", "2021-03-01", holder="p1", post="pm", sources=["jun"])],
        {"A": {"2021-05-01": "definite"}, "B": {"2021-05-01": "definite"},
         "b": {"2021-05-01": "presumed"}},
    ),
    (
        "B2 a denied state is explained by nothing",
        [office(since="2021-03-01", sources=["jun"], polarity="denied"),
         event("office-assumed", "2021-03-01", holder="p1", post="pm", sources=["jun"])],
        {"A": {"2021-03-01": "definite against B", "2021-03-02": "definite"},
         "B": {"2021-03-02": "definite"},
         "b": {"2021-03-01": "definite against A", "2021-03-02": "ended"}},
    ),
    # --- end
    (
        "B3 an event ends a state that has no end of its own",
        [office(sources=["jun"]),
         event("office-left", "2021-09", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-06-01": "definite", "2021-08-31": "definite", "2021-09-01": "definite",
               "2021-09-02": "possible", "2021-09-30": "possible", "2021-10-01": "ended"},
         "B": {"2021-06-01": "not-yet", "2021-08-31": "not-yet", "2021-09-01": "possible",
               "2021-09-02": "possible", "2021-09-30": "definite", "2021-10-01": "definite"}},
    ),
    (
        "B3 of several events the first one ends it",
        [office(sources=["jun"]),
         event("office-left", "2022-01-01", holder="p1", post="pm", sources=["late"]),
         event("office-left", "2021-09-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-09-02": "ended"}, "B": {"2021-09-02": "not-yet"}, "C": {"2021-09-02": "definite"}},
    ),
    (
        "B3 of several events the one that is sure first ends it, if another did not before",
        [office(since="2021-01-01", sources=["jan"]),
         event("office-left", "2021-03", holder="p1", post="pm", sources=["late"]),
         event("office-left", "2021-03-05", holder="p1", post="pm", sources=["late"]),
         event("office-left", "2021-09-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-03-01": "definite", "2021-03-05": "possible", "2021-03-06": "ended"},
         "B": {"2021-03-05": "possible"},
         "C": {"2021-03-05": "definite"}, "D": {"2021-03-05": "not-yet"}},
    ),
    (
        "B3 of events with windows that meet, the one that is over first ends it",
        [office(sources=["jun"]),
         event("office-left", "2021-09", holder="p1", post="pm", sources=["late"]),
         event("office-left", "[2021-09-15..2021-12-01]", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-09-01": "definite", "2021-09-30": "possible", "2021-10-01": "ended"},
         "B": {"2021-10-01": "definite"}, "C": {"2021-10-01": "possible"}},
    ),
    (
        "B3 an event that names another holder ends nothing",
        [office(sources=["jun"]),
         event("office-left", "2021-09-01", holder="p2", post="pm", sources=["late"])],
        {"A": {"2021-09-02": "presumed"}, "B": {"2021-09-02": "definite"}},
    ),
    (
        "B3 an event that names another post ends nothing",
        [office(sources=["jun"]),
         event("office-left", "2021-09-01", holder="p1", post="premier", sources=["late"])],
        {"A": {"2021-09-02": "presumed"}, "B": {"2021-09-02": "definite"}},
    ),
    (
        "B3 a value is compared without regard to case, and where the event gives none it fits all",
        [State(type="agreement-in-force", value="Visas", since="2021-03-01", until="..",
               participants=people(party="JPN UKR"), citations=cited("jun")),
         event("agreement-terminated", "2021-09-01", party="UKR JPN", value="VISAS", sources=["late"]),
         event("agreement-terminated", "2021-08-01", party="UKR JPN", value="trade", sources=["late"])],
        {"A": {"2021-09-01": "definite", "2021-09-02": "ended"},
         "B": {"2021-09-01": "definite", "2021-09-02": "definite"},
         "C": {"2021-09-01": "definite", "2021-09-02": "definite"}},
    ),
    (
        "B3 an event before an end that is told contests what is left of the state",
        [office(until="2021-12-01", sources=["late"]),
         event("office-left", "2021-09-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-09-01": "definite", "2021-09-02": "definite against B",
               "2021-12-01": "definite against B", "2021-12-02": "ended"},
         "B": {"2021-09-01": "definite", "2021-09-02": "definite against A",
               "2021-12-01": "definite against A", "2021-12-02": "definite"}},
    ),
    (
        "B3 an event after an end that is told ended something else",
        [office(until="2021-09-01", sources=["late"]),
         event("office-left", "2021-12-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-09-01": "definite", "2021-09-02": "ended", "2021-12-02": "ended"},
         "B": {"2021-11-30": "not-yet", "2021-12-01": "definite"}},
    ),
    (
        "B3 an event settles on which day of a vague end it was",
        [office(until="2021", sources=["late"]),
         event("office-left", "2021-09-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-03-02": "definite", "2021-09-01": "definite", "2021-09-02": "ended",
               "2021-12-31": "ended"},
         "B": {"2021-09-01": "definite"}},
    ),
    (
        "B3 an event that can have come after a vague end does not settle it",
        [office(until="2021-09", sources=["late"]),
         event("office-left", "[2021-09-10..2021-10-10]", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-09-01": "definite", "2021-09-09": "possible", "2021-09-30": "possible",
               "2021-10-01": "ended"},
         "B": {"2021-09-10": "possible", "2021-10-10": "definite"}},
    ),
    (
        "B3 of a vague end that may have been another's, an event says only that it was by then",
        [office(until="2021", sources=["late"]),
         office(holder="p2", since="2021-06-01", until="2021-06-30", sources=["late"]),
         event("office-left", "2021-09-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-03-01": "definite", "2021-03-02": "possible", "2021-06-01": "ended"},
         "B": {"2021-06-01": "definite", "2021-07-01": "ended"},
         "C": {"2021-09-01": "definite"}},
    ),
    (
        "B3 a state that a source attests beyond the event contests it from then on",
        [office(sources=["late"]),
         event("office-left", "2021-09-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-09-01": "definite", "2021-09-02": "definite against B",
               "2022-06-02": "presumed against B"},
         "B": {"2021-09-01": "definite", "2021-09-02": "definite against A"}},
    ),
    (
        "B3 an event that only perhaps came after the start ends it perhaps",
        [office(since="2021-03", sources=["jun"]),
         event("office-left", "2021", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-06-01": "definite", "2021-06-02": "possible", "2022-01-01": "possible"},
         "B": {"2021-06-01": "possible", "2021-06-02": "possible", "2022-01-01": "definite"}},
    ),
    (
        "B3 an event before the start ends nothing",
        [office(since="2021-03-01", sources=["jun"]),
         event("office-left", "2021-02-01", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-06-02": "presumed"}, "B": {"2021-06-02": "definite"}},
    ),
    # --- displace
    (
        "D1 a later start under a single-valued key ends the state before it",
        [office("p1", since="2021-03-01", sources=["jun"]),
         office("p2", since="2021-09", sources=["late"])],
        {"A": {"2021-08-31": "presumed", "2021-09-01": "possible", "2021-09-29": "possible",
               "2021-09-30": "ended"},
         "B": {"2021-08-31": "not-yet", "2021-09-01": "possible", "2021-09-29": "possible",
               "2021-09-30": "definite"}},
    ),
    (
        "D1 what a source attests is never cut",
        [office("p1", since="2021-03-01", sources=["late"]),
         office("p2", since="2021-09-01", sources=["late"])],
        {"A": {"2021-09-01": "definite against B", "2022-06-01": "definite against B",
               "2022-06-02": "ended"},
         "B": {"2021-09-01": "definite against A", "2022-06-01": "definite against A",
               "2022-06-02": "presumed"}},
    ),
    (
        "D1 the same value never displaces itself, in whatever case",
        [level("partner", since="2021-03-01", sources=["jun"]),
         level("Partner", since="2021-09-01", sources=["late"])],
        {"A": {"2021-09-02": "presumed"}, "B": {"2021-09-02": "definite"}},
    ),
    (
        "D1 states under other keys leave one another alone",
        [office("p1", since="2021-03-01", sources=["jun"]),
         office("p2", since="2021-09-01", post="premier", sources=["late"])],
        {"A": {"2021-09-02": "presumed"}, "B": {"2021-09-02": "definite"}},
    ),
    (
        "D1 a type that is not single-valued holds many values at once",
        [stance("for"), stance("against")],
        {"A": {"2022-07-01": "presumed"}, "B": {"2022-07-01": "presumed"}},
    ),
    (
        "D1 of two starts that may have come in either order, who surely stood earlier came first",
        [office("p1", since="2021-03", sources=["jun"]),
         office("p2", since="2021", sources=["late"])],
        {"A": {"2021-06-01": "definite", "2021-06-02": "possible", "2022-06-02": "ended"},
         "B": {"2021-06-01": "not-yet", "2021-06-02": "possible", "2022-06-02": "presumed"}},
    ),
    (
        "D1 a state of unknown start that is attested later ends what was attested before",
        [office("p1", since="2021-03-01", sources=["jun"]), office("p2", since="", sources=["late"])],
        {"A": {"2021-06-01": "definite", "2021-06-02": "possible", "2022-05-31": "possible",
               "2022-06-01": "ended"},
         "B": {"2021-06-01": "not-yet", "2021-06-02": "possible", "2022-05-31": "possible",
               "2022-06-01": "definite", "2022-06-02": "presumed"}},
    ),
    (
        "D1 a state of unknown start and end has no place in time, and displaces nothing",
        [office("p1", since="2021-03-01", sources=["jun"]),
         office("p2", since="", until="", sources=["late"])],
        {"A": {"2021-06-02": "presumed", "2022-06-02": "presumed"},
         "B": {"2021-06-02": "possible", "2022-06-02": "possible"}},
    ),
    (
        "D1 a plan displaces nothing",
        [office("p1", since="2021-03-01", sources=["jun"]),
         office("p2", since="2022-09-01", modality="planned", sources=["late"])],
        {"A": {"2022-09-02": "presumed"}, "B": {"2022-09-02": "possible"}},
    ),
    # --- contradict
    (
        "D1 what is told to be over of another stretch of the same value ends nothing",
        [event("office-assumed", "2021-03-04", holder="p1", post="pm", sources=["late"]),
         event("office-assumed", "[..2021-03-05]", holder="p2", post="pm", sources=["late"]),
         office("p2", since="2021-03-07", until="2021-03-09", sources=["late"])],
        {"A": {"2021-03-04": "definite"}, "B": {"2021-03-05": "definite"},
         "a": {"2021-03-04": "definite", "2021-03-05": "possible", "2021-03-07": "ended"},
         "b": {"2021-03-03": "possible", "2021-03-04": "not-yet", "2021-03-05": "possible",
               "2021-03-10": "possible"},
         "C": {"2021-03-06": "not-yet", "2021-03-07": "definite", "2021-03-10": "ended"}},
    ),
    (
        "D2 who is contested on some days leaves to others what they need before these",
        [office("p1", since="", until="[2021-03-02..2021-03-05]", sources=["jun"]),
         office("p2", since="2021-03-06", sources=["jun"]),
         office("p3", since="", until="[2021-03-07..2021-06-10]", sources=["jun"])],
        {"A": {"2021-03-01": "possible", "2021-03-05": "possible", "2021-03-06": "ended"},
         "B": {"2021-03-06": "definite against C", "2021-06-01": "definite against C"},
         "C": {"2021-03-02": "not-yet", "2021-03-03": "possible", "2021-03-06": "possible against B"}},
    ),
    (
        "D2 who is contested on some days leaves to others what they need after these",
        [office("p1", since="2021-03-02", until="[2021-03-05..2021-03-11]", sources=["late"]),
         office("p2", since="", until="2021-03-03", sources=["late"]),
         event("office-assumed", "[2021-03-09..2021-03-11]", holder="p2", post="pm", sources=["late"])],
        {"A": {"2021-03-03": "definite against B", "2021-03-10": "possible", "2021-03-11": "ended"},
         "B": {"2021-03-02": "not-yet", "2021-03-03": "definite against A"},
         "C": {"2021-03-10": "possible", "2021-03-11": "definite"},
         "c": {"2021-03-10": "possible", "2021-03-11": "presumed"}},
    ),
    (
        "D2 of claims that are one, some told to be the same as another and some not: they are about one thing",
        [office(since="[2021-03-01..2021-03-03]", until="", sources=["late"]),
         office(since="2021-03-02", until="2021-09-01", sources=["late"]),
         office(since="2021-03-03", sources=["late"]),
         same(C, B), same(B, A, verdict="different")],
        {"B": {"2021-03-02": "definite against C", "2021-03-03": "definite"},
         "C": {"2021-03-02": "not-yet against B", "2021-03-03": "definite"}},
    ),
    (
        "B3 what perhaps took the place before an event is settled by all that stood on these days",
        [office("p1", since="2021-05-20", sources=["jun"]),
         event("office-left", "2021-06-01", holder="p1", post="pm", sources=["jun"]),
         event("office-assumed", "2021-05-25", holder="p1", post="pm", sources=["jun"]),
         event("office-assumed", "2021-05-22~", holder="p2", post="pm", sources=["jun"])],
        {"A": {"2021-05-21": "definite against C", "2021-05-25": "definite", "2021-06-02": "ended"},
         "B": {"2021-06-01": "definite"}, "C": {"2021-05-25": "definite"},
         "c": {"2021-05-24": "not-yet against A", "2021-05-26": "definite", "2021-06-01": "definite",
               "2021-06-02": "ended"},
         "D": {"2021-06-01": "definite"}, "d": {"2021-05-22": "possible", "2021-05-25": "ended"}},
    ),
    (
        "D1 who perhaps left on the last day for which another is vouched does not surely take its place",
        [office("p1", since="", sources=["jun"]),
         event("office-assumed", "2021-06-01", holder="p2", post="pm", sources=["late"]),
         event("office-left", "[2021-05-20..2021-06-01]", holder="p2", post="pm", sources=["late"])],
        {"A": {"2021-06-01": "definite", "2021-06-02": "possible"}, "B": {"2021-06-01": "definite"},
         "b": {"2021-06-01": "definite", "2021-06-02": "possible"}, "C": {"2021-06-01": "definite"}},
    ),
    (
        "D2 who is contested on a day on which another can begin perhaps lasts beyond it",
        [office("p1", since="2021-05-30", until="[2021-06-01..2021-06-02]", sources=["late"]),
         office("p2", since="2021-05-20", sources=["jun"]),
         event("office-assumed", "[2021-06-01..2021-06-02]", holder="p3", post="pm", sources=["late"])],
        {"A": {"2021-06-01": "definite against B", "2021-06-03": "ended"},
         "B": {"2021-06-01": "definite against A"}, "C": {"2021-06-02": "definite"},
         "c": {"2021-06-01": "possible", "2021-06-02": "possible", "2021-06-03": "possible"}},
    ),
    (
        "D1 what another telling of it ends is surely over only if it had surely begun by then",
        [office(since="[2022-01-01..2022-03-01]", sources=["any"]),
         office(since="2021-03-01", until="2022-01-01", sources=["any"]), same(A, B)],
        {"A": {"2021-12-31": "not-yet against B", "2022-01-01": "possible", "2022-01-02": "possible"},
         "B": {"2021-12-31": "definite against A", "2022-01-01": "definite", "2022-01-02": "ended"}},
    ),
    (
        "B3 an event tells of no holding up to it where another is vouched for before it",
        [event("office-assumed", "[2021-03-03..2021-03-04]", holder="p1", post="pm", sources=["jun"]),
         event("office-left", "2021-03-04", holder="p1", post="pm", sources=["jun"]),
         office("p2", since="2021-03-03", sources=["jun"])],
        {"A": {"2021-03-04": "definite"}, "B": {"2021-03-04": "definite"},
         "a": {"2021-03-03": "possible against C", "2021-03-04": "possible against C",
               "2021-03-05": "ended"},
         "C": {"2021-03-03": "definite against A", "2021-03-04": "definite against A",
               "2021-03-05": "definite"}},
    ),
    (
        "B3 an event tells of no holding up to it where another that is vouched for as long perhaps began later",
        [office("p1", since="2021-05-01", sources=["jun"]),
         office("p2", since="", until="2022-03-01", sources=["jun"]),
         event("office-left", "2021-06-05", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-05-31": "definite", "2021-06-01": "definite against B", "2021-06-02": "ended"},
         "B": {"2021-05-31": "not-yet", "2021-06-01": "definite against A", "2021-06-02": "presumed",
               "2022-03-02": "ended"},
         "C": {"2021-06-05": "definite"}},
    ),
    (
        "B3 whom nobody can place in time is no rival, whatever days others leave to it",
        [office("p1", since="..", sources=["jan"]),
         event("office-assumed", "2021-06-07", holder="p2", post="pm", sources=["late"]),
         office("p3", since="", until="[..2021-06-05]", sources=["late"]),
         event("office-left", "[2021-06-04..2021-06-07]", holder="p1", post="pm", sources=["late"])],
        {"A": {"2021-01-01": "definite", "2021-01-02": "presumed", "2021-06-04": "presumed",
               "2021-06-05": "possible", "2021-06-07": "ended"},
         "B": {"2021-06-07": "definite"}, "b": {"2021-06-07": "definite"},
         "C": {"2021-06-05": "possible", "2021-06-06": "ended"}, "D": {"2021-06-07": "definite"}},
    ),
    (
        "D2 two values that sources attest for the same days contest one another while both stand",
        [office("p1", since="2021-03-01", until="2021-09-01", sources=["late"]),
         office("p2", since="2021-06-01", until="2021-12-01", sources=["late"])],
        {"A": {"2021-05-31": "definite", "2021-06-01": "definite against B",
               "2021-09-01": "definite against B", "2021-09-02": "ended"},
         "B": {"2021-05-31": "not-yet", "2021-06-01": "definite against A",
               "2021-09-01": "definite against A", "2021-09-02": "definite"}},
    ),
    (
        "D1, D2 the day of taking over is of both, and no contradiction",
        [office("p1", since="2021-03-01", until="2021-06-01", sources=["late"]),
         office("p2", since="2021-06-01", sources=["late"])],
        {"A": {"2021-05-31": "definite", "2021-06-01": "definite", "2021-06-02": "ended"},
         "B": {"2021-05-31": "not-yet", "2021-06-01": "definite"}},
    ),
    (
        "D2 a day is long enough for two terms of one day",
        [office("p1", since="2021-06-01", until="2021-06-01", sources=["late"]),
         office("p2", since="2021-06-01", until="2021-06-01", sources=["late"])],
        {"A": {"2021-06-01": "definite"}, "B": {"2021-06-01": "definite"}},
    ),
    (
        "D2 a state and its denial contest one another, of whatever type with a key",
        [stance("for"), stance("FOR", polarity="denied")],
        {"A": {"2021-03-01": "definite against B"}, "B": {"2021-03-01": "definite against A"}},
    ),
    (
        "D2 the denial of another value contests nothing",
        [stance("for"), stance("against", polarity="denied")],
        {"A": {"2021-03-01": "definite"}, "B": {"2021-03-01": "definite"}},
    ),
    (
        "D2 a denial in a hypothesis contests nothing",
        [stance("for"), stance("for", polarity="denied", modality="hypothetical")],
        {"A": {"2021-03-01": "definite"}, "B": {"2021-03-01": "definite"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("records", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_claims_bear_on_one_another_by_rule(records: list[Record], expected: Expected) -> None:
    """Each row is a rule: the claims A, B, C, and what stands of them on which days."""
    days = tuple(dict.fromkeys(day for by_day in expected.values() for day in by_day))
    found = told(*records, on=days)
    asked = {name: {day: found[name][day] for day in expected[name]} for name in expected}
    assert asked == expected
    assert found.keys() == expected.keys()


def test_a_state_names_the_event_that_began_it() -> None:
    """B1, B2: a derived state comes from the event of its own entry, a stated one from another."""
    assumed = event("office-assumed", "2021-03-01", holder="p1", post="pm", sources=["jun"])
    found = standings(ledger(*SOURCES, assumed), "2021-04-01")
    assert (found[A, True].because, found[A, True].derived) == (A, True)
    found = standings(ledger(*SOURCES, assumed, office(sources=["jun"])), "2021-04-01")
    assert (found[B, False].because, found[B, False].derived) == (A, False)


def test_of_two_events_the_one_with_the_narrower_window_explains_a_state() -> None:
    """B2: the narrowest window names the beginning; events of one day begin one state."""
    found = ledger(
        *SOURCES,
        event("office-assumed", "2021-03", holder="p1", post="pm", sources=["jun"]),
        event("office-assumed", "2021-03-05", holder="p1", post="pm", sources=["jun"]),
        office(since="2021", sources=["jun"]),
    )
    states = {k: s.because for k, s in standings(found, "2021-04-01").items() if s.because}
    assert states == {(C, False): B}


def test_actors_that_are_the_same_share_a_key() -> None:
    """I2: a state under one name of a post is displaced by a state under another."""
    later = office("p2", since="2021-09-01", post="premier", sources=["late"])
    one_post = Identify(actors=["pm", "premier"], verdict="same", reason="r")
    found = ledger(*SOURCES, office("p1", sources=["jun"]), later, one_post)
    assert str(standings(found, "2021-09-02")[A, False].status) == "ended"
    one_man = Identify(actors=["p1", "p2"], verdict="same", reason="r")
    found.append(one_man)
    assert str(standings(found, "2021-09-02")[A, False].status) == "presumed"


def test_a_rival_that_is_possibly_not_yet_published_ends_nothing_for_sure() -> None:
    """D1: a state gives way for sure only to one whose source was surely published."""
    found = ledger(
        *SOURCES, office("p1", sources=["jun"]), office("p2", since="2021-09-01", sources=["any"])
    )
    days = ("2021-08-31", "2021-09-01")
    before = [str(standings(found, d, published="2022-03-01")[A, False].status) for d in days]
    after = [str(standings(found, d, published="2022-12-31")[A, False].status) for d in days]
    assert (before, after) == (["presumed", "possible"], ["presumed", "ended"])


def test_an_event_that_is_contested_passes_this_on_to_the_state_that_it_begins() -> None:
    """I1: what follows from a contested event is contested by the same entries."""
    found = ledger(
        *SOURCES,
        event("office-assumed", "2021-03-05", holder="p1", post="pm", sources=["jun"]),
        event("office-assumed", "2021-05-05", holder="p1", post="pm", sources=["jun"]),
        same(A, B),
    )
    assert standings(found, "2021-04-01")[A, True].contested_by == (B,)


def test_claims_that_are_the_same_are_one_through_a_third() -> None:
    """I1: sameness is transitive, supports are united, and the narrowest words speak."""
    found = ledger(
        *SOURCES,
        level(since="2021", sources=["any"]),
        level(since="2021-03", sources=["jun"]),
        level(since="2021-03-01", sources=["late"]),
        same(A, B),
        same(C, B),
    )
    (standing,) = standings(found, "2021-03-01").values()
    assert (standing.number, standing.also, standing.support) == (C, (A, B), 3)
    assert [s.number for s in standing.supports] == [A, B, C]


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        ("membership", {"holder": "JPN", "party": "UKR"}),
        ("diplomatic-relations", {"party": "JPN UKR"}),
        ("recognition", {"actor": "JPN", "recipient": "UKR"}),
        ("conflict-zone", {"location": "kyiv"}),
        ("residence", {"holder": "p1", "location": "kyiv"}),
    ],
)
def test_what_is_so_or_not_is_one_thing_whoever_tells_of_it(kind: str, who: dict[str, str]) -> None:
    """A source that knows the end ends it for one that told of it before, and contradicts a later one."""

    def so(since: str, until: str, by: str) -> State:
        return State(
            type=kind, since=since, until=until, participants=people(**who), citations=cited(by)
        )

    before, ended = so("2020", "..", "jan"), so("2020-05-01", "2021-03-01", "jun")
    still = so("2020", "..", "late")
    found = told(before, ended, on=("2020-06-01", "2021-03-01", "2021-03-02"))
    assert found == {
        "B": {"2020-06-01": "definite", "2021-03-01": "definite", "2021-03-02": "ended"}
    }
    found = told(ended, still, on=("2021-03-01", "2021-03-02", "2022-06-01"))
    assert found["B"]["2021-03-02"] == found["B"]["2022-06-01"] == "definite against A"
