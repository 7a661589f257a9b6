"""Known rows: the entries that hold a row already, and the one that stands under its label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.errors import Problem
from factledger.index.bodies import content_of
from factledger.intake.row_steps import RowStep
from factledger.records.codec import Body
from factledger.status.belief import Belief


def entered(belief: Belief, step: RowStep) -> bool | Problem:
    """Return whether the row of a step is in the ledger; a problem where it has changed since."""
    for number in reversed(belief.index.labelled(step.label)):
        if step.operation == "retract" and step.words in _retractions(belief, number):
            return True
        for at, source, locator in _places(belief, number):
            if source == step.source and locator == step.locator:
                return _continued(belief, at, step) or True
            if source == step.source and _line(locator) == _line(step.locator):
                message = f"the row was imported as #{at} and has changed since; {_CHANGED}"
                return Problem(step.where, "import-changed", message)
    return False


def _continued(belief: Belief, number: int, step: RowStep) -> Problem | None:
    """Return the problem of a row whose series goes on, since it was imported as the last of it."""
    held = content_of(belief.index.body(number)).get("until", "")
    now = (step.claim or {}).get("until", "")
    answered = any(
        belief.index.kind(n) in ("close", "correct") for n in belief.index.targeting(number)
    )
    if step.series is None or held == now or answered:
        return None
    told = f"the row stands as #{number} until {held!r}, and by its series ends {now!r}"
    return Problem(step.where, "import-changed", f"{told}; close #{number} so, or correct it")


_CHANGED = "add a row that corrects it, or correct the entry"


def _line(locator: str) -> str:
    """Return where the row of a locator begins, without the footnote before it."""
    found = _BEHIND_FOOTNOTE.search(locator)
    return found[1] if found else locator.partition(",")[0]


_BEHIND_FOOTNOTE = re.compile(r"; (line [0-9]+), sha256 [0-9a-f]{64}\Z")


def _retractions(belief: Belief, number: int) -> Iterator[Body]:
    """Yield the words of the retractions of an entry; they end with the line of a row, without hash."""
    for later in belief.index.targeting(number):
        if belief.index.kind(later) == "retract":
            yield {"reason": (belief.index.body(later) or {}).get("reason")}


def _places(belief: Belief, number: int) -> Iterator[tuple[int, str, str]]:
    """Yield the rows that an entry rests on, and those that retracted it."""
    content = content_of(belief.index.body(number))
    for citation in (content or {}).get("citations", ()):
        yield number, citation["source"], citation.get("locator", "")
    for later in belief.index.targeting(number):
        if belief.index.kind(later) == "retract":
            yield later, *_place(belief.index.body(later) or {})


def _place(body: Body) -> tuple[str, str]:
    """Return the source and the locator that end the reason of a retraction."""
    source, _, locator = body.get("reason", "").rpartition("; ")[2].partition(", ")
    return source, locator


def standing(belief: Belief, label: str) -> str:
    """Return what became of a label: `#14` stands, `""` for none, else how its last entry went."""
    numbers = belief.index.labelled(label)
    if not numbers:
        return ""
    by = belief.retired_by(numbers[-1])
    if by is None:
        return f"#{numbers[-1]}"
    how = "retracted" if belief.index.kind(by) == "retract" else "corrected"
    return f"{how} by #{by}"
