"""Checks of a record by itself: its identifiers, its visible texts, its place as the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import attrs

from factledger.records import Correct, Header, Record
from factledger.shown import hidden_characters, is_slug, show

Fault: TypeAlias = tuple[str, str]

_IDENTIFIERS = frozenset({"id", "label", "type", "actor", "of", "source", "copy_of", "origin"})
_IDENTIFIER_LISTS = frozenset({"actors", "attributed_to", "begins", "ends", "key", "required"})
_WANTED = "write 1 to 100 ASCII letters, digits, dots, hyphens or underscores"
_FREE = frozenset({"quote", "prefix", "suffix"})  # a quotation must not change


def value_faults(number: int, record: Record) -> Iterator[Fault]:
    """Yield what is wrong with the values of a record, whatever else the ledger holds."""
    if isinstance(record, Header) != (number == 1):
        yield "ledger-first", "the first record names the ledger's format, and no other does"
    yield from _text_faults(record, "")


def _text_faults(value: Any, path: str) -> Iterator[Fault]:
    """Yield the faults of every text that a record holds, each with the path of its field."""
    for field in attrs.fields(type(value)):
        place = f"{path}{field.name}"
        found = getattr(value, field.name)
        if isinstance(found, str):
            yield from _one_text(field.name, found, place)
        elif isinstance(found, tuple):
            yield from _texts(field.name, found, place)
        elif isinstance(value, Correct) and field.name == "record":
            yield from _text_faults(found, "record.")


def _texts(name: str, values: tuple[Any, ...], place: str) -> Iterator[Fault]:
    for i, value in enumerate(values):
        if isinstance(value, str):
            as_name = "id" if name in _IDENTIFIER_LISTS else name
            yield from _one_text(as_name, value, f"{place}[{i}]")
        elif attrs.has(type(value)):
            yield from _text_faults(value, f"{place}[{i}].")


def _one_text(name: str, text: str, place: str) -> Iterator[Fault]:
    if name in _IDENTIFIERS:
        if not is_slug(text):
            yield "identifier", f"{place} {show(text)!r} is no identifier; {_WANTED}"
    elif name not in _FREE:
        hidden = hidden_characters(text.replace("\n", " ").replace("\t", " "))
        if hidden:
            at, what = hidden[0]
            yield "name-visible", f"{place} holds {what} at character {at}; take it out"
