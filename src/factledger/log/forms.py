"""Forms of canonical texts that were met before, so that the next line of a form is known at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import TypeAlias

_Form: TypeAlias = tuple[bytes, ...]
_forms: dict[bytes, tuple[Callable[[list[bytes]], _Form], set[_Form]]] = {}
_FORMS = 4096
_number = re.compile(rb"(?<=[:\[,])(?:0|[1-9][0-9]{0,14})(?=[,\]}])").sub


def is_of_known_form(body: bytes) -> bool:
    """Return whether a text differs from one that is canonical in nothing but its texts and numbers.

    Without an escape every quotation mark ends or begins a text: what stands between the texts,
    and the keys among them, decide whether the whole is canonical. False says nothing.
    """
    if b"\\" in body or not _is_printable(body):
        return False
    parts = body.split(b'"')
    between = b'"'.join(parts[::2])
    known = _forms.get(between) or _forms.get(_number(b"0", between))
    whole = len(parts) % 2  # no text is left open
    return bool(whole) and known is not None and known[0](parts) in known[1]


def learn_form(body: bytes) -> None:
    """Remember the form of a text that is canonical, where it has no escape."""
    parts = body.split(b'"')
    between = _number(b"0", b'"'.join(parts[::2]))
    if b"\\" in body or len(_forms) >= _FORMS:
        return
    keys = [i for i in range(1, len(parts), 2) if parts[i + 1].startswith(b":")]
    picking, found = _forms.setdefault(between, (_picking(keys), set()))
    if len(found) < _FORMS:
        found.add(picking(parts))


def _picking(places: list[int]) -> Callable[[list[bytes]], _Form]:
    """Return a function that picks the parts at some places, as a tuple whatever their number."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda parts: tuple(parts[i] for i in places)


def _is_printable(body: bytes) -> bool:
    try:
        return body.decode().isprintable()
    except UnicodeDecodeError:
        return False
