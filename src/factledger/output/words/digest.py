"""A view as a reader reads it: disputes first, a line a thing, plans apart, sources with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import attrs

from factledger.dates.days import Day
from factledger.dates.edtf import Edtf
from factledger.dates.wording.told import date_words
from factledger.output.words.dates import known_dates
from factledger.output.words.plans import is_overtaken, is_past, is_plan
from factledger.output.words.sources import Notes, quoted
from factledger.output.words.standings import identity, places
from factledger.output.words.tallies import itemised
from factledger.records.claims import Citation, Tally
from factledger.records.sentences.grammar import number_of, within_sentence
from factledger.status.registry import joined
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.views.view import View

IN_DISPUTE, PLANNED, POSSIBLE = "In dispute", "Planned", "Possible, with no known beginning or end"


@attrs.frozen
class Line:
    """One line of a digest: what is told, the numbers of its sources, and what else is said of it.

    `otherwise` are the other sides of a dispute, `refs` the entries and the places in the sources.
    """

    words: str
    cited: str
    refs: str
    otherwise: tuple[Line, ...] = ()

    def __str__(self) -> str:
        return f"{self.words} {self.cited}".rstrip()


@attrs.frozen
class Digest:
    """What stood on a date, in the order in which a reader wants it.

    `sections` are headings with their lines; `hidden` counts what is possible and has no known
    beginning or end, and is not among them; `notes` are the sources.
    """

    heading: str
    disputes: int
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    hidden: int
    notes: tuple[str, ...]


def digest_of(
    view: View, standings: Sequence[Standing] | None = None, possible: bool = False
) -> Digest:
    """Return the digest of a view, or of some of its standings.

    With `possible`, what has no known beginning or end is listed as well, at the end.
    """
    shown = view.standings if standings is None else tuple(standings)
    notes = Notes()
    teller = _Teller(view, notes)
    disputes = tuple(teller.disputes(shown))
    calm = [s for s in shown if not s.contested_by]
    plans = [s for s in calm if is_plan(s)]
    vague = [s for s in calm if not is_plan(s) and is_vague(s, teller.began(s))]
    plain = [s for s in calm if not is_plan(s) and s not in vague]
    sections = [(IN_DISPUTE, disputes)]
    for group, members in view.groups(plain).items():
        sections.append((group.capitalize(), tuple(teller.lines(members))))
    sections.append((PLANNED, tuple(teller.plans(plans))))
    if possible:
        sections.append((POSSIBLE, tuple(teller.lines(vague))))
    kept = tuple((name, lines) for name, lines in sections if lines)
    hidden = 0 if possible else len(vague)
    heading = digest_heading(view, len(notes.names))
    return Digest(heading, len(disputes), kept, hidden, tuple(notes.lines(view.belief)))


def digest_heading(view: View, sources: int) -> str:
    """Return whom and what day a digest is about, and of how many sources."""
    names = " and ".join(map(view.name, view.sides)) or "What stood"
    day = date_words(view.at.valid)
    coarse = f", the {view.at.coarse}" if view.at.coarse else ""
    told = f", from {number_of(sources, 'source')}" if sources else ""
    return f"{names} on {day}{coarse}{told}"


def is_vague(standing: Standing, began: Edtf | None) -> bool:
    """Return whether a standing is only possible, and no source gives its beginning or its end."""
    if standing.alone is not Status.POSSIBLE or isinstance(standing.claim, Tally):
        return False
    first = began if standing.derived else getattr(standing.claim, "when", None)
    since, until = first or getattr(standing.claim, "since", None), standing.until
    known = since is not None and isinstance(since.earliest, Day)
    return not known and not (until is not None and isinstance(until.latest, Day))


def _is_outdone(standing: Standing, others: Iterable[Standing]) -> bool:
    """Return whether another standing of the same holder and beginning gives the end that this one lacks."""
    claim, since = standing.claim, getattr(standing.claim, "since", None)
    return (standing.until is None or standing.until.kind == "end") and any(
        other.claim.actors("holder") == claim.actors("holder")
        and getattr(other.claim, "since", None) == since
        and other.until is not None
        and other.until.kind != "end"
        for other in others
    )


def _joined(words: str, dates: str) -> str:
    """Return what is told with its dates, as a sentence has them."""
    if re.match("(?:since|from|until) ", dates):
        return f"{words} {dates}"
    return f"{words} ({dates})" if ":" in words else f"{words}, {dates}"


class _Teller:
    """The lines of one view; the notes are numbered as the lines are told."""

    def __init__(self, view: View, notes: Notes) -> None:
        self.view, self.notes = view, notes

    def began(self, standing: Standing) -> Edtf | None:
        """Return the date of the event from which a standing follows."""
        live = self.view.belief.live(standing.number) if standing.derived else None
        return None if live is None else getattr(live.claim, "when", None)

    # --- lines

    def lines(self, standings: Iterable[Standing]) -> Iterator[Line]:
        """Yield the lines of standings, what holds before what happened, a post a line."""
        ordered = sorted(standings, key=lambda s: (s.claim.shape != "state", self._post(s) or ""))
        for post, members in groupby(ordered, key=lambda s: self._post(s)):
            if post is None:
                yield from self._alike(list(members))
            else:
                yield self._post_line(post, list(members))

    def _alike(self, standings: Sequence[Standing]) -> Iterator[Line]:
        """Yield a line for standings that are told in the same words."""
        told: dict[str, list[Standing]] = {}
        for standing in standings:
            told.setdefault(self.words(standing), []).append(standing)
        for words, members in told.items():
            yield self._line(words, members)

    def _line(self, words: str, members: Sequence[Standing], *others: Line) -> Line:
        cited = self.notes.cited([s for member in members for s in member.supports])
        refs = "; ".join(f"{identity(s)} · {places(s)}" for s in members)
        return Line(words, cited, refs, others)

    def words(self, standing: Standing) -> str:
        """Return a standing in a sentence with its dates, and "possibly" where it is no more."""
        sentence = self._dated(standing, standing.sentence.removesuffix("."))
        if standing.alone is not Status.POSSIBLE:
            return sentence
        possibly = "Possibly, " if standing.claim.shape == "state" else "Possibly by then, "
        return possibly + within_sentence(sentence)

    def _dated(self, standing: Standing, words: str) -> str:
        dates = known_dates(standing, self.began(standing))
        known = set(re.findall(r"\w+", words.casefold()))
        again = set(re.findall(r"\w+", dates.casefold())) <= known
        told = words if again else _joined(words, dates)
        if isinstance(standing.claim, Tally) and standing.claim.count.upper != 0:
            here = sum(1 for _ in itemised(standing, self.view))
            return f"{told}, {here} of them told here" if here else told
        return told

    # --- posts

    def _post(self, standing: Standing) -> str | None:
        """Return the post that a standing says somebody holds, None where it says something else."""
        claim, kind = standing.claim, self.view.belief.vocabulary.types.get(standing.claim.type)
        posts = claim.actors("post")
        of_post = kind is not None and kind.shape == "state" and "post" in kind.key
        plain = claim.factual and claim.actors("holder") and len(posts) == 1
        return self.view.belief.canonical(posts[0]) if of_post and plain else None

    def _post_line(self, post: str, standings: list[Standing]) -> Line:
        best = sorted(standings, key=lambda s: (s.alone is Status.POSSIBLE, -self._first(s)))
        words = "; ".join(dict.fromkeys(self._holder(s) for s in best if not _is_outdone(s, best)))
        name = self.view.name(post)
        return self._line(f"{name[:1].upper()}{name[1:]}: {words}", best)

    def _first(self, standing: Standing) -> int:
        since = self.began(standing) or getattr(standing.claim, "since", None)
        return int(since.earliest) if since is not None and isinstance(since.earliest, Day) else 0

    def _holder(self, standing: Standing) -> str:
        claim = standing.claim
        possibly = "possibly " if standing.alone is Status.POSSIBLE else ""
        if claim.text or claim.attributed_to or claim.hedge:
            return possibly + within_sentence(
                self._dated(standing, standing.sentence.removesuffix("."))
            )
        names = " and ".join(map(self.view.name, claim.actors("holder")))
        return possibly + self._dated(standing, names)

    # --- disputes and plans

    def disputes(self, standings: Sequence[Standing]) -> Iterator[Line]:
        """Yield what is in dispute on the day: one side, and the others below it."""
        contested = [s for s in standings if s.contested_by]
        groups = joined([s.number, *s.contested_by] for s in contested)
        told = {s.number: s for s in contested}
        for group in sorted(groups, key=min):
            first, *others = (self._side(number, told.get(number)) for number in sorted(group))
            yield attrs.evolve(first, otherwise=tuple(others))

    def _side(self, number: int, standing: Standing | None) -> Line:
        if standing is None:
            speaking = self.view.why(number)
            contested = (s for s in speaking if s.contested_by)
            standing = next(contested, None) or next(iter(speaking), None)
        if standing is None:
            return self._bare_side(number)
        words = self._dated(standing, standing.sentence.removesuffix("."))
        return self._line(words, [standing])

    def _bare_side(self, number: int) -> Line:
        """Return the line of a record that disputes a claim: its words where it quotes any, or its note."""
        record = self.view.belief.index.record(number)
        citations: tuple[Citation, ...] = getattr(record, "citations", ())
        said = [quoted(c.quote) for c in citations if c.quote]
        words = " ".join(said) or getattr(record, "note", None) or "another source disputes it"
        cited = sorted({self.notes.number(c.source) for c in citations})
        return Line(words, f"[{' '.join(map(str, cited))}]" if cited else "", f"#{number}")

    def plans(self, standings: Iterable[Standing]) -> Iterator[Line]:
        """Yield the plans that nothing has overtaken, and of those whose time is past, that it is."""
        for standing in standings:
            if not is_overtaken(standing, self.view.standings, self.view.belief):
                later = (
                    "; no source says whether it came to that"
                    if is_past(standing, self.view.day)
                    else ""
                )
                dated = self._dated(standing, standing.sentence.removesuffix("."))
                yield self._line(dated + later, [standing])
