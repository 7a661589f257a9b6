"""A difference in words: what its groups are called, how a standing stood, and what changed it."""

from __future__ import annotations

from collections.abc import Iterator

from factledger.output.words.entries import cause_words
from factledger.output.words.standings import details
from factledger.views.steps import Group, Step
from factledger.views.view import View

HEADINGS: dict[Group, str] = {
    "world": "The world changed",
    "learnt": "We learnt",
    "corrected": "We corrected",
    "withdrawn": "A source was withdrawn",
    "erased": "Erased",
}


def reasons(step: Step, view: View) -> Iterator[str]:
    """Yield the standing that was there before, if another was, and the causes of the change.

    `view` is the one to which the steps lead, of everything that it knows.
    """
    before, after = step.before, step.after
    if before and after and before.number != after.number:
        yield f"before: {details(before, view)}"
    if step.leg == "recorded":
        own = {s.number for s in (before, after) if s}
        others = (c for c in step.by if c.number not in own or c.kind == "correct")
        yield from (cause_words(cause, view.belief) for cause in others)
    elif step.leg == "published" and step.sources:
        # Without sources another claim came, which is told beside it.
        more = len(after.supports if after else ()) > len(before.supports if before else ())
        yield f"{'published' if more else 'not published'} by then: {', '.join(step.sources)}"
