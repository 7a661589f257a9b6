"""Further questions: who held a post, when nobody or two did, what a source says, what a day brought."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import attrs
import pytest

import ledgers
from factledger import (
    Close,
    Correct,
    Day,
    FieldError,
    Ledger,
    NotFound,
    Status,
    View,
    gaps,
    overlaps,
    tenures,
)
from factledger.dates.edtf import parse
from factledger.log.lines import Line
from factledger.log.stores.sqlite import SqliteStore
from factledger.records.claims import Claim
from factledger.views.inquiries.days import days_left_open, facts_of_day
from factledger.views.inquiries.names import actor_meant
from factledger.views.inquiries.sources import claims_said, entries_citing, sources_said
from factledger.views.inquiries.tenures import HeldStretch, Tenure, common_days, posts_held


@pytest.fixture(scope="module")
def view() -> View:
    """Three holders of a post: the second follows after some weeks, the third while it holds."""
    return ledgers.ledger(
        ledgers.source(published="2023"),
        ledgers.office("p1", "2021-01-01", "2021-03-31"),
        ledgers.office("p2", "2021-05-01", "2022-01-31"),
        ledgers.office("p3", "2022-01-15", "2022-12-31"),
    ).as_of("2022-06-01")


def test_tenures_have_the_days_of_each_holder(view: View) -> None:
    """Each is told by its stretches, whatever the day of the view."""
    one, two, three = tenures(view, "pm")
    assert [t.holders for t in (one, two, three)] == [("p1",), ("p2",), ("p3",)]
    (held,) = one.held
    assert (str(held.first), str(held.last), held.status) == (
        "2021-01-01",
        "2021-03-31",
        Status.DEFINITE,
    )
    assert {s.status for s in three.held} == {Status.CONTESTED, Status.DEFINITE}


def test_a_stretch_goes_on_as_long_as_its_status() -> None:
    """That a holder would be presumed, were he not contested, parts no days."""
    found = ledgers.ledger(
        ledgers.source(published="2022"),
        ledgers.source("t", published="2022-03-01"),
        ledgers.office("p1", "2021", "..", sources=["t"]),
        ledgers.office("p2", "2022-02-01", "2022-12-31"),
    ).as_of("2022-06-01")
    for tenure in tenures(found, "pm"):
        statuses = [stretch.status for stretch in tenure.stretches]
        assert all(one is not other for one, other in pairwise(statuses)), statuses


def test_a_gap_is_what_no_holder_covers(view: View) -> None:
    """It lies between two holders; nobody possibly held the post in it."""
    (gap,) = gaps(view, "pm")
    assert (str(gap.first), str(gap.last), gap.possibly) == ("2021-04-01", "2021-04-30", ())


def test_an_overlap_is_what_two_holders_cover(view: View) -> None:
    """It is told once for each two, with its days."""
    (both,) = overlaps(view, "pm")
    assert (both.one.holders, both.other.holders) == (("p2",), ("p3",))
    assert (str(both.first), str(both.last)) == ("2022-01-15", "2022-01-31")


def test_who_possibly_held_a_post_fills_no_gap() -> None:
    """One whose days nobody knows is named beside the gap; one who holds for ever has no last day."""
    view = ledgers.ledger(
        ledgers.source(published="2023"),
        ledgers.office("p1", "2021-01-01", "2021-03-31"),
        ledgers.office("p2", "[2021-01..2021-12]", "[2021-06..2021-12]", post="premier"),
        ledgers.office("p3", "2021-05-01", ".."),
    ).as_of("2022")
    (gap,) = gaps(view, "pm")
    assert gap.possibly == ()
    assert tenures(view, "pm")[1].stretches[-1].last is None
    assert gaps(view, "premier") == ()
    assert set(posts_held(view)) == {"pm", "premier"}
    with pytest.raises(NotFound):
        tenures(view, "nobody")


def test_an_actor_is_meant_by_id_or_name(view: View) -> None:
    """Case does not count; what means nobody stays as it is."""
    belief = view.belief
    assert actor_meant(belief, "JPN") == actor_meant(belief, "jpn") == "JPN"
    assert actor_meant(belief, "P1") == "p1"
    assert actor_meant(belief, "Nobody Here") == "Nobody Here"
    assert actor_meant(belief, "—") == "—"


def test_a_source_is_told_with_what_rests_on_it_alone() -> None:
    """Of its live claims, each is alone unless another publisher says it too."""
    ledger = ledgers.ledger(
        ledgers.source("s", publisher="One"),
        ledgers.source("t", publisher="Two"),
        ledgers.office("p1", sources=("s", "t")),
        ledgers.office("p2", post="premier", sources=("s",)),
    )
    belief = ledger.belief()
    assert [(said.source.id, said.count) for said in sources_said(belief)] == [("s", 2), ("t", 1)]
    assert {c.claim.actors("holder"): c.alone for c in claims_said(belief, "s", 0, 9)} == {
        ("p1",): False,
        ("p2",): True,
    }
    assert entries_citing(belief, "t") == 1
    early = ledger.belief(ledgers.FIRST_NUMBER)  # before the second was declared
    assert [said.source.id for said in sources_said(early)] == ["s"]


def test_an_overlap_goes_on_from_stretch_to_stretch(view: View) -> None:
    """Days of stretches that follow one another are one run, whatever they are held by."""

    def held(*days: tuple[Day, Day | None]) -> Tenure:
        """Return a tenure that is held on some days."""
        stretches = (HeldStretch(first, last, Status.DEFINITE) for first, last in days)
        return attrs.evolve(tenures(view, "pm")[0], stretches=tuple(stretches))

    common = common_days(
        held((Day(1), Day(4)), (Day(5), Day(9)), (Day(20), None)), held((Day(3), None))
    )
    assert [*common] == [(3, 9), (20, None)]


def test_a_day_has_what_surely_was_on_it_first(view: View) -> None:
    """A beginning, an end; on another day nothing."""
    ledger = view.belief.index
    assert len(ledger) > 0

    def told(day: str) -> list[tuple[str, bool]]:
        asked = ledgers.ledger(
            ledgers.source(published="2023"), ledgers.office("p1", "2021-01", "2021-03-31")
        ).as_of(day)
        return [(fact.what, fact.sure) for fact in facts_of_day(asked)]

    assert told("2021-03-31") == [("ended", True)]
    assert told("2021-01-10") == [("began", False)]
    assert told("2021-07-01") == []


@pytest.mark.parametrize(
    ("told", "day", "ended"),
    [
        ((), "2023-06-30", False),
        (
            (ledgers.event("office-left", "2023-03-05", holder="p1", post="pm", sources=("t",)),),
            "2023-06-30",
            False,
        ),
        ((), "2022-05-31", False),
        ((ledgers.office(since="2021", until="2023-06-30", sources=("t",)),), "2023-06-30", True),
    ],
    ids=["planned", "over before", "no end of it", "told afterwards"],
)
def test_an_end_that_was_only_planned_is_of_no_day(
    told: tuple[Claim, ...], day: str, ended: bool
) -> None:
    """Nobody says that it ended then, and where it was over before, it did not."""
    later = ledgers.source("t", published="2024")
    found = ledgers.ledger(
        ledgers.source(), later, ledgers.office(since="2021", until="2023-06-30"), *told
    )
    assert ("ended" in {fact.what for fact in facts_of_day(found.as_of(day))}) == ended


def test_an_end_that_a_later_entry_gives_is_told_on_its_day() -> None:
    """By a `close`, and by a correction that changes the end alone."""
    held = ledgers.office("p1", "2021-01-01", "..")
    changed = attrs.evolve(held, until="2021-05-06")
    n = ledgers.FIRST_NUMBER + 1
    for later in (
        Close(target=n, until="2021-05-06", citations=ledgers.cited()),
        Correct(target=n, reason="misread", record=changed, changes=["until"]),
    ):
        view = ledgers.ledger(ledgers.source(published="2023"), held, later).as_of("2021-05-06")
        assert [(f.what, f.sure) for f in facts_of_day(view)] == [("ended", True)]


@pytest.mark.parametrize(
    ("date", "days"), [("2021-03-04", 1), ("2021-03", 31), ("[2019..2023]", None), ("2020", None)]
)
def test_a_window_is_the_days_that_a_date_leaves_open(date: str, days: int | None) -> None:
    """None where the day is not among them, or they are too many to tell of a day."""
    assert days_left_open(parse(date), Day.parse("2021-03-04")) == days
    assert days_left_open(None, Day.parse("2021-03-04")) is None


def test_a_search_has_pages_and_facets(view: View) -> None:
    """The newest come first; what they are about is counted over all of them."""
    ledger = ledgers.ledger(
        ledgers.source(published="2024"),
        *(ledgers.office(f"p{i}", f"202{i}-01-01", f"202{i}-02-01") for i in (1, 2, 3)),
    )
    found = ledger.search("office", kind="state", most=2)
    assert (len(found), bool(found), len(found.numbers)) == (3, True, 2)
    assert found.facets["type"] == {"office": 3}
    assert ledger.search("office", kind="state", most=2, first=2).numbers == (found.numbers[1] - 1,)
    assert ledger.search("", type="office", year=2022).total == 1
    assert not ledger.search("office", actor="nobody")
    with pytest.raises(FieldError, match="20 words"):
        ledger.search("w " * 21)


def test_far_pages_of_a_search_are_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also beyond the entries whose facets are counted."""
    monkeypatch.setattr("factledger.views.inquiries.search.COUNTED", 1)
    ledger = Ledger.create("memory:", origin="o")
    for i in range(4):
        ledger.append({"kind": "actor", "id": f"A{i}", "category": "group", "names": ["Same"]})
    assert ledger.search("same", first=2, most=2).numbers == (3, 2)


def test_the_entries_of_a_search_are_read_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is asked once for all whose facets are counted, not once for each of them."""
    address = str(tmp_path / "x.db")
    with Ledger.create(address, origin="o") as made:
        made.append(
            *(
                {"kind": "actor", "id": f"A{i}", "category": "group", "names": ["Same"]}
                for i in range(9)
            )
        )
    asked: list[int] = []
    one_by_one = SqliteStore.line

    def line(store: SqliteStore, number: int) -> Line:
        asked.append(number)
        return one_by_one(store, number)

    monkeypatch.setattr(SqliteStore, "line", line)
    with Ledger.open(address) as ledger:
        asked.clear()
        assert ledger.search("same").total == 9
    assert asked == []
