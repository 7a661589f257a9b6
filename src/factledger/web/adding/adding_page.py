"""The values of the desk's pages: an article with a form, and the sources that have a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from factledger.intake.adding.claim_form import FORM_FIELDS, ClaimForm, FilledClaim, unknown_names
from factledger.intake.adding.kept_draft import KeptDraft
from factledger.ledger.ledger import Ledger
from factledger.status.belief import Belief

if TYPE_CHECKING:
    from factledger.web.adding.desk import Desk

_OFFERED = 500  # names in a list to choose from


@attrs.frozen
class FormField:
    """A field of the form: its value, what is wrong with it, and whether one begins there."""

    name: str
    label: str
    hint: str
    value: str
    problems: tuple[str, ...] = ()
    first: bool = False


@attrs.frozen
class AddingPage:
    """A source with its text, the form of a claim, and the draft that waits."""

    source: str
    title: str
    text: str
    fields: tuple[FormField, ...]
    at: str
    types: tuple[str, ...]
    actors: tuple[str, ...]
    waiting: int
    draft: str
    place: str
    note: str
    reading: str


@attrs.frozen
class DeskSource:
    """A source of the desk's first page: whether its text is at hand, and where its claims are added."""

    id: str
    title: str
    path: str | None


_FIELD_WORDS = {
    "quote": ("Quote", "select words in the text, or type the first … and the last of them"),
    "type": ("Type", "a type, TYPE/MODE, or a mode alone"),
    "who": ("Who", "WHO > WHOM @ WHERE: ids, names, or beginnings with *"),
    "when": ("When", "2 May 2021, c. 1383, since 2019; . takes the date of the quote"),
    "more": ("More", "=VALUE; not; planned; if …; by NAME to NAME on DATE; x4; why when: REASON"),
    "new": ("New actors", "a line each, NAME: country, person, post of WHOM"),
}


def adding_page(
    ledger: Ledger, source: str, text: str, draft: KeptDraft, form: ClaimForm,
    done: FilledClaim | None = None, note: str = "",
) -> AddingPage:  # fmt: skip
    """Return the page on which claims of a source are added, with what is wrong beside each field."""
    belief = ledger.belief()
    problems = done.problems if done else ()
    declared = belief.source(source)
    fields = form_fields(form, problems)
    return AddingPage(
        source,
        declared.title if declared else source,
        text,
        fields,
        "" if form.at is None else str(form.at),
        offered_types(belief),
        offered_names(belief),
        draft.count,
        draft.path.read_text("utf-8") if draft.path.exists() else "",
        str(draft.path),
        note,
        done.reading if done else "",
    )


def form_fields(
    form: ClaimForm, problems: tuple[tuple[str, str], ...] = ()
) -> tuple[FormField, ...]:
    """Return the fields of a form; who is not known stands among the new actors, to be declared."""
    new = [form.new.rstrip("\n")] if form.new.strip() else []
    named = [line.partition(":")[0].strip() for line in form.new.splitlines()]
    new += [f"{name}: " for name in dict.fromkeys(unknown_names(problems)) if name not in named]
    values = {**{name: getattr(form, name) for name in FORM_FIELDS}, "new": "\n".join(new)}
    wrong = {name: tuple(told for field, told in problems if field == name) for name in FORM_FIELDS}
    first = next((name for name in FORM_FIELDS if wrong[name]), "quote")
    return tuple(
        FormField(name, *_FIELD_WORDS[name], values[name], wrong[name], name == first)
        for name in FORM_FIELDS
    )


def offered_types(belief: Belief) -> tuple[str, ...]:
    """Return what can be typed as a type: its id, alone and with each of its modes."""
    kinds = belief.vocabulary.types
    return tuple(
        word for name in kinds for word in (name, *(f"{name}/{m}" for m in kinds[name].modes))
    )


def offered_names(belief: Belief) -> tuple[str, ...]:
    """Return the names of actors, the first of each."""
    declared = (belief.actor(name) for name in belief.index.declared("actor")[:_OFFERED])
    return tuple(actor.names[0] for actor in declared if actor is not None)


def desk_page(ledger: Ledger, desk: Desk) -> tuple[DeskSource, ...]:
    """Return the sources of a ledger, each with where its claims are added if its text is at hand."""
    belief = ledger.belief()
    found = []
    for name in belief.index.declared("source"):
        source = belief.source(name)
        at_hand = desk.text(ledger, name) is not None
        found.append(
            DeskSource(
                name, source.title if source else name, desk.path_of(name) if at_hand else None
            )
        )
    return tuple(found)
