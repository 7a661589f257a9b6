"""A view as plain values: everything that the ledger knows, as objects, rows, tables and pages."""

from __future__ import annotations

import builtins
import json
import os
import sys
from typing import Any

import polars
import pyarrow
import pytest

import ledgers
from factledger import Actor, Corroborate, Inferred, Ledger, MissingExtra, Participant, State, Tally
from factledger.dates.wording.told import date_words
from factledger.records.claims import Count
from factledger.views.plain.objects import standing_object
from factledger.views.view import View

_DAY = "2023-04-01"


@pytest.fixture(scope="module")
def view() -> View:
    """What stood in a small ledger: an office that somebody tells of, and a tally."""
    return ledgers.ledger(
        ledgers.source(),
        Actor(id="envoy", category="person", names=["The envoy <1>"]),
        State(
            type="office",
            value="acting",
            since="2021-03-01",
            until="..",
            participants=[
                Participant(role="holder", actor="p1", of="JPN", as_said="the envoy"),
                Participant(role="post", actor="pm"),
            ],
            attributed_to=["envoy"],
            citations=ledgers.cited(),
        ),
        Tally(
            type="CONSULT",
            since="2021",
            until="2022",
            count=Count(lower=2, upper=None),
            participants=ledgers.people(actor="JPN UKR"),
            citations=ledgers.cited(),
        ),
    ).as_of(_DAY)


def only(view: View, shape: str) -> dict[str, Any]:
    """Return the object of the one standing of a shape."""
    (found,) = (s for s in view if s.claim.shape == shape)
    return dict(standing_object(found, view.belief))


def test_an_object_says_who_says_so_and_whom_the_ids_name(view: View) -> None:
    """Beside each id stands the name; the speaker, the value, the group and the publisher are there."""
    held = only(view, "state")
    assert held["attributed_to"] == [{"actor": "envoy", "name": "The envoy <1>"}]
    assert (held["value"], held["group"], held["hedge"]) == ("acting", "offices", None)
    holder, post = held["participants"]
    assert holder == {
        "role": "holder",
        "actor": "p1",
        "name": view.name("p1"),
        "of": "JPN",
        "of_name": view.name("JPN"),
        "as_said": "the envoy",
    }
    assert (post["of"], post["of_name"]) == (None, None)
    (citation,) = held["citations"]
    assert citation["locator"] == "p. 1"
    assert citation["published"] == "2022-06-01"


def test_an_object_has_the_count_of_a_tally(view: View) -> None:
    """A count has its two bounds; what counts nothing has none."""
    assert only(view, "tally")["count"] == {"lower": 2, "upper": None}
    assert only(view, "state")["count"] is None


def test_a_view_is_a_collection_of_its_standings(view: View) -> None:
    """`len` counts what a loop gives, and the rows and the object are of the same."""
    assert len(view) == len(list(view)) == len(view.rows()) == 2
    assert json.loads(json.dumps(view.to_dict()))["standings"] == view.to_dict()["standings"]
    assert [row["entry"] for row in view.rows()] == [s.number for s in view]


def test_the_rows_become_a_table_of_typed_columns(view: View) -> None:
    """Each column has the values of the rows, and its type also where nothing stands."""
    table: Any = view.to_arrow()
    assert table.to_pylist() == view.rows()
    empty: Any = Ledger.create("memory:", origin="example").as_of(_DAY).to_arrow()
    assert (empty.schema, empty.num_rows) == (table.schema, 0)
    frame: Any = polars.from_arrow(table)
    assert [view.name("p1"), view.name("pm")] in frame["names"].to_list()


def test_a_table_needs_pyarrow(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the error says which extra to install."""
    load = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == pyarrow.__name__:
            raise ModuleNotFoundError(name)
        return load(name, *rest)

    monkeypatch.delitem(sys.modules, "pyarrow")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtra, match="arrow"):
        view.to_arrow()
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"  # each thread would take room


def test_a_table_says_that_there_is_no_room(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyarrow would end the process for want of room, it is not loaded."""
    monkeypatch.delitem(sys.modules, "pyarrow")
    monkeypatch.setattr("factledger.views.plain.arrow._ROOM", 2**62)
    with pytest.raises(MemoryError, match="pyarrow needs 256 MiB"):
        view.to_arrow()


def test_a_view_prints_its_question_and_a_standing_a_line(view: View) -> None:
    """The heading counts; each line has status, sentence, dates and entry."""
    heading, *lines = str(view).splitlines()
    assert heading == f"2 claims on {date_words(_DAY)}"
    assert [line.split()[0] for line in lines] == [str(s.status) for s in view]
    assert all(f"(#{s.number})" in line for s, line in zip(view, lines, strict=True))
    met = ledgers.event("CONSULT", "2021-05", actor="p1")
    told = ledgers.ledger(ledgers.source(), ledgers.office("p1", "2021", "2022-03"), met)
    shown = str(told.as_of("2021-12-31"))
    assert "P1 is pm, since 2021, until March 2022 (#" in shown
    assert "P1 consulted, May 2021 (#" in shown


def test_a_standing_and_a_difference_print_what_they_say() -> None:
    """Of a difference the number of steps, and each; a ledger prints where it is."""
    held = ledgers.ledger(ledgers.source(), ledgers.office("p1", "2021", "2022-03"))
    (standing,), difference = held.as_of("2021-12-31"), held.difference("2020", "2021-12-31")
    assert str(standing) == f"definite: P1 is pm (#{standing.number})"
    assert (len(difference), [step.kind for step in difference]) == (1, ["began"])
    assert str(difference).split() == [
        "1",
        "step",
        "from",
        "31",
        "December",
        "2020",
        "to",
        "31",
        "December",
        "2021",
        "began",
        "P1",
        "is",
        "pm",
    ]
    assert (
        str(held.difference("2020", "2022-12-31"))
        == "0 steps from 31 December 2020 to 31 December 2022"
    )
    assert repr(held) == "Ledger.open('memory:')"


def test_a_view_says_whom_it_is_about(view: View) -> None:
    """One claim is told of in the singular, beside the names of the sides."""
    assert str(view.involving("pm")).startswith(
        f"1 claim on {date_words(_DAY)} for {view.name('pm')}\n"
    )


def test_a_view_is_a_table_in_a_notebook(view: View) -> None:
    """It is HTML in which nothing of the ledger is a tag."""
    shown = view._repr_html_()
    assert shown.startswith("<table><caption>2 claims on ")
    assert "<1>" not in shown


def test_a_long_view_counts_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch, view: View) -> None:
    """Beyond sixty standings the page says how many more there are."""
    monkeypatch.setattr("factledger.views.plain.pages._MOST", 1)
    assert str(view).endswith("\n  and 1 more")
    assert view._repr_html_().endswith("<p>and 1 more</p>")


def test_what_was_inferred_and_what_each_source_doubts_is_there() -> None:
    """A program is told which field no source says, and which of two sources hedges."""
    why = Inferred(field="since", reason="the year of the paper", as_said="last year")
    n = ledgers.FIRST_NUMBER + 2
    held = ledgers.ledger(
        ledgers.source(), ledgers.source("t"), ledgers.office("p1", "2021", inferred=[why]),
        Corroborate(target=n, citations=ledgers.cited("t"), hedge="it seems"),
    )  # fmt: skip
    [standing] = held.as_of("2021-12-31").to_dict()["standings"]
    assert standing["inferred"] == [
        {"field": "since", "reason": "the year of the paper", "as_said": "last year"}
    ]
    assert [c["hedge"] for c in standing["citations"]] == [None, "it seems"]


def test_a_difference_is_plain_values_and_a_table() -> None:
    """It has an object, a flat row for each step, typed columns also where nothing differs, and a page."""
    held = ledgers.ledger(ledgers.source(), ledgers.office("p1", "2021", "2022-03"))
    difference, nothing = held.difference("2020", "2021-12-31"), held.difference("2020", "2020")
    assert json.loads(json.dumps(difference.to_dict())) == difference.to_dict()
    [row] = difference.rows()
    assert (row["group"], row["kind"], row["day"]) == ("world", "began", "2021-12-31")
    assert (row["before_status"], row["after_status"]) == ("not-yet", "definite")
    assert row["by"] == [row["after_entry"]]
    table: Any = difference.to_arrow()
    assert table.to_pylist() == difference.rows()
    empty: Any = nothing.to_arrow()
    assert (empty.schema, empty.num_rows) == (table.schema, 0)
    assert "<td>began</td><td>P1 is pm</td>" in difference._repr_html_()


def test_a_row_of_what_no_live_claim_is_behind_is_empty_there() -> None:
    """What was learnt has no standing before: each of its cells is None."""
    held = ledgers.ledger(ledgers.source(), ledgers.office("p1", "2021", "2022-03"))
    claim = len(held)
    [row] = held.difference(("2021-12-31", claim - 1), ("2021-12-31", claim)).rows()
    assert {row[name] for name in row if name.startswith("before_")} == {None}
    assert row["after_names"] == ["P1", "pm"]
