"""Why a view is empty: the first of its cuts that leaves nothing."""

from __future__ import annotations

from factledger.dates.days import BEGINNING
from factledger.dates.wording.told import date_words
from factledger.status.spans import Status
from factledger.views.view import View


def why_empty(view: View, all_shown_by: str = "--all shows them") -> str:
    """Return why nothing is shown, and where there would be something."""
    index = view.belief.index
    first = next(iter(index.claims), None)
    if first is None:
        return "The ledger holds no claim yet; 'factledger append' adds some."
    if first > view.at.recorded:
        return (
            f"Nothing was recorded by then: the first claim is #{first} of {index.at(first)[:10]}."
        )
    if view.at.published is not None and next(view.belief.claims(), None) is None:
        return _unpublished(view)
    return _nobody(view) if not view.every else _untimely(view, all_shown_by)


def _unpublished(view: View) -> str:
    belief = view.belief
    declared = (name for name in belief.index.declared("source") if belief.source(name))
    firsts = {name: belief.publication(name).first for name in declared}
    name = min(firsts, key=lambda n: firsts[n], default=None)
    if name is None or firsts[name] <= (view.at.published or BEGINNING):
        return f"No claim has a source that was published by {date_words(view.at.published or BEGINNING)}."
    source = belief.source(name)
    when = source.published if source and source.published else firsts[name]
    return (
        f"No source in this ledger was published by {date_words(view.at.published or BEGINNING)}; "
        f"the first is {name}, of {date_words(when)}."
    )


def _nobody(view: View) -> str:
    if len(view.sides) == 2:
        return f"No claim between {view.name(view.sides[0])} and {view.name(view.sides[1])}."
    if view.sides:
        return f"No claim in which {view.name(view.sides[0])} takes part."
    return "No claim is left: all were retracted, or rest on sources that were withdrawn."


def _untimely(view: View, all_shown_by: str) -> str:
    """Return how many claims were too late, over, or judgements."""
    judged = len(view.assessments)
    counts = {
        "not yet": sum(s.status is Status.NOT_YET for s in view.every),
        "ended": sum(s.status is Status.ENDED for s in view.every),
        "assessment" if judged == 1 else "assessments": judged,
    }
    parts = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"Nothing stood on that date ({parts}); {all_shown_by}."
