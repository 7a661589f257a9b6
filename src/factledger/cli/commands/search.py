"""`factledger search`: the entries in which words are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from factledger.cli.asking.filters import check_known
from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option, open_ledger, recorded_by
from factledger.cli.terminal import Layout, tell

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.views.inquiries.search import SearchResult


@click.command(
    cls=Verb,
    examples=[
        "factledger search kishida visited",
        "factledger search summit --type CONSULT --year 2023",
        "factledger search sanctions --actor JPN --format json",
    ],
)
@click.argument("words", nargs=-1, required=True)
@ledger_option
@click.option("--kind", metavar="KIND", help="Only entries of this kind: event, state, actor …")
@click.option("--type", "type_", metavar="TYPE", help="Only claims of this type.")
@click.option("--source", metavar="SOURCE", help="Only what cites this source.")
@click.option("--actor", metavar="ACTOR", help="Only claims that name this actor, by id or name.")
@click.option("--year", type=int, metavar="YEAR", help="Only claims whose dates name this year.")
@click.option("--recorded", callback=recorded_by, metavar="ENTRY|DATE", help="As recorded by then.")
@click.option(
    "--most", type=click.IntRange(1, 1000), default=50, show_default=True, help="So many."
)
@click.option("--first", type=click.IntRange(0), default=0, help="Leave out so many of the newest.")
@format_option("text", "json")
def search(
    words: tuple[str, ...],
    address: str | None,
    kind: str | None,
    type_: str | None,
    source: str | None,
    actor: str | None,
    year: int | None,
    recorded: int | str | None,
    most: int,
    first: int,
    form: str,
) -> None:
    """Find the entries in which words are.

    All WORDS must be in an entry: in its sentence, in the names of its actors, its label, its
    quotes, its notes. Case and accents do not count. Where no entry has them, those are found that
    have words which begin so. The newest come first.
    """
    from factledger.index.search.wanted import words_in

    text = " ".join(words)
    if not words_in(text):
        raise click.UsageError(f"{text!r} holds no word; write what to look for, as in 'sanctions'")
    with open_ledger(address) as ledger:
        belief = ledger.as_of("today", recorded=recorded).belief
        _check_facets(belief, kind, type_, source)
        found = ledger.search(
            text,
            kind=kind,
            type=type_,
            source=source,
            actor=None if actor is None else _known_actor(belief, actor),
            year=None if year is None else f"{year:04}",
            recorded=belief.recorded,
            first=first,
            most=most,
        )
        if form == "json":
            from factledger.cli.output import write_json
            from factledger.output.formats.entries import search_object

            write_json(search_object(text, found, ledger.as_of("today", recorded=recorded)))
        else:
            tell(search_lines(found, belief))


def _check_facets(belief: Belief, kind: str | None, type_: str | None, source: str | None) -> None:
    """Raise `UsageError` for the word of a facet that no entry can have."""
    from factledger.records.kinds import KINDS

    known = ("kind", kind, KINDS), ("type", type_, belief.vocabulary.types)
    for what, name, names in (*known, ("source", source, belief.index.declared("source"))):
        check_known(what, () if name is None else (name,), names)


def _known_actor(belief: Belief, text: str) -> str:
    """Return the id of the actor that is meant; raises `NotFound` for one that nobody declared."""
    from factledger.errors import NotFound
    from factledger.views.inquiries.names import actor_meant, name_advice

    meant = actor_meant(belief, text)
    if not belief.knows(meant):
        raise NotFound(f"actor {text!r}", name_advice(belief, text))
    return meant


def search_lines(found: SearchResult, belief: Belief) -> Iterator[str]:
    """Yield the entries that were found, one after the other, and what they are about."""
    from factledger.output.words.found import facet_words, found_words, total_words
    from factledger.text import show

    layout = Layout.of_output()
    yield click.style(total_words(found), bold=True)
    for number in found.numbers:
        yield from layout.wrapped(f"  {show(found_words(belief, number))}", 4)
    if found:
        yield ""
        for line in facet_words(found, belief):
            yield from layout.wrapped(f"  {show(line)}", 4)
