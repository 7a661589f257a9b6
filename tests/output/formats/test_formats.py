"""Exports, each read back by a tool of its own: Arrow and Parquet, TimelineJS, a Markdown table."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow
import pyarrow.parquet
import pytest
from markdown_it import MarkdownIt

from cli_tools import ROOT, small_ledger
from factledger import Correct, Event, Ledger, Redact
from factledger.dates.days import FOREVER, Day
from factledger.errors import MissingExtra
from factledger.output.formats import arrow
from factledger.output.formats.arrow import Table, day_bounds
from factledger.output.formats.entry_table import entry_table
from factledger.output.formats.timelinejs import timelinejs_object
from factledger.output.pictures.markup import words
from ledgers import cited, event, ledger, level, office, people, source

JAPAN_UKRAINE = ROOT / "ledgers/japan-ukraine"
PARQUET: Any = pyarrow.parquet  # untyped, as is the reader of DuckDB
DUCKDB: Any = duckdb
HOSTILE = "<img src=x onerror=alert(1)> | `x` \u202e"


@pytest.fixture
def held() -> Ledger:
    """Return a ledger with a correction and an erased note."""
    said = event("CONSULT", "2021", actor="JPN", recipient="UKR")
    better = Event(
        type="CONSULT", when="2021-05", citations=cited(),
        participants=people(actor="JPN", recipient="UKR"),
    )  # fmt: skip
    return ledger(source(), said, office(), Correct(target=18, reason="misread", record=better))


# --- Arrow and Parquet


def test_every_entry_is_a_row_with_its_whole_record(held: Ledger) -> None:
    """The columns are typed, and the record is there as JSON, so that nothing is left out."""
    table = pyarrow.table(Table(held))
    row = table.to_pylist()[-1]
    assert table.num_rows == len(held)
    assert (row["entry"], row["kind"], row["target"], row["reason"]) == (
        20,
        "correct",
        18,
        "misread",
    )
    assert (row["type"], row["when"]) == ("CONSULT", "2021-05")
    assert (row["earliest"], row["latest"]) == (date(2021, 5, 1), date(2021, 5, 31))
    assert row["at"] == datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert row["participants"][0] == {"role": "actor", "actor": "JPN", "of": None, "as_said": None}
    assert row["citations"][0]["locator"] == "p. 1"
    assert json.loads(row["record"])["record"]["when"] == "2021-05"
    assert held.entry(20).hash == row["hash"]


def test_bounds_of_states_are_those_of_both_ends() -> None:
    """`earliest` is of the start, `latest` of the end; open and unknown ends are null."""
    epoch = Day.parse("1970-01-01")
    since = Day.parse("2021-03-01") - epoch
    assert day_bounds(office()) == (since, None)
    assert day_bounds(level(until="2022-05")) == (since, Day.parse("2022-05-31") - epoch)
    assert day_bounds(source()) == (None, None)


def test_erased_content_is_null(tmp_path: Path) -> None:
    """Of an entry whose content was erased, place and hash are left."""
    ledger = small_ledger(tmp_path)
    ledger.redact(9, reason="asked for", authority="the editor")
    row = pyarrow.table(Table(ledger)).to_pylist()[8]
    assert (row["entry"], row["kind"], row["record"], row["citations"]) == (9, "redacted", None, [])
    assert any(isinstance(entry.record, Redact) for entry in ledger.entries())
    assert "| 9 | 2024-12-01 | redacted |  | was redacted by" in "\n".join(entry_table(ledger))


def test_batches_are_read_one_after_the_other(
    held: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large ledger is never in memory as a whole; the order is that of the log."""
    monkeypatch.setattr(arrow, "BATCH_ROWS", 7)
    batches = list(Table(held).batches())
    assert [batch.num_rows for batch in batches] == [7, 7, 6]
    assert [n for batch in batches for n in batch.column("entry").to_pylist()] == list(range(1, 21))


def test_polars_takes_it_as_it_is() -> None:
    """Polars reads the stream itself, without pyarrow between, and its types."""
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        frame = polars.DataFrame(Table(ledger))
    events = frame.filter(polars.col("kind") == "event", polars.col("earliest") >= date(2024, 1, 1))
    assert set(events["label"]) >= {"c13", "c14", "c15"}
    assert str(frame.schema["at"]) == "Datetime(time_unit='us', time_zone='UTC')"


def test_duckdb_takes_it_as_it_is() -> None:
    """DuckDB asks the stream in SQL, nested columns too."""
    with Ledger.open(JAPAN_UKRAINE) as ledger, duckdb.connect() as db:
        db.register("entries", Table(ledger))
        cited = "select label, unnest(citations) as c from entries"
        db.execute(f"select label, c['start'] from ({cited}) where label = 'c07'")
        assert db.fetchall() == [("c07", 448)]


@pytest.mark.parametrize("read", ["pyarrow", "polars", "duckdb"])
def test_parquet_is_read_by_each(read: str, held: Ledger, tmp_path: Path) -> None:
    """Three readers find the same rows in the file."""
    path = tmp_path / "entries.parquet"
    with path.open("wb") as file:
        Table(held).write_parquet(file)
    readers: dict[str, Callable[[], list[str]]] = {
        "pyarrow": lambda: PARQUET.read_table(path)["type"].to_pylist(),
        "polars": lambda: polars.read_parquet(path)["type"].to_list(),
        "duckdb": lambda: [
            kind for (kind,) in DUCKDB.read_parquet(str(path)).select("type").fetchall()
        ],
    }
    assert readers[read]() == [row["type"] for row in pyarrow.table(Table(held)).to_pylist()]


def test_arrow_stream_is_read_by_others(held: Ledger) -> None:
    """The stream on standard output is Arrow's own."""
    file = io.BytesIO()
    Table(held).write_stream(file)
    read = pyarrow.ipc.open_stream(file.getvalue()).read_all()
    assert read.equals(pyarrow.table(Table(held)))
    assert polars.read_ipc_stream(io.BytesIO(file.getvalue())).height == len(held)


def test_arrow_names_the_extra(held: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error says what to install."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"factledger\[arrow\]"):
        Table(held)


# --- TimelineJS


def slides_of(ledger: Ledger) -> list[dict[str, Any]]:
    """Return the slides of the claims of a ledger, once their shape is what TimelineJS reads."""
    found = timelinejs_object(ledger.as_of(FOREVER), "Title")
    check_shape(json.loads(json.dumps(found)))
    slides: list[dict[str, Any]] = found["events"]
    return slides


def check_shape(found: dict[str, Any]) -> None:
    """Hold an object to what TimelineJS documents of its JSON."""
    assert set(found) == {"title", "events", "scale"}
    assert set(found["title"]) == {"text"}
    ids = [slide["unique_id"] for slide in found["events"]]
    assert len(ids) == len(set(ids))
    for slide in found["events"]:
        wanted = {"unique_id", "group", "start_date", "display_date", "text"}
        assert wanted <= set(slide) <= wanted | {"end_date"}
        assert set(slide["text"]) == {"headline", "text"}
        dates = [slide["start_date"], slide.get("end_date", slide["start_date"])]
        for day in dates:
            assert set(day) == {"year", "month", "day"}
            assert 1 <= day["month"] <= 12
            assert 1 <= day["day"] <= 31
        assert [*dates[0].values()] <= [*dates[1].values()]


def test_each_claim_with_a_day_is_a_slide() -> None:
    """The article's claims are slides with status, dates and source in words."""
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        slides = {slide["unique_id"]: slide for slide in slides_of(ledger)}
    visit = slides["entry-42"]
    assert visit["start_date"] == {"year": 2024, "month": 11, "day": 1}
    assert visit["end_date"] == {"year": 2024, "month": 11, "day": 30}
    assert visit["group"] == "Contacts"
    assert (
        "possible from 2024-11-01 to 2024-11-29; definite from 2024-11-30 on"
        in visit["text"]["text"]
    )
    assert "Source: Article on the partnership" in visit["text"]["text"]
    assert "entry-54-sanctions" in slides


def test_claim_without_a_day_is_counted() -> None:
    """What TimelineJS cannot place is left out, and the title says so."""
    found = timelinejs_object(ledger(source(), office(since="", until="")).as_of(FOREVER), "Title")
    assert found["events"] == []
    assert "1 claim without a day left out." in found["title"]["text"]["text"]


def test_day_and_contest_are_told() -> None:
    """An exact event has one day; who says otherwise is in the text."""
    held = ledger(
        source(), event("CONSULT", "2021-05-06", actor="JPN", recipient="UKR"),
        level("partner", "2021-01-01", "2022-12-31"), level("foe", "2022-01-01", "2022-12-31"),
        office(since="..", until="2021-06-07"), office("p2", since="2022-01-01", until="", post="pm"),
    )  # fmt: skip
    slides = slides_of(held)
    assert "end_date" not in slides[-1]
    assert "end_date" not in next(s for s in slides if s["unique_id"] == "entry-18")
    assert any("<p>Contested by #20.</p>" in s["text"]["text"] for s in slides)
    assert slides[0]["start_date"] == {"year": 2021, "month": 6, "day": 7}


def test_hostile_text_stays_text_in_slides() -> None:
    """TimelineJS takes its texts as HTML, so they are escaped."""
    assert words(HOSTILE).startswith("&lt;img src=x")
    found = timelinejs_object(ledger(source(), office(text=HOSTILE[:-2])).as_of(FOREVER), HOSTILE)
    assert "<img" not in json.dumps(found)


# --- Markdown


def test_markdown_is_a_table_with_a_row_an_entry() -> None:
    """A parser of others finds a row for each entry, and as many cells as there are columns."""
    with Ledger.open(JAPAN_UKRAINE) as ledger:
        text = "\n".join(entry_table(ledger))
        count = len(ledger)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    cells = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "td_open"]
    assert cells[::7] == [str(n) for n in range(1, count + 1)]
    assert sum(token.type == "tr_open" for token in tokens) == count + 1
    assert "Foreign Minister Takeshi Iwaya of Japan visited Ukraine in November 2024" in text


def test_bars_and_markup_in_a_cell_stay_text() -> None:
    """A bar in a claim makes no column."""
    held = ledger(source(), office(text="a | b `c` <d>", since="2021", until="2022"))
    text = "\n".join(entry_table(held))
    (row,) = [line for line in text.splitlines() if line.startswith("| 18 ")]
    assert r"a \| b \`c\` \<d\> | 2021 to 2022 | s, p. 1 |" in row
