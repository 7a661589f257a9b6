"""The standing of each claim as steps of the date."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factledger.dates.days import BEGINNING, FOREVER, Day
from factledger.records.amendments import Dispute, Retract
from factledger.status.spans import Status
from factledger.status.timeline import Timeline
from factledger.status.tracks.track import steps_along
from factledger.testing import History, days, histories
from ledgers import FIRST_NUMBER as S
from ledgers import cited, ledger, level, source

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


def test_those_who_contest_are_told_in_the_order_of_the_log() -> None:
    """The entries come by their numbers, whatever these are."""
    disputes = [Dispute(target=S + 1, citations=cited(), note=f"{i}") for i in range(8)]
    for few in range(1, 5):
        taken_back = [Retract(target=S + 2 + i, reason="r") for i in range(8 - few)]
        found = ledger(source(), level(), *disputes, *taken_back)
        (standing,) = found.as_of("2022-01-01").standings
        assert standing.contested_by == tuple(range(S + 10 - few, S + 10))


def test_a_presumed_standing_names_the_day_it_was_last_attested() -> None:
    """The last day for which a source vouches is told while it is presumed, and not else."""
    found = ledger(source(), level())
    by_day = {day: found.as_of(day).standings[0].attested for day in ("2022-06-01", "2022-06-02")}
    assert by_day == {"2022-06-01": None, "2022-06-02": Day.parse("2022-06-01")}


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
