"""Standings as lines for a reader: a sentence with its dates, the numbers of its sources, what else is said."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.named import NamedTuple
from factledger.output.words.dates import own_period, with_last_said
from factledger.output.words.digests.plans import is_overtaken, is_past
from factledger.output.words.digests.speakers import other_words, tellers_on_the_day
from factledger.output.words.sources import Notes, in_quotes
from factledger.output.words.standings import identity, places
from factledger.output.words.tallies import itemised
from factledger.records.claims import Aspect, Citation, Claim, Tally, doubt_of
from factledger.records.sentences.grammar import listed, says_all, within_sentence
from factledger.status.groups import joined
from factledger.status.live.live import Support
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.views.view import View

IN_OTHER_WORDS = "In other words"


class DigestLine(NamedTuple):
    """One line of a digest: what is told, the numbers of its sources, and what else is said of it.

    `otherwise` are the other sides of a dispute, `remarks` what changed it, where a change is told;
    `standings` and `sources` are what it tells, `bare` the entry of what is no standing.
    """

    words: str
    cited: str
    otherwise: tuple[DigestLine, ...] = ()
    remarks: tuple[str, ...] = ()
    standings: tuple[Standing, ...] = ()
    sources: tuple[str, ...] = ()
    bare: str = ""

    @property
    def refs(self) -> str:
        """The entries, with the places in the sources: seldom asked for, so made when they are."""
        return self.bare or "; ".join(f"{identity(s)} · {places(s)}" for s in self.standings)

    def __str__(self) -> str:
        return f"{self.words} {self.cited}".rstrip()


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


def _aspect(standing: Standing, dates: str) -> Aspect | None:
    """Return how what lasts is told beside its dates: "has been since", "was until"."""
    if standing.claim.shape == "event":
        return None
    if standing.alone is Status.ENDED:
        return "over"
    return "since" if dates.startswith("since ") else None


def _joined(words: str, dates: str, own: bool) -> str:
    """Return what is told with its dates, as a sentence has them; `own` words may hold others."""
    if ":" in words:
        return f"{words} ({dates})"
    plain = not own and re.match("(?:since|from|until|on|within|for all of) ", dates)
    return f"{words} {dates}" if plain else f"{words}, {dates}"


class Teller:
    """The lines of one view; the notes are numbered as the lines are told."""

    def __init__(self, view: View, notes: Notes) -> None:
        self.view, self.notes = view, notes
        self._belief = view.belief
        self._types = self._belief.vocabulary.types

    def began(self, standing: Standing) -> Edtf | None:
        """Return the date of the event from which a standing follows."""
        live = self.view.belief.live(standing.number) if standing.derived else None
        return None if live is None else getattr(live.claim, "when", None)

    # --- lines

    def lines(self, standings: Iterable[Standing]) -> Iterator[DigestLine]:
        """Yield the lines of standings, what holds before what happened, a post a line."""
        placed = [(s.claim.shape != "state", self._post(s) or "", s) for s in standings]
        placed.sort(key=itemgetter(0, 1))
        for post, members in groupby(placed, key=itemgetter(1)):
            together = [s for *_, s in members]
            if post:
                yield self._post_line(post, together)
            else:
                yield from self._alike(together)

    def _alike(self, standings: Sequence[Standing]) -> Iterator[DigestLine]:
        """Yield a line for standings that are told in the same words."""
        told: dict[str, list[Standing]] = {}
        for standing in standings:
            told.setdefault(self.words(standing), []).append(standing)
        for words, members in told.items():
            others = [other for member in members for other in other_words(member, self.view)]
            silent = {support for _, supports in others for support in supports}
            yield self.line(words, members, silent)
            yield from self._retold(members, others)

    def _retold(
        self, members: Sequence[Standing], others: Iterable[tuple[Claim, Sequence[Support]]]
    ) -> Iterator[DigestLine]:
        """Yield the other words in which sources tell of what is told in the line before."""
        told: dict[str, list[Support]] = {}
        for claim, supports in others:
            told.setdefault(self._belief.sentence(claim).removesuffix("."), []).extend(supports)
        for words, supports in told.items():
            line = self.line(f"{IN_OTHER_WORDS}: {within_sentence(words)}", members)
            named = tuple(dict.fromkeys(s.citation.source for s in supports))
            yield line._replace(cited=self.notes.cited(supports), sources=named)

    def line(
        self, words: str, members: Sequence[Standing], silent: Container[Support] = ()
    ) -> DigestLine:
        """Return a line that says words of standings, with their sources but the `silent` ones."""
        found = [s for member in members for s in tellers_on_the_day(member, self.view)]
        supports = [s for s in found if s not in silent] or found
        named = dict.fromkeys([s.citation.source for s in supports])
        cited = self.notes.cited(supports)
        return DigestLine(words, cited, standings=tuple(members), sources=tuple(named))

    def words(self, standing: Standing) -> str:
        """Return a standing in a sentence with its dates, and "possibly" where it is no more."""
        sentence = self.dated(standing)
        if standing.alone is not Status.POSSIBLE:
            return sentence
        possibly = "Possibly, " if standing.claim.shape == "state" else "Possibly by then, "
        return possibly + within_sentence(sentence)

    def dated(self, standing: Standing, words: str | None = None) -> str:
        """Return words of a standing, or else its sentence, with its dates where they do not say them."""
        began = self.began(standing)
        when = own_period(standing, began)
        dates = with_last_said(when, standing, began)
        aspect = _aspect(standing, dates)
        if words is None:
            words = self._belief.sentence(standing.claim, aspect)
        words = words.removesuffix(".")
        if when and says_all(words, when):
            dates = dates.removeprefix(when).removeprefix(", ")
        if aspect == "over" and dates.startswith("since "):
            first, _, rest = dates.removeprefix("since ").partition(", ")
            dates = f"from {first}, {rest}" if rest else f"from {first} on"
        told = _joined(words, dates, bool(standing.claim.text)) if dates else words
        if isinstance(standing.claim, Tally) and standing.claim.count.upper != 0:
            here = sum(1 for _ in itemised(standing, self.view))
            most = standing.claim.count.upper
            more = most is not None and here > most  # some may be one, told twice
            return f"{told}, {here}{'' if more else ' of them'} told here" if here else told
        return told

    # --- posts

    def _post(self, standing: Standing) -> str | None:
        """Return the post that a standing says somebody holds, None where it says something else."""
        claim, kind = standing.claim, self._types.get(standing.claim.type)
        # Of one who holds it for somebody, such as a country, the sentence tells for whom.
        if kind is None or kind.shape != "state" or kind.key != ("post",):
            return None
        posts = claim.actors("post")
        plain = claim.factual and claim.actors("holder") and len(posts) == 1
        return self.view.belief.canonical(posts[0]) if plain else None

    def _post_line(self, post: str, standings: list[Standing]) -> DigestLine:
        best = sorted(standings, key=lambda s: (s.alone is Status.POSSIBLE, -self._first(s)))
        others = [s for i, s in enumerate(best) if any(s.number in b.differs for b in best[:i])]
        told = [s for s in best if s not in others]
        words = "; ".join(dict.fromkeys(self._holder(s) for s in told if not _is_outdone(s, told)))
        name = self.view.name(post)
        line = self.line(f"{name[:1].upper()}{name[1:]}: {words}", told)
        rivals = tuple(self.line(self._holder(s), [s]) for s in others)
        return line._replace(otherwise=rivals)

    def _first(self, standing: Standing) -> int:
        since = self.began(standing) or getattr(standing.claim, "since", None)
        return int(since.earliest) if since is not None and isinstance(since.earliest, Day) else 0

    def _holder(self, standing: Standing) -> str:
        claim = standing.claim
        possibly = "possibly " if standing.alone is Status.POSSIBLE else ""
        if claim.text or claim.attributed_to or doubt_of(claim):
            return possibly + within_sentence(self.dated(standing))
        names = listed(map(self.view.name, claim.actors("holder")))
        names += f" ({claim.value})" if claim.value else ""
        return possibly + self.dated(standing, names)

    # --- disputes and plans

    def disputes(self, standings: Sequence[Standing]) -> Iterator[DigestLine]:
        """Yield what is in dispute on the day: one side, and the others below it."""
        contested = [s for s in standings if s.contested_by]
        groups = joined([s.number, *s.contested_by] for s in contested)
        told = {s.number: s for s in contested}
        for group in sorted(groups, key=min):
            first, *others = (self._side(number, told.get(number)) for number in sorted(group))
            yield first._replace(otherwise=tuple(others))

    def _side(self, number: int, standing: Standing | None) -> DigestLine:
        if standing is None:
            speaking = self.view.why(number)
            contested = (s for s in speaking if s.contested_by)
            standing = next(contested, None) or next(iter(speaking), None)
        if standing is None:
            return self._bare_side(number)
        return self.line(self.dated(standing), [standing])

    def _bare_side(self, number: int) -> DigestLine:
        """Return the line of a record that disputes a claim: its words where it quotes any, or its note."""
        record = self.view.belief.index.record(number)
        citations: tuple[Citation, ...] = getattr(record, "citations", ())
        said = [in_quotes(c.quote) for c in citations if c.quote]
        words = " ".join(said) or getattr(record, "note", None) or "another source disputes it"
        named = tuple(dict.fromkeys(c.source for c in citations))
        cited = " ".join(str(self.notes.number(name)) for name in named)
        return DigestLine(words, f"[{cited}]" if cited else "", bare=f"#{number}", sources=named)

    def plans(self, standings: Iterable[Standing]) -> Iterator[DigestLine]:
        """Yield the plans that nothing has overtaken, and of those whose time is past, that it is."""
        for standing in standings:
            if not is_overtaken(standing, self.view.standings, self.view.belief):
                later = (
                    "; no source says whether it came to that"
                    if is_past(standing, self.view.day) and standing.claim.polarity == "asserted"
                    else ""
                )
                yield self.line(self.dated(standing) + later, [standing])
