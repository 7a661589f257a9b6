"""Each claim's standing as steps of the date, and the changes from one step to the next."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.records.amendments import Dispute, Retract
from factledger.records.declarations import Actor
from factledger.status.live.live import Live
from factledger.status.spans import Status
from factledger.status.timeline import Timeline, changes, steps_along
from factledger.testing import History, days, histories
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, office, source

LEVELS = ledger(
    source(published="2021-12-31"),
    level("partner", since="2021-03-01"),
    level("ally", since="2021-09"),
    Dispute(target=S + 1, citations=cited()),
)


@given(histories(), st.none() | days())
def test_a_track_has_one_standing_on_every_day(history: History, published: Day | None) -> None:
    """Steps rise from the beginning of time on, and each differs from the one before."""
    timeline = Timeline(history.ledger().belief(published=published))
    for track in timeline.about():
        assert track.days[0] == BEGINNING
        assert list(track.days) == sorted(set(track.days))
        assert track.days[-1] < FOREVER
        pairs = zip(track.standings, track.standings[1:], strict=False)
        assert all(before != after for before, after in pairs)
        for day, standing in steps_along(track):
            assert track.at(day) == standing


@given(histories())
def test_tracks_come_by_their_first_possible_day_then_by_entry(history: History) -> None:
    """The order of standings is that of their appearance, stated before derived."""
    timeline = Timeline(history.ledger().belief())
    order = [track.order for track in timeline.about()]
    assert order == sorted(order)
    for track in timeline.about():
        first, number, derived = track.order
        assert (number, derived) == (track.standings[0].number, track.standings[0].derived)
        assert all(s.alone is Status.NOT_YET for d, s in steps_along(track) if d < first)
        assert first == FOREVER or track.at(first).alone is not Status.NOT_YET


def test_no_garbage_is_looked_for_while_tracks_are_made() -> None:
    """Whoever asks for tracks, of all claims or of some, waits for no collector of garbage."""
    timeline, found = Timeline(LEVELS.belief()), list[bool]()

    def lives() -> Iterator[Live]:
        for live in timeline.belief.claims():
            found.append(gc.isenabled())
            yield live

    timeline.tracks(lives())
    assert found == [False, False]
    assert gc.isenabled()


def test_the_tracks_asked_for_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many answers and no more: who asks about one actor after another fills no memory."""
    monkeypatch.setattr("factledger.status.timeline._KEPT", 2)
    timeline = Timeline(LEVELS.belief())
    first, second = timeline.about("JPN"), timeline.about("UKR")
    assert timeline.about("JPN") is first
    timeline.about("JPN", "UKR")  # the third: what was asked for first is let go
    assert timeline.about("UKR") is second
    assert timeline.about("JPN") is not first


def test_changes_tell_what_turned_from_what_into_what() -> None:
    """Each turn is told with the status before and after; being contested anew is a turn too."""
    told = [
        (str(c.day), c.standing.number - S, str(c.before), str(c.after), c.standing.contested_by)
        for c in LEVELS.changes()
    ]
    by, both = (S + 3,), (S + 2, S + 3)
    assert told == [
        ("2021-03-01", 1, "not-yet", "contested", by),
        ("2021-09-01", 2, "not-yet", "possible", ()),
        ("2021-09-30", 1, "contested", "contested", both),
        ("2021-09-30", 2, "possible", "contested", (S + 1,)),
        ("2022-01-01", 1, "contested", "ended", ()),
        ("2022-01-01", 2, "contested", "presumed", ()),
    ]


def test_what_has_always_held_turns_at_the_beginning() -> None:
    """A state since ever turns from not-yet at the beginning of time."""
    (first, *_) = ledger(source(), level(since="..")).changes()
    assert (first.day, first.before, first.after) == (
        BEGINNING,
        Status.NOT_YET,
        Status.DEFINITE,
    )


def test_changes_are_equal_where_all_they_tell_is() -> None:
    """Two readings of a ledger give equal changes; another entry makes another change."""
    one, other = LEVELS.changes(), LEVELS.changes()
    assert one == other
    assert len({*one, *other}) == len(one)
    assert one[0] != one[0]._replace(number=99)
    assert one[0] != "a change"


def test_changes_of_one_day_come_in_the_order_of_the_tracks() -> None:
    """What began earlier turns first, whichever was recorded first."""
    found = ledger(
        source(),
        event("CONSULT", "2021-06-01", actor="JPN", recipient="UKR"),  # S + 1
        office("p1", "2021-01-01", "2021-05-31"),  # S + 2
    )
    that_day = [c.number - S for c in found.changes() if str(c.day) == "2021-06-01"]
    assert that_day == [2, 1]


def test_those_who_contest_are_told_in_the_order_of_the_log() -> None:
    """The entries come by their numbers, whatever these are."""
    disputes = [Dispute(target=S + 1, citations=cited(), note=f"{i}") for i in range(8)]
    for few in range(1, 5):
        taken_back = [Retract(target=S + 2 + i, reason="r") for i in range(8 - few)]
        found = ledger(source(), level(), *disputes, *taken_back)
        (standing,) = found.as_of("2022-01-01").standings
        assert standing.contested_by == tuple(range(S + 10 - few, S + 10))


def test_an_actor_may_have_any_name() -> None:
    """No question about an actor is taken for a question about all."""
    every = Actor(id="all", category="group", names=["All"])
    found = ledger(source(), every, level(), event("CONSULT", "2021-06-01", actor="all"))
    timeline = Timeline(found.belief())
    assert [len(timeline.about()), len(timeline.about("all"))] == [2, 1]


def test_no_tracks_have_no_changes() -> None:
    """Nothing stands, so nothing turns."""
    assert changes([]) == []


def test_a_presumed_standing_names_the_day_it_was_last_attested() -> None:
    """The last day for which a source vouches is told while it is presumed, and not else."""
    found = ledger(source(), level())
    by_day = {day: found.as_of(day).standings[0].attested for day in ("2022-06-01", "2022-06-02")}
    assert by_day == {"2022-06-01": None, "2022-06-02": Day.parse("2022-06-01")}


@pytest.mark.parametrize(
    ("question", "numbers"),
    [(("JPN", "UKR"), {S + 1}), (("p1", "pm"), {S + 2, S + 3}), (("UKR", "p1"), set())],
)
def test_changes_can_be_asked_for_of_one_relationship(
    question: tuple[str, str], numbers: set[int]
) -> None:
    """Only the claims in which both take part are told."""
    assumed = event("office-assumed", "2021-03-01", holder="p1", post="pm")
    found = ledger(source(), level(), office(), assumed)
    assert {c.standing.number for c in found.changes(between=question)} == numbers


@given(histories(), st.lists(days(), min_size=2, max_size=5))
def test_a_track_says_the_same_of_a_day_whatever_was_asked_before(
    history: History, asked: list[Day]
) -> None:
    """The first day that is asked about is read off by itself, and says what the whole course says."""
    belief = history.ledger().belief()
    both = (Timeline(belief).about() for _ in range(2))
    for track, whole in zip(*both, strict=True):
        steps = [*steps_along(whole)]
        for day in (*asked, asked[0]):
            wanted = [standing for turn, standing in steps if turn <= day][-1]
            assert track.at(day) == wanted
            assert track.shown(day) == (wanted if wanted.status.shown else None)
