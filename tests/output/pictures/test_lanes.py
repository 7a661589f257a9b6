"""Lanes: which stretches a claim has, what a picture shows of them, and the lines of characters."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
import pytest

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.output.pictures.axis import ticks
from factledger.output.pictures.lanes import Bar, Lane, Lanes, Stretch, bar_of, lanes_of
from factledger.output.pictures.lanes_text import (
    ASCII,
    LINES,
    axis_lines,
    cells,
    lane_lines,
    legend,
    marks_for,
)
from factledger.records.amendments import Dispute
from factledger.records.claims import Count, State, Tally
from factledger.records.record import Record
from factledger.status.spans import Status
from factledger.text import columns
from factledger.views.view import View
from ledgers import cited, event, ledger, level, office, people, source

YEARS = Lanes(Day.parse("2020-01-01"), Day.parse("2023-12-31"), ())


def view_of(*records: Record) -> View:
    """Return the view of a ledger that holds these records, its source published on 2022-06-01."""
    return ledger(source(), *records).as_of(FOREVER)


def bars_of(*records: Record) -> Sequence[Bar]:
    """Return the bars of the claims, in order."""
    bars = (bar_of(track) for track in view_of(*records).tracks)
    return [bar for bar in bars if bar is not None]


def count(lower: int, upper: int | None, since: str, until: str) -> Tally:
    """Return how many talks there were in a period."""
    return Tally(
        type="CONSULT", count=Count(lower=lower, upper=upper), since=since, until=until,
        participants=people(actor="JPN", recipient="UKR"), citations=cited(),
    )  # fmt: skip


def talks(when: str) -> Record:
    """Return a visit."""
    return event("CONSULT", when, actor="JPN", recipient="UKR")


@pytest.mark.parametrize(
    ("claim", "picture"),
    [
        (office(since="2021-01-01", until="2022-12-31"), "     ━━━━━━━━╌╌     "),
        (office(since="2021", until="2022"), "     ····━━····     "),
        (office(since="2021-01-01", until=".."), "     ━━━━━━━━╌╌╌╌╌╌▸"),
        (office(since="2021-01-01", until=""), "     ━·············▸"),
        (office(since="..", until="2021-12-31"), "◂━━━━━━━━━          "),
        (office(since="", until="2021-12-31"), "◂········━          "),
        (office(since="2019-01-01", until="2024-12-31"), "◂━━━━━━━━━━━━╌╌╌╌╌╌▸"),
        (talks("2021-07-15"), "       ●            "),
        (talks("2021"), "     ····●          "),
        (talks("[2021,2022]"), "     ·······●       "),
        (talks("[..2021-06-30]"), "◂······●            "),
        (count(2, None, "2021", "2022"), "     ·········●     "),
        (count(0, 0, "2021-01-01", "2022-01-01"), "     ━━━━━━━━━━━━━━▸"),
    ],
)  # fmt: skip
def test_status_is_read_from_the_characters(claim: Record, picture: str) -> None:
    """Definite is unbroken, presumed broken, possible dotted; an event is a point by which it was."""
    (bar,) = bars_of(claim)
    assert cells(bar, YEARS, 20) == picture
    plain = picture.translate(str.maketrans("━╌·●×◂▸", "=-.ox<>"))
    assert cells(bar, YEARS, 20, ASCII) == plain


def test_planned_event_never_reaches_its_point() -> None:
    """What was only planned stays possible, and goes on so."""
    (bar,) = bars_of(
        event("CONSULT", "2021-07-15", actor="JPN", recipient="UKR", modality="planned")
    )
    assert bar.point is None
    assert cells(bar, YEARS, 20) == "       ············▸"


def test_contest_is_marked_and_named() -> None:
    """Where two claims contradict one another, both bars bear a mark, and name the other entry."""
    one = level("partner", "2021-01-01", "2022-12-31")
    other = level("foe", "2022-01-01", "2022-12-31")
    lines = list(lane_lines(lanes_of(view_of(one, other)), 100))
    bars = bars_of(one, other)
    assert [bar.contested_by for bar in bars] == [(19,), (18,)]
    assert cells(bars[0], YEARS, 20) == "     ━━━━━×━━       "
    assert " ".join(" ".join(lines).split()).count("contested by #1") == 2


def test_contested_event_is_marked_on_its_day() -> None:
    """An event that a source disputes has the mark where its point would be."""
    (bar,) = bars_of(talks("2021-07-15"), Dispute(target=18, citations=cited()))
    assert cells(bar, YEARS, 20) == "       ×            "


def test_stretches_tell_the_status_of_every_day() -> None:
    """From stretch to stretch the status is that of a view on that day, and nowhere else is one."""
    held = ledger(source(), office(since="2021", until="2022"))
    (bar,) = (bar_of(track) for track in held.as_of(FOREVER).tracks)
    assert bar is not None
    for day in range(Day.parse("2020-12-01"), Day.parse("2023-02-01")):
        found = [s.status for s in bar.stretches if s.first <= day <= s.last]
        assert found == [s.status for s in held.as_of(Day(day)).standings]


def test_groups_come_in_the_order_of_the_vocabulary() -> None:
    """Each group with a bar in view has a lane; others have none."""
    lanes = lanes_of(view_of(talks("2021"), level(), office(since="2022-02")))
    assert [lane.group for lane in lanes.lanes] == ["relationship", "offices", "contacts"]
    early = lanes_of(
        view_of(talks("2021"), level(), office(since="2022-02")), last=Day.parse("2021-02-01")
    )
    assert [lane.group for lane in early.lanes] == ["contacts"]


@pytest.mark.parametrize(
    ("claims", "first", "last", "wanted"),
    [
        ((talks("2021-07-15"),), None, None, ("2021-01-01", "2021-12-31")),
        ((talks("2020-07"), talks("2022-01-02")), None, None, ("2020-01-01", "2022-12-31")),
        ((talks("2021-07"),), "2020-05-05", None, ("2020-05-05", "2021-12-31")),
        ((talks("2021-07"),), "2025-05-05", None, ("2025-05-05", "2025-12-31")),
        ((talks("2021-07"),), None, "2022-02-03", ("2021-01-01", "2022-02-03")),
        ((talks("2021-07"),), None, "2020-02-03", ("2020-01-01", "2020-02-03")),
        ((), None, None, ("0001-01-01", "0001-12-31")),
        ((office(since="", until=""),), "2020-01-01", None, ("2020-01-01", "2020-12-31")),
    ],
)  # fmt: skip
def test_picture_reaches_over_whole_years_unless_told(
    claims: Sequence[Record], first: str | None, last: str | None, wanted: tuple[str, str]
) -> None:
    """It begins with the year in which anything turns first, and ends with the last such year."""
    found = lanes_of(view_of(*claims), first and Day.parse(first), last and Day.parse(last))  # type: ignore[arg-type]
    assert (str(found.first), str(found.last)) == wanted


def test_assessments_and_what_is_never_shown_have_no_bar() -> None:
    """A judgement about other claims has no bar."""
    from factledger.records.claims import About, Assessment

    judged = Assessment(
        type="causal", text="One led to the other", about=[About(role="cause", target=18)],
        citations=cited(),
    )  # fmt: skip
    assert [bar.standing.number for bar in bars_of(talks("2021"), judged)] == [18]


@pytest.mark.parametrize(
    ("first", "last", "columns", "labels"),
    [
        ("2014-01-01", "2024-12-31", 100, "2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024"),
        ("2014-01-01", "2024-12-31", 40, "2014 2016 2018 2020 2022 2024"),
        ("2023-01-01", "2023-12-31", 40, "2023-01 2023-04 2023-07 2023-10"),
        ("2023-03-02", "2023-03-09", 40, "2023-03-02"),
        ("-0400-01-01", "0400-12-31", 40, "-0400 -0200 0000 0200 0400"),
        ("-9999-01-01", "9999-12-31", 9, "-9999-01-01"),
    ],
)
def test_axis_has_as_many_labels_as_fit(first: str, last: str, columns: int, labels: str) -> None:
    """Years stand on the axis, in steps of 1, 2, 5, 10 and so on; months where few years are seen."""
    found = ticks(Day.parse(first), Day.parse(last), columns)
    assert " ".join(tick.label for tick in found) == labels


def test_label_that_does_not_fit_is_left_out() -> None:
    """A mark at the right edge has no label, so that no line is too wide."""
    edge = Lanes(Day.parse("2020-01-01"), Day.parse("2023-01-20"), ())
    assert list(axis_lines(edge, 22, ASCII)) == ["2020   2021   2022", "+------+------+------+"]


@pytest.mark.parametrize("width", [40, 79, 80, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    """No line is wider than asked, in a narrow terminal either, with wide characters either."""
    told = [
        office(text="日本 " * 30 + "x" * 200),
        talks("2021"),
        level(),
        count(2, 3, "2021", "2022"),
    ]
    lines = list(lane_lines(lanes_of(view_of(*told)), width))
    assert max(map(columns, lines)) <= width
    assert len(lines) > 12


def test_narrow_terminal_has_the_words_below_the_bar() -> None:
    """Below 80 columns a bar takes the whole line, and the words follow it."""
    lines = list(lane_lines(lanes_of(view_of(office(text="Held"))), 40, ASCII))
    assert lines == [
        "2021-01  2021-07    2022-01  2022-07",
        "+--------+----------+--------+----------",
        "",
        "Offices",
        "   ==========================---------->",
        "  Held · since 1 March 2021, as last",
        "  said on 1 June 2022 · #18",
        "",
        "=== definite  --- presumed  ... possible",
        "o had happened by then  < > goes on",
        "x contested",
    ]


def test_text_of_a_ledger_cannot_act_on_the_terminal() -> None:
    """Control and bidirectional characters in a claim or a group are shown as escapes."""
    (bar,) = bars_of(talks("2021"))
    told = attrs.evolve(bar.standing, telling=lambda _: "a\x1b[2J\u202eb")
    lane = Lane("of\x1bfice", (attrs.evolve(bar, standing=told),))
    lines = "\n".join(lane_lines(attrs.evolve(YEARS, lanes=(lane,)), 80))
    assert "\x1b" not in lines
    assert r"a\x1b[2J\u202eb" in lines


@pytest.mark.parametrize(
    ("encoding", "marks"),
    [("utf-8", LINES), ("cp437", ASCII), ("ascii", ASCII), ("latin-1", ASCII), ("none", ASCII)],
)
def test_narrow_encoding_gets_plain_characters(encoding: str, marks: object) -> None:
    """Where the output cannot write the lines, ASCII takes their place, and says the same."""
    assert marks_for(encoding) is marks


def test_each_mark_is_another_one_and_in_the_legend() -> None:
    """Nothing is told by colour: every status has its own character, and the legend tells it."""
    for marks in (LINES, ASCII):
        said = "\n".join(legend(40, marks))
        shown = [marks.definite, marks.presumed, marks.possible, marks.point, marks.contested]
        assert len(set(shown)) == 5
        assert all(mark in said for mark in shown)


def test_stretch_without_bounds_is_open() -> None:
    """A state of which no day of beginning is known begins with time."""
    (bar,) = bars_of(office(since="..", until=""))
    assert bar.stretches == (Stretch(BEGINNING, FOREVER, Status.POSSIBLE),)
    assert isinstance(bar.standing.claim, State)
