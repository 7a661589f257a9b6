"""`factledger plot`: pictures and numbers, to a file or to standard output."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cli_tools import ROOT, run, small_ledger
from factledger.cli import output
from factledger.cli.commands.plot import SERIES
from factledger.views.projections import READY_MADE


def plot(folder: Path, *words: str) -> str:
    """Return what `plot` writes of the small ledger."""
    if not folder.joinpath("ledger.jsonl").exists():
        small_ledger(folder)
    said = run("plot", *words, "-l", str(folder))
    assert (said.code, said.err) == (0, "")
    return said.out


def test_timeline_is_drawn_as_svg(tmp_path: Path) -> None:
    """Without a word it is an SVG on standard output."""
    root = ElementTree.fromstring(plot(tmp_path, "--between", "JPN", "UKR"))
    assert root[0].text == "What stood from 2022-01-01 to 2024-12-31 for Japan and Ukraine"


def test_ending_of_the_file_names_the_format(tmp_path: Path) -> None:
    """A PNG, an SVG, JSON or CSV by the ending of the file; another ending is an SVG."""
    for name, head in (
        ("a.PNG", b"\x89PNG"),
        ("a.json", b"{"),
        ("a.csv", b"group,"),
        ("a", b"<svg"),
    ):
        assert plot(tmp_path / "ledger", "-o", str(tmp_path / name)) == ""
        assert (tmp_path / name).read_bytes().startswith(head)


def test_series_are_those_that_are_ready_made() -> None:
    """Each ready-made projection can be drawn, and nothing else can be named."""
    assert set(SERIES) == set(READY_MADE)


@pytest.mark.parametrize("name", SERIES)
def test_each_series_is_drawn(name: str, tmp_path: Path) -> None:
    """Every ready-made projection gives numbers."""
    svg = ElementTree.fromstring(plot(tmp_path, "--series", name.upper()))
    assert svg[0].text == f"{name} from 2014-01-01 to 2024-12-31"


def test_series_as_rows_and_json(tmp_path: Path) -> None:
    """The numbers themselves: a row a point, and the same in JSON; a minus is no formula."""
    words = ("--series", "contacts", "--per", "year", "--between", "JPN", "UKR", "--from", "2023")
    rows = list(csv.reader(io.StringIO(plot(tmp_path / "a", *words, "--format", "csv"))))
    assert rows == [
        ["series", "name", "from", "value"],
        ["contacts", "phone, definite", "2023-01-01", "0"],
        ["contacts", "phone, definite", "2024-01-01", "0"],
        ["contacts", "phone, possible", "2023-01-01", "0"],
        ["contacts", "phone, possible", "2024-01-01", "0"],
        ["contacts", "visit, definite", "2023-01-01", "1"],
        ["contacts", "visit, definite", "2024-01-01", "0"],
        ["contacts", "visit, possible", "2023-01-01", "0"],
        ["contacts", "visit, possible", "2024-01-01", "0"],
    ]
    found = json.loads(plot(tmp_path / "b", *words, "--format", "json"))
    assert list(found) == ["series", "from", "to", "per", "recorded", "published", "head", "curves"]
    assert found["curves"][-2]["points"][0] == {"from": "2023-01-01", "value": 1}


def test_series_reaches_from_day_to_day(tmp_path: Path) -> None:
    """With both ends given the series is of those days."""
    words = ("--series", "aid", "--from", "2023", "--to", "2023-02", "--format", "json")
    found = json.loads(plot(tmp_path, *words))
    assert (found["from"], found["to"]) == ("2023-01-01", "2023-02-28")


def test_number_is_no_formula() -> None:
    """A cell of text is kept from a spreadsheet, a number is not."""
    assert output.csv_line(["-1", -1]) == b"'-1,-1"


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["--per", "month"], "name it with --series"),
        (["--series", "aid", "--actor", "JPN"], "are for a timeline"),
        (["--series", "aid", "--at", "2023"], "are for a timeline"),
    ],
)
def test_options_that_ask_nothing_are_refused(
    words: list[str], advice: str, tmp_path: Path
) -> None:
    """An option that would have no effect is a misuse."""
    small_ledger(tmp_path)
    said = run("plot", *words, "-l", str(tmp_path))
    assert (said.code, advice in said.err) == (2, True)


def test_picture_is_not_thrown_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no text is written to a file or a pipe."""
    import click

    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(click.UsageError, match="-o FILE"):
        output.write_out(b"\x89PNG\0", None)


def test_line_on_a_day(tmp_path: Path) -> None:
    """`--at` draws a line."""
    assert "<title>2023-04-01</title>" in plot(tmp_path, "--at", "2023-04-01")


def keys_below(heading: str) -> list[str]:
    """Return the keys that the reference lists below a heading, in order."""
    page = (ROOT / "docs/reference/timeline-json.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.+?) \|", section, flags=re.MULTILINE)
    return [key for cell in cells for key in re.findall(r"`(\w+)`", cell)]


def test_keys_are_those_of_the_reference(tmp_path: Path) -> None:
    """The page lists exactly the keys of lanes, bars, stretches and series."""
    lanes = json.loads(plot(tmp_path, "--format", "json"))
    series = json.loads(plot(tmp_path, "--format", "json", "--series", "contacts"))
    bar = lanes["lanes"][0]["bars"][0]
    found = {"Lanes": lanes, "Bar": bar, "Stretch": bar["stretches"][0], "Series": series}
    for heading, value in found.items():
        assert keys_below(heading) == list(value), heading


def test_timeline_as_rows(tmp_path: Path) -> None:
    """A timeline as CSV is the same as that of `timeline`."""
    small_ledger(tmp_path)
    said = run("timeline", "--format", "csv", "-l", str(tmp_path)).out
    assert plot(tmp_path, "--format", "csv") == said
