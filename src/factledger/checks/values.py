"""Checks of a record by itself: its identifiers, its visible texts, its place as the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from factledger.dates.dated import Edtf
from factledger.errors import Fault
from factledger.log.lines import MAX_BODY
from factledger.records.declarations import Header
from factledger.records.record import Record
from factledger.records.vocabulary import NEWEST
from factledger.text import hidden_characters, is_slug

_NAMING = ("id", "label", "origin")
_FREE = frozenset({"quote", "prefix", "suffix"})  # a quotation must not change
_WANTED = "write 1 to 100 ASCII letters, digits, dots, hyphens or underscores"


def value_faults(number: int, record: Record, written: bytes) -> Iterator[Fault]:
    """Yield the faults in the values of a record, whatever else the ledger holds.

    Only what gives a name is checked to be an identifier: what refers to it must be declared.
    """
    if len(written) > MAX_BODY:
        told = f"{len(written):,} bytes, and a record has at most {MAX_BODY:,}; make it shorter"
        yield "record-form", told
    if isinstance(record, Header) != (number == 1):
        yield "ledger-first", "the first record names the ledger's format, and no other does"
    if isinstance(record, Header) and record.vocabulary > NEWEST:
        told = f"vocabulary {record.vocabulary} is not known; the newest is {NEWEST}"
        yield "ledger-first", told
    content = record.content
    for field in _NAMING:
        name = getattr(content, field, None)
        if name is not None and not is_slug(name):
            yield "identifier", f"{field} {name!r} is no identifier; {_WANTED}"
    if not is_plain(written.decode()):
        yield from _hidden_faults(record, "")


def is_plain(text: str) -> bool:
    """Return whether a canonical text is printable ASCII without an escape: it hides nothing."""
    return text.isascii() and "\\" not in text and "\x7f" not in text


def _hidden_faults(value: Any, path: str) -> Iterator[Fault]:
    """Yield the hidden characters in the texts that a record holds, with the paths of its fields."""
    for field in attrs.fields(type(value)):
        found = getattr(value, field.name)
        if field.name in _FREE or field.name in _NAMING:
            continue
        for i, item in enumerate(found if isinstance(found, tuple) else (found,)):
            place = f"{path}{field.name}" + (f"[{i}]" if isinstance(found, tuple) else "")
            if isinstance(item, str):
                yield from _hidden(item, place)
            elif attrs.has(type(item)) and not isinstance(item, Edtf):
                yield from _hidden_faults(item, f"{place}.")


def _hidden(text: str, place: str) -> Iterator[Fault]:
    found = hidden_characters(text.replace("\n", " ").replace("\t", " "))
    if found:
        at, what = found[0]
        yield "name-visible", f"{place} holds {what} at character {at}; take it out"
