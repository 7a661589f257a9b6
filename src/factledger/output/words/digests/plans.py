"""Plans: what was meant to be, and whether anything has been heard of it since."""

from __future__ import annotations

from collections.abc import Iterable

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day, day_or
from factledger.records.claims import FACTUAL, Claim
from factledger.status.belief import Belief
from factledger.status.standings import Standing


def is_plan(standing: Standing) -> bool:
    """Return whether a standing tells only what was meant to be."""
    return standing.claim.modality == "planned"


def is_past(plan: Standing, day: Day) -> bool:
    """Return whether the time for which something was planned is over by a day."""
    return _window(plan.claim)[1] < day


def is_overtaken(plan: Standing, others: Iterable[Standing], belief: Belief) -> bool:
    """Return whether a claim tells as a fact, or denies as one, what was planned for its time or later."""
    first, _ = _window(plan.claim)
    return any(
        other.claim.modality in FACTUAL
        and _same_deed(plan.claim, other.claim, belief)
        and _window(other.claim)[1] >= first
        for other in others
    )


def _same_deed(plan: Claim, told: Claim, belief: Belief) -> bool:
    """Return whether two claims are of one type and mode, and all that a plan names take part in both."""
    if (plan.shape, plan.type, plan.mode) != (told.shape, told.type, told.mode):
        return False
    planned, there = (
        {(p.role, belief.canonical(p.actor)) for p in claim.participants} for claim in (plan, told)
    )
    return planned <= there


def _window(claim: Claim) -> tuple[Day, Day]:
    """Return the first and the last day of a claim's own dates."""
    when: Edtf | None = getattr(claim, "when", None)
    since, until = when or getattr(claim, "since", None), when or getattr(claim, "until", None)
    first = day_or(since.earliest, BEGINNING) if since else BEGINNING
    return first, day_or(until.latest, FOREVER) if until else FOREVER
