"""A view as a reader reads it: disputes first, a line a thing, plans apart, sources with numbers."""

from __future__ import annotations

from collections.abc import Sequence

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.output.words.dates import asked_on
from factledger.output.words.digests.plans import is_plan
from factledger.output.words.digests.rivals import beside_rivals
from factledger.output.words.digests.teller import DigestLine, Teller
from factledger.output.words.sources import Notes
from factledger.records.claims import Tally
from factledger.records.sentences.grammar import with_number
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.views.view import View

IN_DISPUTE, PLANNED, POSSIBLE = "In dispute", "Planned", "Possible, with no known beginning or end"


class Digest(NamedTuple):
    """What stood on a date, in the order in which a reader wants it.

    `sections` are headings with their lines; `hidden` counts what is possible and has no known
    beginning or end, and is not among them; `notes` are the sources in words,
    `sources` their ids, in the order of their numbers.
    """

    heading: str
    disputes: int
    sections: tuple[tuple[str, tuple[DigestLine, ...]], ...]
    hidden: int
    notes: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def lines(self) -> tuple[DigestLine, ...]:
        """Every line, the other sides of a dispute behind the first."""
        first = (line for _, lines in self.sections for line in lines)
        return tuple(each for line in first for each in (line, *line.otherwise))


def view_digest(
    view: View, standings: Sequence[Standing] | None = None, possible: bool = False
) -> Digest:
    """Return the digest of a view, or of some of its standings.

    With `possible`, what has no known beginning or end is listed as well, at the end.
    """
    shown = view.standings if standings is None else tuple(standings)
    notes = Notes()
    teller = Teller(view, notes)
    disputes = tuple(teller.disputes(shown))
    calm = [s for s in shown if not s.contested_by]
    plans = [s for s in calm if is_plan(s)]
    told = [s for s in calm if not is_plan(s)]
    vague = [s for s in told if is_vague(s, teller.began(s))]
    left_out = {*map(id, vague)}
    plain = [s for s in told if id(s) not in left_out]
    sections = [(IN_DISPUTE, disputes)]
    for group, members in view.groups(plain).items():
        sections.append((group.capitalize(), tuple(beside_rivals(teller.lines(members)))))
    sections.append((PLANNED, tuple(teller.plans(plans))))
    if possible:
        sections.append((POSSIBLE, tuple(beside_rivals(teller.lines(vague)))))
    kept = tuple((name, lines) for name, lines in sections if lines)
    hidden = 0 if possible else len(vague)
    heading = digest_heading(view, len(notes.names))
    named, ids = tuple(notes.lines(view.belief)), tuple(notes.names)
    return Digest(heading, len(disputes), kept, hidden, named, ids)


def digest_heading(view: View, sources: int) -> str:
    """Return whom and what day a digest is about, and of how many sources."""
    names = " and ".join(map(view.name, view.sides)) or "What stood"
    told = f", from {with_number(sources, 'source')}" if sources else ""
    return f"{names} on {asked_on(view.at)}{told}"


def is_vague(standing: Standing, began: Edtf | None) -> bool:
    """Return whether a standing is only possible, and no source gives its beginning or its end."""
    if standing.alone is not Status.POSSIBLE or isinstance(standing.claim, Tally):
        return False
    first = began if standing.derived else getattr(standing.claim, "when", None)
    since, until = first or getattr(standing.claim, "since", None), standing.until
    known = since is not None and isinstance(since.earliest, Day)
    return not known and not (until is not None and isinstance(until.latest, Day))
