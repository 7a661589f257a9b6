"""Which claims are live at a knowledge cut, and what supports, ends and disputes them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from factledger.dates.days import BEGINNING, Day
from factledger.ledger.ledger import Ledger
from factledger.records.amendments import (
    Close,
    Correct,
    Corroborate,
    Dispute,
    Identify,
    Redact,
    Retract,
    Withdraw,
)
from factledger.records.claims import Count, State, Tally
from factledger.records.declarations import Source, Type
from factledger.records.record import Record
from factledger.records.vocabulary import Key
from factledger.status.belief import Belief
from ledgers import FIRST_NUMBER as S
from ledgers import cited, event, ledger, level, office, people, source, standings

CLAIM = S + 1  # where a ledger begins with one source and one claim


def live_numbers(of: Ledger, **cuts: Any) -> list[int]:
    """Return the entries of the claims that are live at two cuts."""
    return [live.number for live in of.as_of("2023-01-01", **cuts).belief.claims()]


def belief(*records: Record, published: str | None = None) -> Belief:
    """Return what a small ledger holds, published by a day."""
    day = None if published is None else Day.parse(published)
    return ledger(*records).belief(published=day)


# --- sources


@pytest.mark.parametrize(
    ("rule", "fields", "first", "last"),
    [
        ("R1 from the first to the last day of its date", {"published": "2022-06"},
         "2022-06-01", "2022-06-30"),
        ("R1 no later than it was retrieved",
         {"published": "2022", "retrieved": "2022-03"}, "2022-01-01", "2022-03-31"),
        ("R1 a retrieval before its publication is left aside",
         {"published": "2022-06", "retrieved": "2021"}, "2022-06-01", "2022-06-30"),
        ("R1 undated: no later than it was recorded", {"published": None},
         "-infinity", "2024-01-01"),
        ("R1 open: no later than it was recorded", {"published": "2022-06/.."},
         "2022-06-01", "2024-01-01"),
        ("R1 dated after all that limits it: on its first day", {"published": "2025-03/.."},
         "2025-03-01", "2025-03-01"),
    ],
    ids=lambda v: v if isinstance(v, str) and v.startswith("R") else "",
)  # fmt: skip
def test_a_source_was_published_within_a_window(
    rule: str, fields: dict[str, Any], first: str, last: str
) -> None:
    """A publication is no later than the retrieval, nor than the day on which it was recorded."""
    found = belief(source(**fields)).publication("s")
    assert (str(found.first), str(found.last)) == (first, last)


@pytest.mark.parametrize(
    ("published", "numbers", "status"),
    [
        (None, [CLAIM], "definite"),
        ("2022-05-31", [], None),
        ("2022-06-01", [CLAIM], "possible"),
        ("2022-06-29", [CLAIM], "possible"),
        ("2022-06-30", [CLAIM], "definite"),
    ],
)
def test_a_claim_counts_from_the_first_day_on_which_its_source_can_have_been_published(
    published: str | None, numbers: list[int], status: str | None
) -> None:
    """R2: from the first day it is possible at most, from the last day it is as it is."""
    found = ledger(source(published="2022-06"), event("CONSULT", "2021-03-05", actor="JPN"))
    assert live_numbers(found, published=published) == numbers
    view = found.as_of("2023-01-01", published=published)
    assert [str(s.status) for s in view.standings] == ([status] if status else [])


def test_a_withdrawn_source_supports_nothing_until_the_withdrawal_is_retracted() -> None:
    """R3: claims that rest only on a withdrawn source are not live; others keep their support."""
    found = ledger(
        source(), source("t"), level(), level("ally", sources=("s", "t")),
        Withdraw(source="s", reason="invented"), Retract(target=S + 4, reason="it was not"),
    )  # fmt: skip
    assert live_numbers(found, recorded=S + 3) == [S + 2, S + 3]
    assert live_numbers(found, recorded=S + 4) == [S + 3]
    assert live_numbers(found) == [S + 2, S + 3]


@pytest.mark.parametrize(
    ("rule", "sources", "origins"),
    [
        ("R4 a source is its own origin", [source("S1", publisher=None)], ["S1"]),
        ("R4 its publisher is its origin, in any case", [source("a", publisher="The TIMES")],
         ["The TIMES"]),
        ("R4 two of one publisher are one origin",
         [source("a", publisher="Times"), source("b", publisher="TIMES")], ["Times"]),
        ("R4 a copy has the origin of what it was copied from",
         [source("a", publisher="Times"), source("b", publisher="Post", copy_of="a"),
          source("c", publisher="Echo", copy_of="b")], ["Times"]),
        ("R4 a copy of a source without a publisher adds nothing to it",
         [source("a"), source("b", copy_of="a")], ["a"]),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)  # fmt: skip
def test_support_counts_origins_and_not_copies(
    rule: str, sources: list[Source], origins: list[str]
) -> None:
    """Support is the number of independent publishers."""
    names = [s.id for s in sources]
    found = ledger(*sources, level(sources=names))
    (standing,) = found.as_of("2023-01-01").standings
    assert list(standing.publishers) == origins
    assert standing.support == len(origins)


def test_copies_of_one_another_have_an_origin_each() -> None:
    """A ring of copies, which corrections can close, is followed once round and no further."""
    ring = Correct(
        target=S, reason="misread", record=source("a", publisher="Times", copy_of="b")
    )  # fmt: skip
    found = belief(source("a", publisher="Times"), source("b", publisher="Post", copy_of="a"), ring)
    assert (found.origin("a"), found.origin("b")) == ("Post", "Times")


# --- live


@pytest.mark.parametrize(
    "record",
    [
        Retract(target=CLAIM, reason="misread"),
        Redact(target=CLAIM, reason="private", authority="the keeper"),
        Correct(target=CLAIM, reason="misread", record=level("ally")),
    ],
    ids=["retract", "redact", "correct"],
)
def test_a_retired_claim_is_live_no_more(record: Record) -> None:
    """L1: a claim is live up to the entry that retracts, corrects or erases it, and not from it on."""
    found = ledger(source(), level(), record)
    assert CLAIM in live_numbers(found, recorded=CLAIM)
    assert CLAIM not in live_numbers(found)


@pytest.mark.parametrize(
    "record",
    [
        Redact(target=S, reason="private", authority="the keeper"),
        Correct(target=S, reason="misread", record=source(publisher="Times")),
    ],
    ids=["redact", "correct"],
)
def test_a_declaration_stands_until_another_entry_corrects_or_erases_it(record: Record) -> None:
    """L1: the entry that does so is told at every cut that includes it."""
    found = ledger(source(), source("t"), record)
    assert [found.belief(cut).retired_by(S) for cut in (S + 1, S + 2)] == [None, S + 2]
    assert found.belief().retired_by(S + 1) is None


def test_a_correction_that_is_taken_back_brings_back_the_reading_before_it() -> None:
    """C2: to undo a correction is to retract it; to take the claim back, its first reading."""
    found = ledger(
        source(), level(),
        Correct(target=CLAIM, reason="misread", record=level("ally")),
        Retract(target=CLAIM + 1, reason="read once more"),
    )  # fmt: skip
    assert live_numbers(found) == [CLAIM]
    found.append(Retract(target=CLAIM, reason="not there at all"))
    assert live_numbers(found) == []


@pytest.mark.parametrize(
    ("reason", "sources", "published", "numbers"),
    [
        ("misread", "s t", "2022-06-01", [CLAIM + 2]),
        ("misread", "t", "2022-06-01", []),
        ("misdated", "t", "2022-06-01", []),
        ("misidentified", "t", "2022-06-01", []),
        ("refined", "t", "2022-06-01", [CLAIM]),
        ("source-corrected", "t", "2022-06-01", [CLAIM]),
        ("refined", "t", "2022-09-01", [CLAIM]),
        ("refined", "t", "2022-09-30", [CLAIM + 2]),
        ("refined", "t", None, [CLAIM + 2]),
    ],
)
def test_a_correction_of_our_own_error_counts_whatever_was_published(
    reason: str, sources: str, published: str | None, numbers: list[int]
) -> None:
    """L2: a correction by a later source counts once that source was surely published."""
    later = source("t", published="2022-09")
    new = level("ally", sources=sources.split())
    found = ledger(source(), level(), later, Correct(target=CLAIM, reason=reason, record=new))
    assert live_numbers(found, published=published) == numbers


def test_a_corrected_declaration_counts_whatever_was_published() -> None:
    """L2: what is corrected in a declaration is ours, and no source's."""
    corrected = source(published="2021-01-01")
    found = belief(
        source(), level(), Correct(target=S, reason="refined", record=corrected),
        published="2021-01-01",
    )  # fmt: skip
    assert found.retired_by(S) == CLAIM + 1
    assert [live.number for live in found.claims()] == [CLAIM]


def test_a_corroboration_supports_a_claim_until_it_is_retracted() -> None:
    """L1, L3: settled by the earliest source, attested by the newest."""
    found = ledger(
        source(published="2022-06-01"), level(), source("t", published="2022-09-01"),
        Corroborate(target=CLAIM, citations=cited("t")),
        Retract(target=CLAIM + 2, reason="it says otherwise"),
    )  # fmt: skip
    before, after = (found.belief(k).live(CLAIM) for k in (CLAIM + 2, CLAIM + 3))
    assert before is not None
    assert after is not None
    assert [s.number for s in before.supports] == [CLAIM, CLAIM + 2]
    assert (str(before.settled), str(before.attested)) == ("2022-06-01", "2022-09-01")
    assert (str(after.settled), str(after.attested)) == ("2022-06-01", "2022-06-01")


def test_a_claim_is_settled_at_the_latest_and_attested_at_the_earliest() -> None:
    """L3: of a source that was published some day of a month, each takes the day that is safe."""
    live = belief(source(published="2022-06"), level()).live(CLAIM)
    assert live is not None
    assert (str(live.settled), str(live.attested)) == ("2022-06-30", "2022-06-01")


@pytest.mark.parametrize(
    ("published", "sure"), [("2022-06-01", True), ("2022-09-10", True), ("2022-05-10", False)]
)
def test_one_source_that_was_surely_published_makes_a_claim_sure(
    published: str, sure: bool
) -> None:
    """L1: another that was only possibly published by then takes nothing from it."""
    live = belief(
        source(published="2022-05"), level(), source("t", published="2022-09"),
        Corroborate(target=CLAIM, citations=cited("t")),
        published=published,
    ).live(CLAIM)  # fmt: skip
    assert live is not None
    assert live.sure == sure


def test_one_source_that_was_surely_published_makes_an_end_sure() -> None:
    """L4: a close with two sources comes once one of them was surely published."""
    close = Close(target=CLAIM, until="2022-07-31", citations=cited("s", "t"))
    live = belief(
        source(), level(), source("t", published="2022-09"), close, published="2022-09-10"
    ).live(CLAIM)
    assert live is not None
    assert live.ending is not None
    assert live.ending.sure


def test_claims_are_told_apart_by_what_they_say_and_not_by_when_it_was_recorded() -> None:
    """Of two that rank alike, the content decides: labels and the day of writing are left aside."""
    labelled = attrs.evolve(level(), label="one")
    later = attrs.evolve(level(), backfilled="2024-01-02T00:00:00.000000Z")
    lives = [belief(source(), claim).live(CLAIM) for claim in (level(), labelled, level("ally"))]
    plain, same, other = (live.content for live in lives if live is not None)
    (first, *_) = (live for live in lives if live is not None)
    assert plain == same == first._replace(claim=later).content
    assert plain != other
    assert plain != first._replace(claim=Tally(type="relationship-level", count=ONCE)).content


ONCE = Count(lower=1, upper=1)


def test_a_claim_lives_on_by_a_corroboration_alone() -> None:
    """L1: a claim whose own source is withdrawn is live as long as another says the same."""
    found = ledger(
        source(), level(), source("t"), Corroborate(target=CLAIM, citations=cited("t")),
        Withdraw(source="s", reason="invented"),
    )  # fmt: skip
    live = found.belief().live(CLAIM)
    assert live is not None
    assert [s.citation.source for s in live.supports] == ["t"]


@pytest.mark.parametrize(
    ("day", "published", "status"),
    [
        ("2022-07-31", None, "definite"),
        ("2022-08-01", None, "ended"),
        ("2022-08-01", "2022-08-31", "presumed"),  # the close is not yet published
        ("2022-07-31", "2022-09-01", "presumed"),  # it may be: the close vouches for nothing
        ("2022-08-01", "2022-09-01", "possible"),  # it may be published: the end may have come
        ("2030-01-01", "2022-09-01", "possible"),
        ("2022-08-01", "2022-09-30", "ended"),
    ],
)
def test_a_close_gives_a_state_its_end(day: str, published: str | None, status: str) -> None:
    """L4: the end of a close takes the place of the state's; if possibly published, it may come."""
    found = ledger(
        source(), level(), source("t", published="2022-09"),
        Close(target=CLAIM, until="2022-07-31", citations=cited("t")),
    )  # fmt: skip
    standing = standings(found, day, published=published)[CLAIM, False]
    assert str(standing.status) == status
    assert str(standing.until) == (".." if published == "2022-08-31" else "2022-07-31")


def test_a_close_counts_only_while_a_source_supports_it() -> None:
    """L4: a close that was retracted, or whose source was withdrawn, ends nothing."""
    close = Close(target=CLAIM, until="2022-07-31", citations=cited("t"))
    records = (source(), level(), source("t"), close)
    for undone in (Retract(target=CLAIM + 2, reason="no"), Withdraw(source="t", reason="no")):
        live = belief(*records, undone).live(CLAIM)
        assert live is not None
        assert live.ending is None


def test_a_dispute_is_shown_while_the_claim_is() -> None:
    """L5: the entry that disputes is named on every day on which the claim is shown."""
    found = ledger(
        source(), level(until="2022-03-01"), source("t"),
        Dispute(target=CLAIM, citations=cited("t")),
    )  # fmt: skip
    days = ("2021-02-28", "2021-03-01", "2022-03-01", "2022-03-02")
    contested = [standings(found, day)[CLAIM, False].contested_by for day in days]
    assert contested == [(), (CLAIM + 2,), (CLAIM + 2,), ()]


@pytest.mark.parametrize(
    "undone", [Retract(target=CLAIM + 2, reason="no"), Withdraw(source="t", reason="no")]
)
def test_a_dispute_that_nothing_supports_is_not_heard(undone: Record) -> None:
    """L5: a dispute counts as long as it stands and a citation of it counts."""
    found = belief(
        source(), level(), source("t"), Dispute(target=CLAIM, citations=cited("t")), undone
    )
    live = found.live(CLAIM)
    assert live is not None
    assert live.disputes == ()


def test_an_entry_is_heard_while_a_source_of_it_counts() -> None:
    """What a source says is heard once it is out, until the source is withdrawn."""
    found = ledger(
        source(), level(), source("t", published="2022"),
        Dispute(target=CLAIM, citations=cited("t")), Withdraw(source="t", reason="no"),
    )  # fmt: skip
    assert found.belief(CLAIM + 2).heard(CLAIM + 2) is True
    assert found.belief(CLAIM + 2, published=Day.of(2021, 12, 31)).heard(CLAIM + 2) is False
    assert found.belief(CLAIM + 3).heard(CLAIM + 2) is False


def test_an_entry_that_is_not_yet_known_or_no_claim_is_not_live() -> None:
    """L1: a later entry, a declaration, one that is corrected and an erased entry are no live claims."""
    found = ledger(source(), level())
    assert found.belief(S).live(CLAIM) is None
    assert found.belief().live(S) is None
    found.append(Correct(target=S, reason="refined", record=source(publisher="Times")))
    assert found.belief().live(CLAIM + 1) is None
    found._kept.store.erase([CLAIM])
    again = Ledger(found._kept.store)
    assert again.belief().live(CLAIM) is None
    assert list(again.belief().claims()) == []


# --- declarations and names


def test_the_last_word_on_two_claims_counts() -> None:
    """I1: an identification can be taken back by another."""
    found = ledger(
        source(), level(), level("ally"),
        Identify(claims=[CLAIM, CLAIM + 1], verdict="same", reason="r"),
        Identify(claims=[CLAIM + 1, CLAIM], verdict="unsure", reason="r"),
    )  # fmt: skip
    assert list(found.belief(CLAIM + 2).same_as(CLAIM)) == [CLAIM + 1]
    assert list(found.belief().same_as(CLAIM)) == []


def test_nothing_is_known_before_the_first_entry() -> None:
    """At the cut 0 there is no claim, and every day is before all knowledge."""
    assert list(Ledger.create("memory:", origin="x").belief(0).claims()) == []
    assert str(BEGINNING) == "-infinity"


# --- keys


def test_claims_count_under_the_keys_of_their_type_as_it_was_corrected() -> None:
    """A claim that was recorded before the correction of its type has the new key as well."""
    rank = Type(id="rank", shape="state", key=["holder"])
    state = State(
        type="rank", since="2021", until="..", citations=cited(), participants=people(holder="p1", post="pm")
    )  # fmt: skip
    found = ledger(
        source(), rank, state,
        Correct(target=S + 1, reason="refined", record=attrs.evolve(rank, key=["post"])),
    )  # fmt: skip
    before, after = found.belief(S + 2), found.belief()
    by_holder: Key = ("rank", (("holder", ("p1",)),))
    by_post: Key = ("rank", (("post", ("pm",)),))
    assert (before.keys(state), after.keys(state)) == ((by_holder,), (by_post,))
    assert [live.number for live in before.keyed(by_holder)] == [S + 2]
    assert [live.number for live in after.keyed(by_post)] == [S + 2]
    assert list(after.keyed(by_holder)) == []


def test_what_was_erased_has_no_key() -> None:
    """Where actors are the same, the keys of all claims are found anew; an erased claim has none."""
    same = Identify(actors=["pm", "premier"], verdict="same", reason="one office")
    found = ledger(source(), office("p1"), office("p2", since="2022"), same)
    (key,) = found.belief().keys(office())
    assert [live.number for live in found.belief().keyed(key)] == [CLAIM, CLAIM + 1]
    found._kept.store.erase([CLAIM])
    assert [live.number for live in Ledger(found._kept.store).belief().keyed(key)] == [CLAIM + 1]


def test_a_misreading_stays_one_whatever_becomes_of_the_text() -> None:
    """L2: a correction of our error has no ground only where all that it rests on is another source."""
    again = Correct(target=CLAIM + 1, reason="misread", record=level("ally"))
    other = Correct(target=CLAIM + 1, reason="misread", record=level("ally", sources=["t"]))
    for correction, gone, standing in ((again, "s", 20), (other, "t", 19), (other, "s", 20)):
        found = ledger(source(), source("t"), level(), correction)
        found.append(Withdraw(source=gone, reason="forged"))
        assert found.belief().standing_reading(CLAIM + 1) == standing


def test_an_undone_reading_still_says_what_it_said() -> None:
    """It can be read, though it stands no longer."""
    found = ledger(
        source(), level(),
        Correct(target=CLAIM, reason="misread", record=level("ally")),
        Retract(target=CLAIM + 1, reason="read once more"),
    )  # fmt: skip
    assert found.belief().reading(CLAIM + 1) == level("ally")
    assert found.belief().reading(S) is None


def test_a_source_that_was_asked_about_too_early_is_known_once_it_is_declared() -> None:
    """What is taken over from an earlier cut holds no source for missing that came in between."""
    found = ledger(source(), level("0"), source("t"), level("1"))
    early = found.belief(CLAIM)
    assert early.source("s")
    assert early.followed(CLAIM + 2).source("t")
    assert early.source("t") is None
    assert early.followed(CLAIM + 2).source("t")


def test_a_claim_taken_back_lets_no_label_be_held_again() -> None:
    """Who goes on behind a retraction of a claim holds what did not count before for what does not."""
    found = ledger(source(), level("0", label="one"), Retract(target=CLAIM, reason="no"))
    found.append(level("1", label="one"), Corroborate(target=CLAIM + 2, citations=cited("s")))
    found.append(Retract(target=CLAIM + 3, reason="no"), Retract(target=CLAIM + 2, reason="no"))
    early = found.belief(CLAIM + 1)
    assert [*early.holding("one")] == []
    assert [*early.up_to(CLAIM + 2).holding("one")] == [CLAIM + 2]
    assert [*early.up_to(CLAIM + 4).holding("one")] == [CLAIM + 2]
    assert [*early.up_to(len(found)).holding("one")] == []


def test_a_label_is_held_again_once_a_correction_is_taken_back() -> None:
    """By the claim that stands again, in front of what no longer holds it."""
    found = ledger(source(), level("0", label="one"))
    found.append(Correct(target=CLAIM, reason="misread", record=level("1", label="one")))
    assert [*found.belief().holding("one")] == [CLAIM + 1]
    found.append(Retract(target=CLAIM + 1, reason="no"))
    assert [*found.belief().holding("one")] == [CLAIM]


def test_between_two_stands_what_names_both_as_it_reads_now() -> None:
    """A reading that repeats what was corrected before it is found by that in vain once that is taken back.

    Whoever takes part under two names is not two.
    """
    visit = event("CONSULT", "2021", actor="JPN", recipient="p1")
    other = event("CONSULT", "2021", actor="JPN", recipient="UKR")
    dated = event("CONSULT", "2021-05", actor="JPN", recipient="UKR")
    who = Correct(target=CLAIM, reason="misread", record=other, changes=("participants",))
    when = Correct(target=CLAIM, reason="misread", record=dated, changes=("when",))
    one = Identify(actors=["JPN", "p1"], verdict="same", reason="r")
    of = ledger(source(), visit, who, when, Retract(target=CLAIM + 1, reason="no"), one)
    cuts = {("p1", CLAIM + 3): [CLAIM + 2], ("UKR", CLAIM + 3): [], ("UKR", CLAIM + 4): []}
    for (recipient, cut), found in cuts.items():
        living = of.belief(cut).living([CLAIM, CLAIM + 1, CLAIM + 2], "JPN", recipient)
        assert [live.number for live in living] == found
