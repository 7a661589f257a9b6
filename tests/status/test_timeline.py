"""The tracks of the claims of a belief, worked out as they are asked for, and kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from factledger.records.amendments import Dispute
from factledger.records.declarations import Actor
from factledger.status.live.live import Live
from factledger.status.timeline import Timeline
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, source

LEVELS = ledger(
    source(published="2021-12-31"),
    level("partner", since="2021-03-01"),
    level("ally", since="2021-09"),
    Dispute(target=S + 1, citations=cited()),
)


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


def test_an_actor_may_have_any_name() -> None:
    """No question about an actor is taken for a question about all."""
    every = Actor(id="all", category="group", names=["All"])
    found = ledger(source(), every, level(), event("CONSULT", "2021-06-01", actor="all"))
    timeline = Timeline(found.belief())
    assert [len(timeline.about()), len(timeline.about("all"))] == [2, 1]
