"""Which of two ways answers a question, and that both answer alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from factledger import Actor, Ledger
from factledger.index.columns import TableColumns
from factledger.records.amendments import Dispute
from factledger.testing import ACTORS, TYPES
from factledger.views.folded import FoldedScope
from factledger.views.indexed import IndexedScope
from ledgers import event, level, source

DAYS = ("2021-01-01", "2021-01-02", "2021-01-03", "2021-01-04", "2030-01-01")


def noted(read: Callable[..., Any], asked: list[str]) -> Callable[..., Any]:
    """Return a function that notes its name before it does the same."""

    @wraps(read)
    def noting(*values: Any) -> Any:
        asked.append(read.__name__)
        return read(*values)

    return noting


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger with an index in tables: visits, a level that is keyed, a disputed visit."""
    with Ledger.create(tmp_path / "x.db", origin="x") as ledger:
        ledger.append(*ACTORS, *TYPES, source(), level(since="2021-01-02"))
        for day in DAYS[:4]:
            ledger.append(event("CONSULT", day, actor="pm", recipient="UKR"))
        ledger.append(event("CONSULT", "2021-01-03", actor="JPN", recipient="UKR"))
        ledger.append(Dispute(target=len(ledger), citations=level().citations))
        yield ledger


def test_the_columns_answer_where_they_hold_the_whole_log(
    stored: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A publication cut is answered from the tracks, and so is what waits for its index."""
    monkeypatch.setattr("factledger.ledger.settler._PAUSE", float("inf"))  # however long it takes
    view = stored.as_of("2021-01-03")
    assert isinstance(view._scopes.about("JPN", "UKR"), IndexedScope)
    assert isinstance(view._scopes.about(), IndexedScope)
    published = stored.as_of("2021-01-03", published="2022-06-01")
    assert isinstance(published._scopes.about("JPN", "UKR"), FoldedScope)
    stored.append(Actor(id="POL", category="country", names=["Poland"]))
    assert isinstance(view._scopes.about("JPN", "UKR"), FoldedScope)
    stored.settle()
    assert isinstance(view._scopes.about("JPN", "UKR"), IndexedScope)


def test_the_relationships_of_some_sides_are_of_their_claims_alone(stored: Ledger) -> None:
    """A claim in which the sides do not both take part counts for none of their relationships."""
    stored.append(event("CONSULT", "2021-01-01", actor="p1", recipient="p2"))
    view = stored.as_of("2021-01-03")
    assert view.relationships() == {
        ("JPN", "UKR"): {"state": 1, "event": 1},
        ("UKR", "pm"): {"event": 3},
        ("p1", "p2"): {"event": 1},
    }
    assert view.between("JPN", "UKR").relationships() == {
        ("JPN", "UKR"): {"state": 1, "event": 1},
        ("UKR", "pm"): {"event": 3},
    }
    assert view.involving("p2").relationships() == {("p1", "p2"): {"event": 1}}


@pytest.mark.parametrize("days", [DAYS, DAYS[::-1]])
@pytest.mark.parametrize("few", [300, 2])
def test_no_answer_depends_on_the_questions_before(
    stored: Ledger, monkeypatch: pytest.MonkeyPatch, days: tuple[str, ...], few: int
) -> None:
    """In whatever order days are asked about, of few claims or of many, the answers are the same."""
    monkeypatch.setattr("factledger.views.indexed._FEW", few)
    views = {day: stored.as_of(day).between("JPN", "UKR") for day in days}
    counts = {day: view.count("event") for day, view in views.items()}
    assert counts == dict(zip(DAYS, (1, 2, 4, 5, 5), strict=True))
    first = len(stored) - 5
    numbers = [first, first + 1, first + 2, first + 4]
    assert list(views["2021-01-03"].numbers("event")) == numbers


def test_the_spans_of_few_claims_are_read_once(
    stored: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first question reads them, and the tables are not asked again on any other day."""
    asked: list[str] = []
    for name in ("some_spans", "standing", "count"):
        monkeypatch.setattr(TableColumns, name, noted(getattr(TableColumns, name), asked))
    for day in DAYS:
        view = stored.as_of(day).between("JPN", "UKR")
        assert (len(view.standings), view.count("event")) != (0, 0)
    assert asked == ["some_spans"]


def test_no_more_scopes_are_kept_than_are_asked_about_again_and_again(
    stored: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one asked about first is forgotten first; it answers as before."""
    monkeypatch.setattr("factledger.views.scope._KEPT", 2)
    scopes = stored.as_of("2021-01-03")._scopes
    first = scopes.about("JPN")
    assert scopes.about("JPN") is first
    scopes.about("UKR")
    scopes.about("pm")
    again = scopes.about("JPN")
    assert again is not first
    assert list(again.changes()) == list(first.changes())
