"""The values of a map: drafts whose texts are templates, with cases where columns decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from fnmatch import translate
from typing import Any, TypeAlias

from factledger.errors import FieldError
from factledger.intake.templates import Template, Values, template

Value: TypeAlias = Callable[[Values], Any]

_CASE = frozenset({"is", "number", "year"})
_KEYS = {"is": {"if", "is", "format"}, "number": {"if", "number"}, "year": {"if", "year", "month", "day"}}  # fmt: skip


def value(given: Any, path: str, columns: set[str]) -> Value:
    """Return what makes a value of a draft from a row: None where it is to be left out.

    A text is a template. A table with `is`, `number` or `year` is a case; of a list of cases the
    first whose `if` holds is taken, and none of them leaves the value out. In any other list a
    table may have an `if` of its own. Empty texts, lists and tables are left out. Names of
    columns are added to `columns`; `path` says where in the map this is.
    """
    if isinstance(given, str):
        made = _template(given, path, columns)
        return lambda values: made(values) or None
    if isinstance(given, dict):
        return _case(given, path, columns) if _CASE & set(given) else table(given, path, columns)
    if isinstance(given, list):
        return _list(given, path, columns)
    return lambda values: given


def table(given: dict[str, Any], path: str, columns: set[str]) -> Value:
    """Return what makes a table from a row: its keys with the values that are not left out."""
    made = [(key, value(held, f"{path}.{key}", columns)) for key, held in given.items()]

    def filled(values: Values) -> dict[str, Any] | None:
        found = {key: held for key, make in made if (held := make(values)) is not None}
        return found or None

    return filled


def _list(given: list[Any], path: str, columns: set[str]) -> Value:
    if given and all(isinstance(item, dict) and _CASE & set(item) for item in given):
        return _first([_optional(item, f"{path}[{i}]", columns) for i, item in enumerate(given)])
    made = [_optional(item, f"{path}[{i}]", columns) for i, item in enumerate(given)]

    def filled(values: Values) -> list[Any] | None:
        found = [make(values) for holds, make in made if holds(values)]
        return [item for item in found if item is not None] or None

    return filled


def _first(cases: list[tuple[Callable[[Values], bool], Value]]) -> Value:
    def chosen(values: Values) -> Any:
        for holds, make in cases:
            if holds(values):
                return make(values)
        return None

    return chosen


def _optional(item: Any, path: str, columns: set[str]) -> tuple[Callable[[Values], bool], Value]:
    """Return the condition of a member of a list, and what makes it."""
    if not isinstance(item, dict):
        return _always, value(item, path, columns)
    rest = {key: held for key, held in item.items() if key != "if"}
    return condition(item.get("if", {}), f"{path}.if", columns), value(rest, path, columns)


def _always(values: Values) -> bool:
    return True


def condition(given: Any, path: str, columns: set[str]) -> Callable[[Values], bool]:
    """Return whether a row fulfils a condition: each column named matches its pattern.

    A pattern is as for file names: `""` is an empty cell, `"?*"` one with something in it, `"20*"`
    one that begins so; of a list, one has to match. A column that the row lacks counts as empty.
    """
    if not isinstance(given, dict):
        raise FieldError(path, f"wanted a table such as {{ column = 'pattern' }}, found {given!r}")
    wanted = [(column, _pattern(held, f"{path}.{column}")) for column, held in given.items()]
    columns.update(given)

    def holds(values: Values) -> bool:
        for name, match in wanted:  # noqa: SIM110  asked of each row: a generator takes twice as long
            if not match(values.get(name, "")):
                return False
        return True

    return holds


def _pattern(given: Any, path: str) -> Callable[[str], object]:
    """Return what matches a cell; most patterns are plain, and need no regular expression."""
    patterns = given if isinstance(given, list) else [given]
    if not patterns or not all(isinstance(p, str) for p in patterns):
        raise FieldError(path, f"wanted a pattern as text, or a list of them, found {given!r}")
    if patterns == ["?*"]:
        return bool
    if not any(c in p for p in patterns for c in "*?["):
        return frozenset(patterns).__contains__
    return re.compile("|".join(map(translate, patterns))).match


# --- cases


def _case(given: dict[str, Any], path: str, columns: set[str]) -> Value:
    kind = next(iter(_CASE & set(given)))
    unknown = sorted(set(given) - _KEYS[kind])
    if unknown:
        raise FieldError(f"{path}.{unknown[0]}", f"no key beside {kind!r}; {_known(kind)}")
    if "if" in given:
        return _first([_optional(given, path, columns)])
    parts = {key: _template(held, f"{path}.{key}", columns) for key, held in given.items()}
    if kind == "number":
        return lambda values: _number(parts["number"](values), path)
    if kind == "year":
        return lambda values: _joined([p(values) for p in parts.values()], path)
    if "format" in given:
        if not _directives(given["format"]) & set("YyGxc"):
            raise FieldError(f"{path}.format", f"no year in {given['format']!r}; write '%Y'")
        return lambda values: dated(parts["is"](values), given["format"], path)
    return lambda values: parts["is"](values) or None


def _known(kind: str) -> str:
    return f"it goes with {', '.join(sorted(_KEYS[kind] - {kind}))}"


def _template(given: Any, path: str, columns: set[str]) -> Template:
    if not isinstance(given, str):
        raise FieldError(path, f"wanted text, found {given!r}")
    try:
        return template(given, columns)
    except FieldError as fault:
        raise FieldError(path, fault.reason) from None


def _number(text: str, path: str) -> int | None:
    if text and not (text.isascii() and text.isdigit()):
        raise FieldError(path, f"wanted a whole number, found {text!r}")
    return int(text) if text else None


def _joined(cells: Iterable[str], path: str) -> str | None:
    """Return year, month and day as a date, as precise as they are given."""
    year, *rest = cells
    given = [cell for cell in rest if cell]
    if not year or rest[: len(given)] != given:
        if not year and not given:
            return None
        raise FieldError(path, f"a day without its month or year: {year!r}, {rest!r}")
    return "-".join([year.zfill(4), *(cell.zfill(2) for cell in given)])


def _ascii_digits(text: str) -> str:
    """Return a text as it is; ValueError where it holds other digits, which `strptime` would read."""
    if any(c.isdigit() and not c.isascii() for c in text):
        raise ValueError(text)
    return text


def dated(text: str, form: str, path: str) -> str | None:
    """Return a date in a format of `datetime.strptime` as EDTF, as precise as the format.

    >>> dated("31/12/2021", "%d/%m/%Y", "since"), dated("Dec 2021", "%b %Y", "since")
    ('2021-12-31', '2021-12')
    """
    if not text:
        return None
    try:
        day = datetime.strptime(_ascii_digits(text), form).date().isoformat()
    except (ValueError, re.error):  # the latter of a format that names a part twice
        raise FieldError(path, f"{text!r} is not a date in the format {form!r}") from None
    named = _directives(form)
    if named & set("djxc"):
        return day
    return day[:7] if named & set("mbB") else day[:4]


def _directives(form: str) -> set[str]:
    """Return the letters of a format of `datetime.strptime`."""
    return set(re.findall("[a-zA-Z]", "".join(re.findall("%.", form))))
