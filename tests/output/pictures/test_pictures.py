"""Pictures as SVG and PNG, and the numbers of a projection along time."""

from __future__ import annotations

import sys
from xml.etree import ElementTree

import attrs
import pytest

from factledger import CONTACTS, LEVEL, SANCTIONS, Projection
from factledger.dates.days import FOREVER, Day
from factledger.errors import MissingExtra, NotFound
from factledger.ledger.ledger import Ledger
from factledger.output.pictures.curves import (
    Curve,
    Curves,
    counts_by_name,
    curves_of,
    periods,
    value_at,
)
from factledger.output.pictures.curves_svg import curves_svg
from factledger.output.pictures.lanes import Lane, Lanes, course, lanes_of
from factledger.output.pictures.lanes_svg import WIDTH, lanes_svg
from factledger.output.pictures.png import png_of
from factledger.records.amendments import Dispute
from factledger.records.claims import State
from factledger.records.record import Record
from ledgers import cited, event, ledger, level, office, people, source

SVG = "{http://www.w3.org/2000/svg}"
SANCTIONED = State(
    type="sanctions",
    since="2021-03-01",
    until="..",
    participants=people(actor="JPN", recipient="UKR"),
    citations=cited(),
)
HOSTILE = '</text><script>alert(1)</script>"&\x00\ufffe\u202e'


def held(*records: Record) -> Ledger:
    """Return a ledger that holds these records."""
    return ledger(source(), *records)


def talks(when: str) -> Record:
    """Return a visit."""
    return event("CONSULT", when, actor="JPN", recipient="UKR", mode="visit")


def some_lanes(*records: Record, **window: Day) -> Lanes:
    """Return the lanes of claims, of some that show every mark if none are given."""
    every = (
        office(since="2021", until="2022"),
        SANCTIONED,
        level("partner", "2021-01-01", "2022-12-31"),
        level("foe", "2022-01-01", "2022-12-31"),
        talks("2021"),
        talks("2022-02-03"),
    )
    return lanes_of(held(*(records or every)).as_of(FOREVER), **window)


def day(text: str) -> Day:
    """Return a day."""
    return Day.parse(text)


def fills(svg: str) -> list[str]:
    """Return the fills of the bars in a drawing, each once, in the order of their first use."""
    root = ElementTree.fromstring(svg)
    bars = (r for g in root.iter(f"{SVG}g") for r in g.iter(f"{SVG}rect"))
    return list(dict.fromkeys(r.attrib["fill"] for r in bars))


def test_each_status_has_a_pattern_of_its_own() -> None:
    """Definite is filled, presumed and possible have patterns, and the drawing defines them."""
    svg = lanes_svg(some_lanes(), "What stood")
    root = ElementTree.fromstring(svg)
    assert {p.attrib["id"] for p in root.iter(f"{SVG}pattern")} == {
        "lanes-presumed",
        "lanes-possible",
    }
    assert set(fills(svg)) == {"#1b5e8c", "url(#lanes-presumed)", "url(#lanes-possible)", "none"}
    assert "stroke-dasharray" in svg


def test_drawing_can_be_told() -> None:
    """It has a role, a title and a description, and each bar says in words what it shows."""
    root = ElementTree.fromstring(lanes_svg(some_lanes(), "What stood", prefix="a"))
    title, desc = root[0], root[1]
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert (title.text, title.attrib["id"]) == ("What stood", "a-title")
    assert desc.text == (
        "Claims from 2021-01-01 to 2022-12-31: 2 of relationship, 1 of offices, 1 of sanctions and 2 of contacts. "
        "Each bar tells its claim."
    )
    told = [g[0].text for g in root.iter(f"{SVG}g")]
    assert len(told) == 6
    assert all(text and " from " in text for text in told)


def test_bar_is_told_in_words() -> None:
    """A bar without a beginning or an end says none."""
    (bar,) = some_lanes(office(since="..", until="", text="Held")).lanes[0].bars
    assert course(bar) == "possible on"
    (bar,) = some_lanes(office(since="2021-03-01", until="2021-04-01")).lanes[0].bars
    assert course(bar) == "definite from 2021-03-01 to 2021-04-01"


def test_same_lanes_give_the_same_bytes() -> None:
    """A drawing depends on nothing but the lanes."""
    assert lanes_svg(some_lanes(), "x") == lanes_svg(some_lanes(), "x")


def test_hostile_text_stays_text() -> None:
    """Whatever a ledger holds is escaped, in words, in attributes and in descriptions."""
    lanes = some_lanes(office())
    (bar,) = lanes.lanes[0].bars
    told = attrs.evolve(bar.standing, telling=lambda _: HOSTILE)
    lane = Lane(HOSTILE, (attrs.evolve(bar, standing=told),))
    svg = lanes_svg(attrs.evolve(lanes, lanes=(lane,)), HOSTILE, link=lambda _: HOSTILE, prefix="a")
    root = ElementTree.fromstring(svg)
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        "svg", "title", "desc", "defs", "pattern", "path", "circle", "g", "text", "rect", "line", "a",
    }  # fmt: skip
    assert root[0].text == r'</text><script>alert(1)</script>"&\x00\ufffe\u202e'


def test_links_and_a_day_can_be_drawn() -> None:
    """`link` gives bars an address, `at` draws a line where the day is in view."""
    lanes = some_lanes()
    svg = lanes_svg(
        lanes, "x", at=day("2021-06-01"), link=lambda bar: f"/entry/{bar.standing.number}"
    )
    links = [a.attrib["href"] for a in ElementTree.fromstring(svg).iter(f"{SVG}a")]
    assert links == [f"/entry/{n}" for n in (20, 21, 18, 19, 22, 23)]
    assert "<title>2021-06-01</title>" in svg
    assert "<title>2031-06-01</title>" not in lanes_svg(lanes, "x", at=day("2031-06-01"))


def test_what_goes_on_has_an_arrow() -> None:
    """A bar that reaches beyond the picture has an arrow on that side, others have none."""
    cut = {"first": day("2021-06-01"), "last": day("2021-09-01")}
    both = lanes_svg(some_lanes(office(since="2021-03-01", until="2022-12-31"), **cut), "x")
    none = lanes_svg(some_lanes(office(since="2021-03-01", until="2022-12-31")), "x")
    assert both.count("Z") - none.count("Z") == 2


def test_contested_point_has_a_frame() -> None:
    """A point that a source disputes has the broken frame of what is contested."""
    disputed = some_lanes(talks("2022-02-03"), Dispute(target=18, citations=cited()))
    calm = lanes_svg(some_lanes(talks("2022-02-03")), "x")
    assert lanes_svg(disputed, "x").count("dasharray") == calm.count("dasharray") + 1


def test_empty_picture_says_so() -> None:
    """No claim, no bar: the description says that none is to be seen."""
    empty = Lanes(day("2021-01-01"), day("2021-12-31"), ())
    assert "No claim is to be seen from 2021-01-01 to 2021-12-31." in lanes_svg(empty, "x")


def test_png_is_made_of_the_same_drawing() -> None:
    """The PNG is twice as large as the SVG says."""
    pytest.importorskip("resvg_py")
    svg = lanes_svg(some_lanes(), "x", width=300)
    png = png_of(svg)
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == 600


def test_png_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error says what to install."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(MissingExtra, match=r"factledger\[plot\]"):
        png_of("<svg/>")


@pytest.mark.parametrize("how", ["killed", "told"])
def test_png_is_drawn_apart(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory runs out the library ends its process: that is another one, and it is told."""
    pytest.importorskip("resvg_py")
    ends = {"killed": "import os; os.abort()", "told": "raise MemoryError"}
    monkeypatch.setattr("factledger.output.pictures.png._DRAW", ends[how])
    with pytest.raises(MemoryError, match="an SVG takes less"):
        png_of("<svg/>")


def test_png_tells_why_nothing_was_drawn() -> None:
    """What the library says of a drawing that is none is passed on."""
    pytest.importorskip("resvg_py")
    with pytest.raises(RuntimeError, match="no PNG was drawn: ValueError"):
        png_of("<svg")


# --- numbers along time


def test_standings_are_counted_by_status() -> None:
    """How many stand, by status, on each day that changes it."""
    found = curves_of(
        held(level("partner", "2021-01-01", "2021-12-31")), LEVEL, day("2020-01-01"), day("2023-01-01")
    )  # fmt: skip
    assert found.curves == (
        Curve("definite", ((day("2020-01-01"), 0), (day("2021-01-01"), 1), (day("2022-01-01"), 0))),
    )


def test_contacts_grow_month_by_month() -> None:
    """`per` month tells how many more there were at its end than at its beginning."""
    ledger = held(talks("2021-01-05"), talks("2021-02-01"), talks("2021-02-28"), talks("2020"))
    found = curves_of(ledger, CONTACTS, day("2021-01-01"), day("2021-03-31"), "month")
    curves = {c.name: [value for _, value in c.points] for c in found.curves}
    assert curves == {"visit, definite": [1, 2, 0], "visit, possible": [0, 0, 0]}
    assert [str(d) for d, _ in found.curves[0].points] == ["2021-01-01", "2021-02-01", "2021-03-01"]


def test_relationship_can_be_chosen() -> None:
    """The cuts are those of `Ledger.changes`."""
    ledger = held(talks("2021-01-05"))
    found = curves_of(
        ledger, CONTACTS, day("2021-01-01"), day("2021-03-31"), between=("JPN", "RUS")
    )
    assert found.curves == ()


@pytest.mark.parametrize(
    ("result", "wanted"),
    [
        (3, {"count": 3}),
        ({"a": 1, "b": {"c": 2}}, {"a": 1, "b, c": 2}),
        ((), {}),
    ],
)
def test_numeric_results(result: object, wanted: dict[str, int]) -> None:
    """A number, names with numbers, and standings are numeric."""
    assert counts_by_name(result) == wanted


@pytest.mark.parametrize("result", ["text", ["text"], None, 1.5])
def test_other_results_are_refused(result: object) -> None:
    """What has no whole numbers cannot be drawn, and the error says what was found."""
    with pytest.raises(NotFound, match="not numbers"):
        counts_by_name(result)


def test_periods_are_cut_to_the_picture() -> None:
    """The first and the last period are as long as they are seen."""
    found = [f"{a} {b}" for a, b in periods(day("2020-11-15"), day("2022-02-02"), 12)]
    assert found == ["2020-11-15 2020-12-31", "2021-01-01 2021-12-31", "2022-01-01 2022-02-02"]


def test_curve_has_no_value_before_it_begins() -> None:
    """Before its first day a curve is 0."""
    curve = Curve("x", ((day("2021-01-01"), 3),))
    assert [value_at(curve, day(text)) for text in ("2020-12-31", "2021-01-01")] == [0, 3]


def test_panels_have_scales_and_values() -> None:
    """Each number has a panel; every column says its day and value, and growth may be negative."""
    points = ((day("2021-01-01"), 2), (day("2022-01-01"), -1), (day("2023-01-01"), 0))
    zero = Curve("nothing", ((day("2021-01-01"), 0),) * 3)
    curves = Curves("x", day("2021-01-01"), day("2023-12-31"), (Curve("a<b", points), zero), "year")
    svg = curves_svg(curves, "Growth")
    root = ElementTree.fromstring(svg)
    titles = [e.text for e in root.iter(f"{SVG}title")]
    assert titles == ["Growth", "a<b, from -1 to 2", "2021-01-01: 2", "2022-01-01: -1"]
    assert (
        root[1].text
        == "x from 2021-01-01 to 2023-12-31, growth a year. a<b: at most 2; nothing: at most 0."
    )


def test_steps_last_until_the_next_one() -> None:
    """Without periods a value is drawn from its day to the next, the last to the end."""
    curves = curves_of(held(talks("2021-07-01")), CONTACTS, day("2021-01-01"), day("2021-12-31"))
    rects = [r.attrib for r in ElementTree.fromstring(curves_svg(curves, "x")).iter(f"{SVG}rect")]
    assert len(rects) == 1
    assert int(rects[0]["x"]) + int(rects[0]["width"]) == WIDTH - 16


def test_nothing_counted_is_said() -> None:
    """A projection without numbers in the period has an empty picture that says so."""
    curves = curves_of(held(), SANCTIONS, day("2021-01-01"), day("2021-12-31"))
    assert "Nothing is counted from 2021-01-01 to 2021-12-31." in curves_svg(curves, "x")


def test_projection_of_ones_own_can_be_drawn() -> None:
    """Any projection that gives numbers is numeric."""
    turns: Projection[int, int] = Projection("turns", int, lambda count, change: count + 1)
    found = curves_of(held(talks("2021-07-01")), turns, day("2021-01-01"), day("2021-12-31"))
    assert found.curves == (Curve("count", ((day("2021-01-01"), 0), (day("2021-07-01"), 1))),)
