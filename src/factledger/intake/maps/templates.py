"""Templates: text with `{column}` in it, filled from one row; nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import TypeAlias

from factledger.errors import FieldError

Cells: TypeAlias = Mapping[str, str]
Template: TypeAlias = Callable[[Cells], str]

_PART = re.compile(r"\{\{|\}\}|\{([^{}]+?)(?::(\.[1-9][0-9]{0,5}|id))?\}|[{}]")
_FOREIGN = re.compile(r"[^A-Za-z0-9.-]")


def template(text: str, columns: set[str] | None = None) -> Template:
    """Return what fills a text from a row; the columns that it names are added to `columns`.

    `{name}` is the cell of a column, `{name:.7}` its first seven characters, `{name:id}` the cell
    as an identifier (see `escaped` and `identifier`); `{{` and `}}` are braces. Raises `FieldError` for
    a brace that is no part of these.

    >>> template("pocom-{commit:.7}")({"commit": "0c4bbecd26b4"})
    'pocom-0c4bbec'
    """
    parts: list[Template] = []
    end = 0
    for found in _PART.finditer(text):
        parts += [_literal(text[end : found.start()])] if found.start() > end else []
        parts.append(_part(found, columns))
        end = found.end()
    parts += [_literal(text[end:])] if end < len(text) or not parts else []
    whole = parts[0] if len(parts) == 1 else lambda cells: "".join([part(cells) for part in parts])
    if any(found[2] == "id" for found in _PART.finditer(text)):
        return lambda cells: identifier(whole(cells))
    return whole


def _part(found: re.Match[str], columns: set[str] | None) -> Template:
    name, how = found[1], found[2]
    if found[0] in ("{{", "}}"):
        return _literal(found[0][0])
    if name is None:
        raise FieldError("template", f"a {found[0]!r} stands alone; write {{column}}, {{{{ or }}}}")
    if columns is not None:
        columns.add(name)
    if how == "id":
        return lambda cells: escaped(_cell(cells, name))
    if how:
        size = int(how[1:])
        return lambda cells: _cell(cells, name)[:size]
    return _whole(name)


def _whole(name: str) -> Template:
    def cell(cells: Cells) -> str:
        return cells[name] if name in cells else _cell(cells, name)

    return cell


def _literal(text: str) -> Template:
    return lambda cells: text


def _cell(cells: Cells, name: str) -> str:
    try:
        return cells[name]
    except KeyError:
        listed = re.sub(r"\.([0-9]+)(?![^.\[])", r"[\1]", name)  # of a list inside a row
        meant = f"; did you mean {listed!r}?" if listed in cells else ""
        raise FieldError(name, f"the row has no such column{meant}") from None


def escaped(text: str) -> str:
    """Return a text in the letters of an identifier, so that it can be read back.

    Each byte of a character that is no ASCII letter, digit, dot or hyphen becomes `_` and its two
    hexadecimal digits: different texts stay different.

    >>> escaped("New York"), escaped("Zoë_1")
    ('New_20York', 'Zo_C3_AB_5F1')
    """
    return _FOREIGN.sub(lambda c: "".join(f"_{byte:02X}" for byte in c[0].encode()), text)


def identifier(text: str) -> str:
    """Return what a template with `:id` makes as an identifier: its beginning and its length are right.

    `x_` comes before a first character that no identifier begins with, which no other text has.

    >>> identifier("_C3_89tienne"), identifier("Zo_C3_AB")
    ('x__C3_89tienne', 'Zo_C3_AB')
    """
    return short_identifier(f"x_{text}" if text[:1] in _NO_BEGINNING else text)


_NO_LETTER = re.compile(r"[^A-Za-z0-9._-]")
_NO_BEGINNING = ("_", ".", "-")
_MOST, _HASHED = 100, 20


def short_identifier(text: str) -> str:
    """Return an identifier as it is; of one longer than 100 characters the beginning, and a hash of all.

    >>> short_identifier("a" * 120)[70:]
    'aaaaaaaaa.2f3d335432c70b580af0'
    """
    if len(text) <= _MOST or _NO_LETTER.search(text):  # what is none does not become one
        return text
    return f"{text[: _MOST - _HASHED - 1]}.{sha256(text.encode()).hexdigest()[:_HASHED]}"
