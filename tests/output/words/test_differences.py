"""What changed a standing, in the same words in a terminal and on a page."""

from __future__ import annotations

from factledger.output.words.differences import reasons
from factledger.records.amendments import Correct, Corroborate
from factledger.views.differences import Difference
from ledgers import FIRST_NUMBER, cited, ledger, office, source

N = FIRST_NUMBER
ASKED = "2022-01-01"


def told(difference: Difference) -> list[str]:
    """Return the reasons of the only step of a difference."""
    (step,) = difference.steps
    return list(reasons(step, difference.end))


def test_a_correction_tells_what_was_there_before_and_why_it_is_not() -> None:
    """Beside what is there now stands what was in its place, and the reason of the correction."""
    correct = Correct(target=N + 1, reason="misread", record=office("p2"), note="a namesake")
    found = ledger(source(), office("p1"), correct)
    before, corrected = told(found.difference((ASKED, N + 1), (ASKED, N + 2)))
    assert before.startswith("before: ")
    assert before.endswith(f"since 1 March 2021 · #{N + 1} · s, p. 1")
    assert corrected == f"#{N + 2} corrects #{N + 1}, misread: a namesake"


def test_what_the_entry_itself_changed_needs_no_reason() -> None:
    """A new claim is told by its own line; what others did to a claim is a reason."""
    backed = Corroborate(target=N + 2, citations=cited("t"))
    found = ledger(source(), source("t"), office(), backed)
    assert told(found.difference((ASKED, N + 1), (ASKED, N + 2))) == []
    assert told(found.difference((ASKED, N + 2), (ASKED, N + 3))) == [
        f"#{N + 3} backs #{N + 2}, citing t"
    ]


def test_a_publication_tells_which_sources_count_from_then_on() -> None:
    """On the way back it tells which do not count yet."""
    found = ledger(source(published="2021-06-01"), office())
    late, soon = (ASKED, None, "2021-07-01"), (ASKED, None, "2021-05-01")
    assert told(found.difference(soon, late)) == ["published by then: s"]
    assert told(found.difference(late, soon)) == ["not published by then: s"]


def test_the_world_gives_no_reasons() -> None:
    """What the world did is the step itself."""
    assert told(ledger(source(), office()).difference("2020-01-01", ASKED)) == []
