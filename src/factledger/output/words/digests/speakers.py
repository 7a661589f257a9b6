"""Who of several that tell of one thing says what is shown of it on a day, and who tells it in other words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factledger.records.claims import Claim, doubt_of
from factledger.status.belief import Belief
from factledger.status.live.live import Live, Support
from factledger.status.merging import unmerged
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.views.view import View


def tellers_on_the_day(standing: Standing, view: View) -> Sequence[Support]:
    """Return the sources of a standing that say of the day of the view what is shown of it.

    Of several claims that are one, these are the one in whose words it is told, those that tell the end
    that is shown, and those that say it of the day by themselves; where nobody does so by himself, it
    follows from what all say.
    """
    lives = _lives(standing, view.belief)
    if len(lives) < 2 or standing.claim.shape != "state":
        return standing.supports
    certain = [live for live in lives if _status(live, view) is standing.alone]
    if not certain or standing.alone is not Status.DEFINITE:
        return standing.supports
    ending = [live for live in lives if _tells_end(live, standing)]
    said = {s.number for live in (lives[0], *ending, *certain) for s in live.supports}
    return tuple(s for s in standing.supports if s.number in said)


def other_words(standing: Standing, view: View) -> Iterator[tuple[Claim, tuple[Support, ...]]]:
    """Yield the claims that are one with what is shown, and say more or else of it, with their sources."""
    for live in _lives(standing, view.belief)[1:]:
        if not _says_all(standing.claim, live.claim, view.belief):
            yield live.claim, live.supports


def _lives(standing: Standing, belief: Belief) -> list[Live]:
    """Return the claims of which a standing is made, the one in whose words it is told first."""
    if not standing.also or standing.derived:
        return []
    found = [belief.live(number) for number in (standing.number, *standing.also)]
    return [live for live in found if live is not None]


def _tells_end(live: Live, standing: Standing) -> bool:
    until = standing.until
    known = until is not None and until.kind != "end"
    return known and getattr(live.claim, "until", None) == until


def _status(live: Live, view: View) -> Status:
    return unmerged(view.belief, live).span.status(view.day)


def _says_all(shown: Claim, other: Claim, belief: Belief) -> bool:
    """Return whether a claim says all that another says, its dates aside, and in the same voice."""
    alike = (shown.attributed_to, doubt_of(shown)) == (other.attributed_to, doubt_of(other))
    values = {(shown.value or "").casefold(), ""}
    there, named = (
        {(p.role, belief.canonical(p.actor)) for p in claim.participants}
        for claim in (shown, other)
    )
    return (
        alike
        and shown.type == other.type
        and other.mode in (None, shown.mode)
        and (other.value or "").casefold() in values
        and named <= there
    )
