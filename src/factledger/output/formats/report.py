"""A view → a report in Markdown: each standing with its status, its dates and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from factledger.ledger.ledger import Ledger
from factledger.output.formats.markdown import plain, web_link
from factledger.output.words.dates import in_words, standing_dates
from factledger.output.words.emptiness import why_empty
from factledger.output.words.standings import identity, marks
from factledger.output.words.tallies import beside
from factledger.records.claims import Citation
from factledger.records.declarations import Header, Source
from factledger.status.standings import Standing
from factledger.views.view import View

Style: TypeAlias = Literal["numbers", "keys"]

READING = (
    "**definite**: it surely held. **possible**: the sources leave it open. **presumed**: it was "
    "attested before, and nothing ended it since. **contested**: another entry says otherwise, "
    "and they cannot all be right. **inferred**: what the source does not say itself, and why it is taken to be so."
)


def report(ledger: Ledger, view: View, style: Style = "numbers") -> str:
    """Return the report of a view, in CommonMark.

    With `numbers` a citation is the number of its source in the bibliography at the end. With
    `keys` it is a key that pandoc looks up in a bibliography in CSL-JSON, and the report has none.
    """
    sources = sources_of(view.standings)
    parts = [*_head(ledger, view), *_groups(view, sources, style)]
    if not view.standings:
        parts.append(plain(why_empty(view)))
    if view.redacted:
        gone = "\n".join(f"- **redacted** · {plain(str(r))}" for r in view.redacted)
        parts += ["## Not known any more", gone]
    if style == "numbers" and sources:
        entries = (_entry(name, view) for name in sources)
        parts += ["## Sources", "\n".join(f"{i}. {text}" for i, text in enumerate(entries, 1))]
    elif sources:
        parts += ["## Sources"]  # pandoc writes them below
    return "\n\n".join(parts) + "\n"


def sources_of(standings: Iterable[Standing]) -> list[str]:
    """Return the ids of the sources that are cited, in the order of their first citation."""
    return list(dict.fromkeys(c.source for s in standings for c in s.citations))


def declared_sources(view: View) -> list[Source]:
    """Return the declarations of the sources that a view cites; an erased one is left out."""
    sources = map(view.belief.source, sources_of(view.standings))
    return [source for source in sources if source is not None]


def _head(ledger: Ledger, view: View) -> Iterator[str]:
    names = " and ".join(map(view.name, view.sides))
    day = f"{view.at.valid} ({view.at.coarse})" if view.at.coarse else str(view.at.valid)
    yield f"# {plain(f'What stood on {day}' + (f' for {names}' if names else ''))}"
    header = ledger.entry(1).record
    assert isinstance(header, Header)  # noqa: S101  every ledger begins with one
    yield f"Asked of the ledger {plain(header.title or header.origin)}: {plain(str(view.at))}."
    if view.standings:
        yield READING


def _groups(view: View, sources: list[str], style: Style) -> Iterator[str]:
    for group, members in view.groups().items():
        yield f"## {plain(group.capitalize())}"
        yield "\n".join(line for s in members for line in _lines(s, view, sources, style))


def _lines(standing: Standing, view: View, sources: list[str], style: Style) -> Iterator[str]:
    """Yield a standing as an item of a list, and a line below it for each inferred field."""
    _, *rest = marks(standing, view)
    parts = [standing.sentence.removesuffix("."), standing_dates(standing), beside(standing, view)]
    details = " · ".join(part for part in (*parts, identity(standing), *rest) if part)
    cited = _cited(standing.citations, sources, style)
    yield f"- **{standing.status}** · {plain(details)} {cited}"
    for inferred in () if standing.derived else standing.claim.inferred:
        yield f"  - {plain(f'inferred {inferred.field}: {inferred.reason}')}"


def _cited(citations: Iterable[Citation], sources: list[str], style: Style) -> str:
    if style == "keys":
        keys = (f"@{{{c.source}}}, {plain(place_in_source(c))}" for c in citations)
        return f"[{'; '.join(keys)}]"
    places = (f"{sources.index(c.source) + 1}, {place_in_source(c)}" for c in citations)
    return plain(f"[{'; '.join(places)}]")


def place_in_source(citation: Citation) -> str:
    """Return the place of a citation in its source, in words.

    >>> place_in_source(Citation(source="s", start=3, end=9))
    'characters 3–9'
    >>> place_in_source(Citation(source="s", locator="p. 7"))
    'p. 7'
    """
    if citation.start is not None:
        return f"characters {citation.start}–{citation.end}"
    return str(citation.locator or f"“{citation.quote}”")


def _entry(name: str, view: View) -> str:
    """Return a source as a line of the bibliography; of an erased one only the id is known."""
    source = view.belief.source(name) or Source(id=name, title="not known any more")
    published = in_words(source.published) if source.published else None
    parts = [plain(part) for part in (source.author,) if part]
    parts.append(f"*{plain(source.title)}*")
    parts += [plain(part) for part in (source.publisher, published) if part]
    parts += [web_link(source.url)] if source.url else []
    parts += [f"retrieved {plain(in_words(source.retrieved))}"] if source.retrieved else []
    parts += [f"a copy of {plain(source.copy_of)}"] if source.copy_of else []
    parts += [] if source.complete else ["its text breaks off"]
    parts += [f"SHA-256 of its text {plain(source.sha256)}"] if source.sha256 else []
    return f"{', '.join(parts)} ({plain(name)})"
