"""A view → a report in Markdown: what is in dispute, what stood, the words that say so, the sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from factledger.dates.wording.told import date_words
from factledger.ledger.ledger import Ledger
from factledger.output.formats.markdown import plain, web_link
from factledger.output.words.digests.digest import Digest, view_digest
from factledger.output.words.digests.teller import DigestLine
from factledger.output.words.emptiness import why_empty
from factledger.output.words.sources import in_quotes, source_in_words
from factledger.records.claims import Citation
from factledger.records.declarations import Header, Source
from factledger.status.standings import Standing
from factledger.views.view import View

Style: TypeAlias = Literal["numbers", "keys"]

READING = (
    "A line without a word of doubt is *definite*: that it was so on that day is what its sources say "
    "for certain. That speaks of the date, and not of the truth. *Possibly*: they leave it open whether it "
    "was so on that day. *As last said*: a source vouched for it up to then, and nothing says that it "
    "ended. *In dispute*: sources cannot all be right. A number in brackets is that of a source."
)


def report(ledger: Ledger, view: View, style: Style = "numbers") -> str:
    """Return the report of a view, in CommonMark.

    With `numbers` a citation is the number of its source in the bibliography at the end. With
    `keys` it is a key that pandoc looks up in a bibliography in CSL-JSON, and the report has none.
    """
    digest = view_digest(view, possible=True)
    parts = [*_head(ledger, view, digest), *_sections(digest, view, style)]
    if not view.standings:
        parts.append(plain(why_empty(view)))
    if view.redacted:
        gone = "\n".join(f"- **redacted** · {plain(str(r))}" for r in view.redacted)
        parts += ["## Not known any more", gone]
    parts += [*_places(digest), *_sources(digest, view, style)]
    return "\n\n".join(parts) + "\n"


def declared_sources(view: View) -> list[Source]:
    """Return the declarations of the sources that a view cites; an erased one is left out."""
    sources = map(view.belief.source, view_digest(view, possible=True).sources)
    return [source for source in sources if source is not None]


def _head(ledger: Ledger, view: View, digest: Digest) -> Iterator[str]:
    yield f"# {plain(digest.heading)}"
    header = ledger.entry(1).record
    assert isinstance(header, Header)  # noqa: S101  every ledger begins with one
    yield f"Asked of the ledger {plain(header.title or header.origin)}: {plain(str(view.at))}."
    if view.standings:
        yield READING


def _sections(digest: Digest, view: View, style: Style) -> Iterator[str]:
    for name, lines in digest.sections:
        yield f"## {plain(name)}"
        yield "\n".join(row for line in lines for row in _item(line, view, style, ""))


def _item(line: DigestLine, view: View, style: Style, indent: str, word: str = "") -> Iterator[str]:
    """Yield a line as an item of a list, and below it the words that say so, and the other sides."""
    yield f"{indent}- {plain(f'{word}{line.words}')} {_cited(line, style)}".rstrip()
    for standing in line.standings:
        for words in _quotes(standing, view):
            yield f"{indent}  - {plain(words)}"
        for inferred in () if standing.derived else standing.claim.inferred:
            yield f"{indent}  - {plain(f'inferred {inferred.field}: {inferred.reason}')}"
    for i, other in enumerate(line.otherwise):
        yield from _item(other, view, style, f"{indent}  ", "and: " if i else "but: ")


def _quotes(standing: Standing, view: View) -> Iterator[str]:
    """Yield the words that the ledger holds, each once, with publisher, date, and a doubt of its own."""
    said = {(s.citation.quote, s.citation.source): s for s in standing.supports if s.citation.quote}
    for (quote, source), support in said.items():
        doubt = f", {in_quotes(support.hedge)}" if support.hedge else ""
        yield f"{in_quotes(quote or '')} ({source_in_words(source, view.belief)}{doubt})"


def _cited(line: DigestLine, style: Style) -> str:
    if style == "keys":
        return f"[{'; '.join(f'@{{{name}}}' for name in line.sources)}]" if line.sources else ""
    return plain(line.cited)


def _sources(digest: Digest, view: View, style: Style) -> Iterator[str]:
    """Yield the bibliography; with keys its heading alone, for pandoc writes it below."""
    if digest.sources:
        yield "## Sources"
    if digest.sources and style == "numbers":
        entries = (_entry(name, view) for name in digest.sources)
        yield "\n".join(f"{i}. {text}" for i, text in enumerate(entries, 1))


def _places(digest: Digest) -> Iterator[str]:
    """Yield where each line stands in the ledger and in its sources, in the order of the report."""
    if digest.lines:
        yield "## Entries and places"
        yield "\n".join(f"- {plain(line.refs)}" for line in digest.lines)


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
    published = date_words(source.published) if source.published else None
    parts = [plain(part) for part in (source.author,) if part]
    parts.append(f"*{plain(source.title)}*")
    parts += [plain(part) for part in (source.publisher, published) if part]
    parts += [web_link(source.url)] if source.url else []
    parts += [f"retrieved {plain(date_words(source.retrieved))}"] if source.retrieved else []
    parts += [f"a copy of {plain(source.copy_of)}"] if source.copy_of else []
    parts += [] if source.complete else ["its text breaks off"]
    return f"{', '.join(parts)} ({plain(name)})"
