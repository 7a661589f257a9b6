"""Forms of canonical texts that were met before, so that the next line of a form is known at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Generic, TypeAlias, TypeVar

_Form: TypeAlias = tuple[bytes, ...]
_Held = TypeVar("_Held")
_FORMS = 4096
_number = re.compile(rb"(?<=[:\[,])(?:0|[1-9][0-9]{0,14})(?=[,\]}])").sub


class Forms(Generic[_Held]):
    """Forms that were learned, each with something that holds for all texts of it.

    Two texts of a form differ in nothing but their texts and numbers. Without an escape every quotation
    mark ends or begins a text: what stands between the texts, and the keys among them, decide
    whether the whole is canonical.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[Callable[[list[bytes]], _Form], dict[_Form, _Held]]] = {}

    def known(self, body: bytes) -> tuple[list[bytes], _Held] | None:
        """Return the parts of a text of a form that was learned, and what is held of it; None says nothing."""
        if b"\\" in body or not _is_printable(body):
            return None
        parts = body.split(b'"')
        between = b'"'.join(parts[::2])
        known = self._known.get(between) or self._known.get(_number(b"0", between))
        if known is None or not len(parts) % 2:  # a text is left open
            return None
        held = known[1].get(known[0](parts))
        return None if held is None else (parts, held)

    def takes(self, body: bytes) -> bool:
        """Return whether the form of a text could be learned, and known again."""
        return len(self._known) < _FORMS and b"\\" not in body and _is_printable(body)

    def learn(self, body: bytes, held: _Held) -> None:
        """Remember the form of a text that is canonical, where it has no escape."""
        parts = body.split(b'"')
        between = _number(b"0", b'"'.join(parts[::2]))
        if b"\\" in body or len(self._known) >= _FORMS:
            return
        keys = [i for i in range(1, len(parts), 2) if parts[i + 1].startswith(b":")]
        picking, found = self._known.setdefault(between, (picked(keys), {}))
        if len(found) < _FORMS:
            found[picking(parts)] = held

    def clear(self) -> None:
        """Forget all forms."""
        self._known.clear()


_forms: Forms[bool] = Forms()


def is_of_known_form(body: bytes) -> bool:
    """Return whether a text differs from one that is canonical in nothing but its texts and numbers.

    False says nothing.
    """
    return _forms.known(body) is not None


def learn_form(body: bytes) -> None:
    """Remember the form of a text that is canonical, where it has no escape."""
    _forms.learn(body, held=True)


def picked(places: list[int]) -> Callable[[list[bytes]], _Form]:
    """Return a function that picks the parts at some places, as a tuple whatever their number."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda parts: tuple(parts[i] for i in places)


def _is_printable(body: bytes) -> bool:
    try:
        return body.decode().isprintable()
    except UnicodeDecodeError:
        return False
