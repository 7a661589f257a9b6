"""`factledger types`: the types that a claim can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.group import Verb
from factledger.cli.options import format_option, ledger_option, open_ledger
from factledger.cli.terminal import Layout, tell
from factledger.errors import NotFound

if TYPE_CHECKING:
    from factledger.records.declarations import Type
    from factledger.records.vocabulary import Vocabulary


@click.command(
    cls=Verb,
    examples=["factledger types", "factledger types office", "factledger types --format json"],
)
@click.argument("name", required=False, metavar="[TYPE]")
@ledger_option
@format_option("text", "json")
def types(name: str | None, address: str | None, form: str) -> None:
    """List the types that a claim can have.

    They are those of the vocabulary that the ledger was begun with, and those that it declares;
    where none is named or found, those of the newest vocabulary. Of one TYPE, the whole declaration is
    printed. Where only a later vocabulary has it, that is a draft to append, with the states that it
    begins or ends.
    """
    from factledger.checks.admitting.lacking import types_to_declare
    from factledger.cli.asking.filters import check_known
    from factledger.records.vocabulary import shipped

    known, of = _vocabulary(address)
    if name is None:
        meant = [*known.types.values()]
    elif name in known.types:
        meant = [known.types[name]]
    else:
        meant = [*types_to_declare(name, known, shipped())]
        if not meant:
            check_known("type", [name], known.types)
    if form == "json":
        from factledger.cli.output import write_json
        from factledger.records.codec import to_body

        write_json([to_body(kind) for kind in meant])
        return
    if name is None:
        tell(type_lines(of, meant, Layout.of_output()))
    else:
        tell(declaration_lines(meant, lacking=name not in known.types))


def _vocabulary(address: str | None) -> tuple[Vocabulary, str]:
    """Return the types of the ledger that is named or found, else the newest shipped, and whose they are."""
    from factledger.cli.discovery import find_ledger
    from factledger.records.vocabulary import NEWEST, shipped

    try:
        meant = address or str(find_ledger(Path.cwd()))
    except NotFound:
        return shipped(), f"vocabulary {NEWEST}"
    with open_ledger(meant) as ledger:
        return ledger.belief().vocabulary, ledger.address


def type_lines(of: str, types: Iterable[Type], layout: Layout) -> Iterator[str]:
    """Yield the types by shape: what each needs, its modes, and how it reads."""
    from factledger.records.claims import SHAPES
    from factledger.text import show

    yield from layout.wrapped(show(f"Types of {of}"), 2)
    types = tuple(types)
    for shape in SHAPES:
        having = [kind for kind in types if kind.shape == shape]
        if having:
            yield ""
            yield click.style(f"{shape}s".capitalize(), bold=True)
        for kind in having:
            yield from layout.wrapped(show(f"  {_facts(kind)}"), 6)
            if kind.sentence:
                yield from layout.wrapped(show(f"    {kind.sentence}"), 6)


def _facts(kind: Type) -> str:
    facts = [kind.id]
    facts += [f"needs {', '.join(kind.required)}"] * bool(kind.required)
    facts += [f"modes {', '.join(kind.modes)}"] * bool(kind.modes)
    facts += ["one value at a time"] * kind.single
    facts += ["once"] * bool(kind.once)
    return " · ".join(facts)


def declaration_lines(types: Iterable[Type], *, lacking: bool) -> Iterator[str]:
    r"""Yield types as tables of a draft; below a comment that says whether they need be declared.

    >>> from factledger.records.vocabulary import shipped
    >>> print(*declaration_lines([shipped().types["died"]], lacking=True), sep="\n")
    # of a later vocabulary than the ledger was begun with: append it to use it
    [[type]]
    id = "died"
    shape = "event"
    required = ["actor"]
    once = ["actor"]
    sentence = "{actor} died[ in {location}]"
    infinitive = "{actor} to die[ in {location}]"
    """
    from factledger.intake.adding.kept_draft import toml_value
    from factledger.records.codec import to_body
    from factledger.text import show

    if lacking:
        yield "# of a later vocabulary than the ledger was begun with: append it to use it"
    else:
        yield "# the ledger knows it: it need not be declared"
    for place, kind in enumerate(types):
        if place:
            yield ""
        yield "[[type]]"
        for key, value in to_body(kind).items():
            if key != "kind":
                yield show(f"{key} = {toml_value(value)}")
