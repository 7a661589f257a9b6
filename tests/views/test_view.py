"""What stood at a date, as a value that answers questions."""

from __future__ import annotations

import attrs
import pytest

from factledger.dates.days import BEGINNING
from factledger.errors import NotFound
from factledger.records.amendments import Dispute, Identify
from factledger.records.claims import Assessment, State
from factledger.records.declarations import Actor, Type
from factledger.status.spans import Status
from factledger.views.view import Answer, View
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, office, people, source

RECORDS = (
    source(),
    level("partner", since="2021-03"),  # S + 1
    office("p1", since="2021-01-01", until="2021-06-30"),  # S + 2
    office("p2", since="2021-07-01"),  # S + 3
    event("CONSULT", "2021-03-05", actor="pm", recipient="UKR", mode="visit"),  # S + 4
    event("CONSULT", "2021", actor="JPN", recipient="UKR", mode="phone"),  # S + 5
    Assessment(type="evaluative", when="2021-03-06", participants=people(party="JPN UKR"),
               citations=cited()),  # S + 6
    event("office-assumed", "2021-07-01", holder="p2", post="pm"),  # S + 7
    Dispute(target=S + 1, citations=cited()),
)  # fmt: skip
LEDGER = ledger(*RECORDS)


def numbers(standings: object) -> list[int]:
    """Return the entries of standings, counted from the source."""
    return [s.number - S for s in standings]  # type: ignore[attr-defined]


def test_a_view_shows_what_is_definite_presumed_or_possible() -> None:
    """Ended, not-yet and judgements are left out; everything can be asked for."""
    view = LEDGER.as_of("2021-04-15")
    assert numbers(view.standings) == [2, 5, 1, 4]
    assert numbers(view.assessments) == [6]
    assert numbers(view.every) == [2, 5, 1, 4, 6, 3, 7]
    assert numbers(LEDGER.as_of("2020-01-01").assessments) == []


def test_a_view_says_where_it_stands() -> None:
    """The coordinates name the day, the entry, the cut of publication and the head."""
    at = LEDGER.as_of("2021-04", recorded=S, published="2021").at
    assert (str(at.valid), at.recorded, str(at.published), at.coarse) == (
        "2021-04-30", S, "2021-12-31", "end of 2021-04",
    )  # fmt: skip
    assert str(at) == (
        f"valid 2021-04-30 (end of 2021-04) · recorded up to #{S} of 2024-01-01T12:00:00.000000Z · "
        f"published 2021-12-31 · head {at.head[:16]}"
    )
    nothing = str(LEDGER.as_of("2021-04-01", recorded=0).at)
    assert nothing == (
        "valid 2021-04-01 · recorded up to #0 · published at any time · head 0000000000000000"
    )


def test_a_relationship_holds_the_claims_in_which_both_take_part() -> None:
    """A country takes part through its posts; the view keeps its coordinates and its sides."""
    view = LEDGER.as_of("2021-04-15")
    narrow = view.between("JPN", "UKR")
    assert numbers(narrow.standings) == [5, 1, 4]
    assert (narrow.at, narrow.sides) == (view.at, ("JPN", "UKR"))
    assert numbers(view.involving("p1").standings) == [2]


@pytest.mark.parametrize(
    ("day", "answer", "status", "contested"),
    [
        ("2021-02-01", "unknown", None, False),
        ("2021-03-15", "partner, contested", Status.CONTESTED, True),
        ("2021-04-15", "partner, contested", Status.CONTESTED, True),
        ("2023-01-01", "partner, contested", Status.CONTESTED, True),
    ],
)
def test_the_level_of_a_relationship_is_an_answer_with_its_status(
    day: str, answer: str, status: Status | None, contested: bool
) -> None:
    """An answer says what stands, how it stands, and whether it is contested."""
    level_then = LEDGER.as_of(day).between("JPN", "UKR").level
    assert str(level_then) == answer
    assert (level_then.status, level_then.contested) == (status, contested)
    assert bool(level_then) == (status is not None)


def test_answers_come_best_known_first_and_each_value_once() -> None:
    """Definite comes before presumed, and presumed before possible, whichever began first."""
    found = ledger(
        source(),
        source("late", "2024-01-01"),
        *(Actor(id=name, category="country", names=[name]) for name in ("CHN", "IND")),
        _level_with("UKR", "ally", since="2021-01", until=""),
        _level_with("CHN", "partner", since="2021-02-01", until=".."),
        _level_with("IND", "partner", since="2021-03-01", until="2023-12-31", source="late"),
    )
    level = found.as_of("2022-09-01").level
    assert str(level) == "partner, definite; partner, presumed; ally, possible"
    assert (level.values, level.status) == (("partner", "ally"), Status.DEFINITE)
    assert Answer(()).values == ()


def _level_with(other: str, value: str, *, since: str, until: str, source: str = "s") -> State:
    """Return that Japan and another country have a relationship of a level."""
    who = people(party=f"JPN {other}")
    return attrs.evolve(level(value, since, until), participants=who, citations=cited(source))


def test_an_answer_is_a_value_told_by_its_standings() -> None:
    """It is equal where its standings are, is shown by them, and says their sentences by itself."""
    view = LEDGER.as_of("2021-04-15")
    assert view.level == view.level
    assert view.level != LEDGER.as_of("2021-03-15").level
    answer = Answer(view.standings[:1])
    assert answer.values == ("P1 is pm",)
    assert repr(answer) == f"Answer(standings={view.standings[:1]!r})"


def test_who_holds_a_post_is_asked_by_the_post() -> None:
    """The holders are named by the names declared; a denial holds nothing, nor does who is no post."""
    assert str(LEDGER.as_of("2021-04-15").holder("pm")) == "P1, definite"
    assert str(LEDGER.as_of("2021-08-15").holder("pm")) == "P2, definite"
    assert str(LEDGER.as_of("2021-08-15").holder("premier")) == "unknown"
    assert str(LEDGER.as_of("2021-04-15").holder("p1")) == "unknown"
    both = ledger(source(), attrs.evolve(office(), participants=people(holder="p1 p2", post="pm")))
    assert str(both.as_of("2021-08-15").holder("pm")) == "P1, P2, definite"
    denied = ledger(source(), office("p1", polarity="denied"))
    assert str(denied.as_of("2021-08-15").holder("pm")) == "unknown"


def test_who_holds_a_post_is_answered_under_each_of_its_ids() -> None:
    """A post that is the same as another is held by whoever holds that one."""
    found = ledger(
        source(), office("p1"), Identify(actors=["pm", "premier"], verdict="same", reason="r")
    )
    view = found.as_of("2021-08-15")
    assert str(view.holder("premier")) == str(view.holder("pm")) == "P1, definite"


def test_a_level_without_a_value_is_unnamed() -> None:
    """A relationship of a level that no source names is answered as unnamed."""
    found = ledger(source(), level(None))
    assert str(found.as_of("2021-08-15").level) == "unnamed, definite"


def test_events_are_asked_for_by_type_and_mode() -> None:
    """Events that happened or possibly did, of one type and mode where these are given."""
    view = LEDGER.as_of("2021-04-15")
    assert numbers(view.events()) == [5, 4]
    assert numbers(view.events("CONSULT", mode="visit")) == [4]
    assert numbers(view.events(mode="phone")) == [5]
    assert numbers(view.events("AGREE")) == []
    (visit,) = view.events("CONSULT", mode="visit")
    assert visit.sentence == "The pm visited Ukr"
    assert visit.citations == tuple(cited())


def test_contested_standings_are_asked_for() -> None:
    """What other entries contradict or dispute is shown, with them."""
    contested = LEDGER.as_of("2021-04-15").contested
    assert [(s.number - S, s.contested_by) for s in contested] == [(1, (S + 8,))]


def test_standings_are_grouped_by_the_group_of_their_type() -> None:
    """Groups come in the order of the vocabulary, then those of declared types, else other."""
    found = ledger(
        source(), Type(id="rite", shape="event", group="rites"),
        event("rite", "2021-03-05", actor="JPN"), level(), event("handover", "2021-03-05", post="pm"),
    )  # fmt: skip
    view = found.as_of("2021-04-15")
    groups = {group: numbers(members) for group, members in view.groups().items()}
    assert groups == {"relationship": [3], "offices": [4], "other": [4], "rites": [2]}
    assert view.groups([]) == {}
    undeclared = attrs.evolve(view.standings[0], claim=event("jubilee", "2021", actor="JPN"))
    assert view.group(undeclared) == "other"


def test_why_tells_what_an_entry_speaks_for() -> None:
    """An event speaks for itself and for what it begins; other entries for nothing."""
    view = LEDGER.as_of("2021-08-15")
    assert [(s.number - S, s.derived) for s in view.why(S + 4)] == [(4, False)]
    assert [s.number - S for s in view.why(S + 7)] == [7]
    assert [view.why(n) for n in (S, 0)] == [(), ()]
    begun = ledger(source(), event("SANCTION", "2021-03-05", actor="JPN", recipient="UKR"))
    assert [s.claim.type for s in begun.as_of("2021-08-15").why(S + 1)] == ["SANCTION", "sanctions"]


def test_an_actor_that_is_not_declared_is_an_error_with_the_nearest() -> None:
    """Asking about an unknown actor raises, and says which was perhaps meant."""
    view = LEDGER.as_of("2021-04-15")
    with pytest.raises(NotFound, match="actor 'UKX': not found; did you mean 'UKR'"):
        view.between("JPN", "UKX")
    with pytest.raises(NotFound, match=r"not found; the ledger declares no such actor by then$"):
        view.involving("zzzzzz")
    with pytest.raises(NotFound, match=r"actor 'pmm': not found; did you mean 'pm'[?]$"):
        view.holder("pmm")
    assert view.name("JPN") == "Jpn"
    assert [view.owner(name) for name in ("pm", "JPN", "zzzzzz")] == ["JPN", None, None]


def test_an_actor_is_found_by_its_names_and_only_once_it_is_declared() -> None:
    """A name that is near is advice; an actor that was declared later is not known before."""
    later = Actor(id="kishida-fumio", category="person", names=["The Premier"])
    found = ledger(source(), later)
    with pytest.raises(NotFound, match="did you mean 'kishida-fumio'"):
        found.as_of("2021").involving("the premier")
    with pytest.raises(NotFound, match="the ledger declares no such actor by then"):
        found.as_of("2021", recorded=S).involving("kishida-fumio")


def test_views_of_one_ledger_at_one_place_are_equal() -> None:
    """A view is a value: equal where it stands at the same coordinates and between the same sides."""
    view = LEDGER.as_of("2021-04-15")
    assert view == LEDGER.as_of("2021-04-15") == ledger(*RECORDS).as_of("2021-04-15")
    assert len({view, LEDGER.as_of("2021-04-15")}) == 1
    assert view != LEDGER.as_of("2021-04-16")
    assert view != LEDGER.as_of("2021-04-15", recorded=S + 1)
    assert view != LEDGER.as_of("2021-04-15", published="2023-01-01")
    assert view != view.involving("JPN")
    assert view != "a view"


def test_the_turns_of_what_is_in_view_are_told_whatever_its_day() -> None:
    """They are those of the ledger along all of time, of both sides where the view has sides."""
    view = LEDGER.as_of("2021-04-15")
    both = ("JPN", "UKR")
    assert list(view.changes()) == list(LEDGER.changes())
    assert list(view.between(*both).changes()) == list(LEDGER.changes(between=both))


@pytest.mark.parametrize(
    ("day", "turned"),
    [("2021-03-31", "2021-03-31"), ("2021-04-15", "2021-03-31"), ("2023-01-01", "2022-06-02")],
)
def test_a_view_tells_since_when_a_standing_is_as_it_is(day: str, turned: str) -> None:
    """That is the last of its turns up to the day of the view, that day included."""
    view = LEDGER.as_of(day)
    (standing,) = view.why(S + 1)
    assert str(view.past(standing)[-1][0]) == turned
    assert view.past(standing)[-1][1] == standing


def test_a_state_turns_apart_from_the_event_that_began_it() -> None:
    """The event is definite from its day on, the state that it began presumed from the next."""
    begun = ledger(source(), event("SANCTION", "2021-03-05", actor="JPN", recipient="UKR"))
    view = begun.as_of("2021-08-15")
    assert [str(view.past(s)[-1][0]) for s in view.why(S + 1)] == ["2021-03-05", "2021-03-06"]
    ever = ledger(source(), level(since="..")).as_of("2021-08-15")
    assert ever.past(ever.standings[0])[0][0] == BEGINNING


def test_a_view_is_shown_by_its_day_and_sides() -> None:
    """What it is worked out from is left out: it would fill pages."""
    view = LEDGER.as_of("2021-04-15").involving("JPN")
    assert repr(view) == "View(day=Day('2021-04-15'), coarse=None, sides=('JPN',))"


def test_standings_are_counted_by_shape_and_relationship() -> None:
    """The numbers are those of the standings shown, and each two actors of a claim share it."""
    view = LEDGER.as_of("2021-04-15")
    assert numbers_of(view, "state") == [1, 2]
    assert numbers_of(view, "event") == [4, 5]
    assert [view.count(shape) for shape in ("state", "event", "tally")] == [2, 2, 0]
    assert view.relationships() == {
        ("JPN", "UKR"): {"state": 1, "event": 1, "assessment": 1},
        ("UKR", "pm"): {"event": 1},
        ("p1", "pm"): {"state": 1},
    }


def numbers_of(view: View, shape: str) -> list[int]:
    """Return the entries of the standings of a shape, counted from the source."""
    return [number - S for number in view.numbers(shape)]
