"""What holds of every picture, report and export, whatever a ledger holds."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from effort import few_examples
from factledger.dates.days import FOREVER, Day
from factledger.ledger.ledger import Ledger
from factledger.output.formats.arrow import Table
from factledger.output.formats.csl import csl_object
from factledger.output.formats.entry_table import entry_table
from factledger.output.formats.report import declared_sources, report
from factledger.output.formats.timelinejs import timelinejs_object
from factledger.output.pictures.curves import curves_of, value_at
from factledger.output.pictures.curves_svg import curves_svg
from factledger.output.pictures.lanes import lanes_of
from factledger.output.pictures.lanes_svg import lanes_svg
from factledger.output.pictures.lanes_text import lane_lines
from factledger.output.words.digests.digest import view_digest
from factledger.testing import days, ledgers
from factledger.text import columns
from factledger.views.projections import CONTACTS, LEVEL
from output.formats.test_formats import check_shape

ANY = ledgers()


@given(ANY, days())
@few_examples
def test_lanes_say_what_a_view_says(ledger: Ledger, day: Day) -> None:
    """On any day, the stretches that hold are the standings that a view shows on it."""
    lanes = lanes_of(ledger.as_of(FOREVER), day, day)
    seen = [
        (bar.standing.number, bar.standing.derived, s.alone, s.contested_by)
        for lane in lanes.lanes
        for bar in lane.bars
        for s in bar.stretches
        if s.first <= day <= s.last
    ]
    shown = [(s.number, s.derived, s.alone, s.contested_by) for s in ledger.as_of(day).standings]
    happened = {
        (bar.standing.number, bar.standing.derived) for lane in lanes.lanes for bar in lane.bars
    }
    assert sorted(seen) == sorted(s for s in shown if s[:2] in happened)
    assert all(s[2] == "definite" for s in shown if s[:2] not in happened)  # it was before the day


@given(ANY, st.integers(40, 130))
@few_examples
def test_lines_fit(ledger: Ledger, width: int) -> None:
    """Whatever is drawn, it fits the terminal, and no line can act on it."""
    lines = list(lane_lines(lanes_of(ledger.as_of(FOREVER)), width))
    assert max(map(columns, lines)) <= width
    assert all(line.isprintable() for line in lines)


@given(ANY)
@few_examples
def test_drawings_are_xml_with_a_bar_a_claim(ledger: Ledger) -> None:
    """A drawing can be parsed, and has a group with words for each bar."""
    lanes = lanes_of(ledger.as_of(FOREVER))
    root = ElementTree.fromstring(lanes_svg(lanes, "What stood"))
    groups = list(root.iter("{http://www.w3.org/2000/svg}g"))
    assert len(groups) == sum(len(lane.bars) for lane in lanes.lanes)
    for projection in (CONTACTS, LEVEL):
        curves = curves_of(ledger, projection, lanes.first, lanes.last)
        ElementTree.fromstring(curves_svg(curves, "How many"))


@given(ANY, st.sampled_from(["month", "quarter", "year"]))
@few_examples
def test_growth_adds_up_to_what_stands(ledger: Ledger, per: str) -> None:
    """What stood before and all growth together are what stands at the end."""
    first, last = Day.parse("2019-11-15"), Day.parse("2024-02-03")
    stands = {c.name: c for c in curves_of(ledger, LEVEL, Day(first - 1), last).curves}
    for curve in curves_of(ledger, LEVEL, first, last, per).curves:
        grown = sum(value for _, value in curve.points)
        assert value_at(stands[curve.name], Day(first - 1)) + grown == value_at(
            stands[curve.name], last
        )


@given(ANY, days())
@few_examples
def test_report_tells_every_standing_and_every_number_resolves(ledger: Ledger, day: Day) -> None:
    """Each standing is told, but for plans overtaken; each number is of a source in the list."""
    view = ledger.as_of(day)
    text = report(ledger, view)
    body, _, listed = text.partition("\n## Sources\n")
    lines = [line for line in body.splitlines() if line.lstrip().startswith("- ")]
    told = {s.number for line in view_digest(view, possible=True).lines for s in line.standings}
    assert told >= {s.number for s in view.standings if s.claim.modality != "planned"}
    assert body.count("- **redacted**") == len(view.redacted)
    found = MarkdownIt("commonmark").parse(listed)
    items = sum(token.type == "list_item_open" for token in found)
    numbers = {int(n) for line in lines for n in re.findall(r"\\\[(\d+)[ \\:]", line)}
    assert numbers <= set(range(1, items + 1))
    sources = [csl_object(source) for source in declared_sources(view)]
    assert len(sources) == len({item["id"] for item in sources}) == items


@given(ANY)
@few_examples
def test_exports_hold_every_entry(ledger: Ledger) -> None:
    """Table and Markdown have a row an entry; the slides are of the shape that is documented."""
    assert pyarrow.table(Table(ledger))["entry"].to_pylist() == list(range(1, len(ledger) + 1))
    rows = [line for line in entry_table(ledger) if re.match(r"\| \d", line)]
    assert len(rows) == len(ledger)
    check_shape(json.loads(json.dumps(timelinejs_object(ledger.as_of(FOREVER), "Title"))))


@pytest.mark.parametrize("per", [None, "year"])
def test_one_ledger_gives_one_drawing(per: str | None) -> None:
    """Two handles of the same ledger draw the same bytes."""
    from cli_tools import ROOT

    drawn = set()
    for _ in range(2):
        with Ledger.open(ROOT / "ledgers/japan-ukraine") as ledger:
            lanes = lanes_of(ledger.as_of(FOREVER))
            curves = curves_of(ledger, CONTACTS, lanes.first, lanes.last, per)
            drawn.add(lanes_svg(lanes, "x") + curves_svg(curves, "x"))
    assert len(drawn) == 1
