"""Expressions: the values of a map, which become the values of a draft when a row is read.

A text is a template, a case decides by what columns hold, and anything else is as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from fnmatch import translate
from typing import TypeAlias

from factledger.errors import FieldError
from factledger.intake.maps.templates import Cells, Template, template
from factledger.intake.reading.dating import DateCell
from factledger.intake.reading.nested import list_cells

Expression: TypeAlias = Callable[[Cells], object]
TableExpression: TypeAlias = Callable[[Cells], dict[str, object] | None]
Condition: TypeAlias = Callable[[Cells], bool]

_HOLE = frozenset("{}")
_CASE = frozenset({"is", "number", "year", "start", "end", "each"})
_KEYS = {
    "is": {"if", "is", "format"},
    "number": {"if", "number"},
    "year": {"if", "year", "month", "day"},
    "start": {"if", "start"},
    "end": {"if", "end"},
    "each": {"if", "each"},
}


def expression(given: object, path: str, columns: set[str]) -> Expression:
    """Return a function from the cells of a row to a value of a draft, None to leave it out.

    A text is a template. A table with `is`, `number` or `year` is a case; of a list of cases the
    first whose `if` holds is taken, and none of them leaves the value out. In any other list a
    table may have an `if` of its own. Empty texts, lists and tables are left out. Names of
    columns are added to `columns`; `path` says where in the map this is.
    """
    if isinstance(given, str):
        made = _template(given, path, columns)
        if not _HOLE.intersection(given):
            return lambda cells: given or None
        return lambda cells: made(cells) or None
    if isinstance(given, dict):
        made_of = _case if _CASE & set(given) else table_expression
        return made_of(given, path, columns)
    if isinstance(given, list):
        return _list(given, path, columns)
    return lambda cells: given


def table_expression(given: Mapping[str, object], path: str, columns: set[str]) -> TableExpression:
    """Return a function from the cells of a row to a table, without the values that are left out."""
    made = [(key, expression(held, f"{path}.{key}", columns)) for key, held in given.items()]

    def filled(cells: Cells) -> dict[str, object] | None:
        found = {key: held for key, make in made if (held := make(cells)) is not None}
        return found or None

    return filled


def _list(given: list[object], path: str, columns: set[str]) -> Expression:
    if given and all(isinstance(item, dict) and _CASE & set(item) for item in given):
        return _first([_optional(item, f"{path}[{i}]", columns) for i, item in enumerate(given)])
    made = [_optional(item, f"{path}[{i}]", columns) for i, item in enumerate(given)]

    def filled(cells: Cells) -> list[object] | None:
        found = [make(cells) for holds, make in made if holds(cells)]
        return [item for item in found if item is not None] or None

    return filled


def _first(cases: list[tuple[Condition, Expression]]) -> Expression:
    def chosen(cells: Cells) -> object:
        for holds, make in cases:
            if holds(cells):
                return make(cells)
        return None

    return chosen


def _optional(item: object, path: str, columns: set[str]) -> tuple[Condition, Expression]:
    """Return the condition of a member of a list, and its expression."""
    if not isinstance(item, dict):
        return _always, expression(item, path, columns)
    rest = {key: held for key, held in item.items() if key != "if"}
    return condition(item.get("if", {}), f"{path}.if", columns), expression(rest, path, columns)


def _always(cells: Cells) -> bool:
    return True


def condition(given: object, path: str, columns: set[str]) -> Condition:
    """Return a test of the cells of a row: each column named matches its pattern.

    A pattern is as for file names: `""` is an empty cell, `"?*"` one with something in it, `"20*"`
    one that begins so; of a list, one has to match. A column that the row lacks counts as empty.
    """
    if not isinstance(given, dict):
        raise FieldError(path, f"wanted a table such as {{ column = 'pattern' }}, found {given!r}")
    wanted = [(column, _pattern(held, f"{path}.{column}")) for column, held in given.items()]
    columns.update(given)

    def holds(cells: Cells) -> bool:
        for name, match in wanted:  # noqa: SIM110  asked of each row: a generator takes twice as long
            if not match(cells.get(name, "")):
                return False
        return True

    return holds


def _pattern(given: object, path: str) -> Callable[[str], object]:
    """Return a test of one cell; most patterns are plain, and need no regular expression."""
    given_patterns = given if isinstance(given, list) else [given]
    patterns = [p for p in given_patterns if isinstance(p, str)]
    if not patterns or len(patterns) < len(given_patterns):
        raise FieldError(path, f"wanted a pattern as text, or a list of them, found {given!r}")
    if patterns == ["?*"]:
        return bool
    if not any(c in p for p in patterns for c in "*?["):
        return frozenset(patterns).__contains__
    return re.compile("|".join(map(translate, patterns))).match


# --- cases


def _case(given: dict[str, object], path: str, columns: set[str]) -> Expression:
    kind = next(iter(_CASE & set(given)))
    unknown = sorted(set(given) - _KEYS[kind])
    if unknown:
        raise FieldError(f"{path}.{unknown[0]}", f"no key beside {kind!r}; {_known(kind)}")
    if "if" in given:
        return _first([_optional(given, path, columns)])
    parts = {key: _template(held, f"{path}.{key}", columns) for key, held in given.items()}
    if kind == "each":
        name = parts["each"]({})
        columns.add(name)
        return lambda cells: list_cells(cells, name) or None
    if kind == "number":
        return lambda cells: _number(parts["number"](cells), path)
    if kind == "year":
        return _made(lambda cells: _joined([p(cells) for p in parts.values()], path), path)
    if kind in ("start", "end"):
        return _side(parts[kind], kind, path)
    if "format" in given:
        form = _format(str(given["format"]), path)
        return _made(lambda cells: edtf_of(parts["is"](cells), form, path), path)
    return lambda cells: parts["is"](cells) or None


_DATES = (".when", ".since", ".until", ".before")


def _made(make: Callable[[Cells], str | None], path: str) -> Expression:
    """Return what makes a date of its parts, as one that is made where it is the date of a claim."""
    if not path.partition("[")[0].endswith(_DATES):
        return make

    def made(cells: Cells) -> object:
        text = make(cells)
        return None if text is None else DateCell(text, "made")

    return made


def _side(text: Template, kind: str, path: str) -> Expression:
    """Return what takes the start or the end of a period that is written in one text."""
    if not path.partition("[")[0].endswith(_DATES):
        raise FieldError(path, f"{kind!r} is for the dates of a claim")
    return lambda cells: DateCell(text(cells), kind) if text(cells) else None


def _format(form: str, path: str) -> str:
    named = _directives(form)
    if not named & set("YyGxc"):
        raise FieldError(f"{path}.format", f"no year in {form!r}; write '%Y'")
    if named & set("VUW") and not named & set("uwaA"):
        raise FieldError(f"{path}.format", f"a week in {form!r} has no day; write '%u' for it")
    return form


def _known(kind: str) -> str:
    return f"it goes with {', '.join(sorted(_KEYS[kind] - {kind}))}"


def _template(given: object, path: str, columns: set[str]) -> Template:
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
    sign, digits = ("-", year[1:]) if year.startswith("-") else ("", year)
    return "-".join([sign + digits.zfill(4), *(cell.zfill(2) for cell in given)])


def _ascii_digits(text: str) -> str:
    """Return a text as it is; ValueError where it holds other digits, which `strptime` would read."""
    if any(c.isdigit() and not c.isascii() for c in text):
        raise ValueError(text)
    return text


def edtf_of(text: str, form: str, path: str) -> str | None:
    """Return a date in a format of `datetime.strptime` as EDTF, as precise as the format.

    >>> edtf_of("31/12/2021", "%d/%m/%Y", "since"), edtf_of("Dec 2021", "%b %Y", "since")
    ('2021-12-31', '2021-12')
    >>> edtf_of("2020-W53-1", "%G-W%V-%u", "since")
    '2020-12-28'
    """
    if not text:
        return None
    try:
        day = datetime.strptime(_ascii_digits(text), form).date().isoformat()
    except (ValueError, re.error):  # the latter of a format that names a part twice
        raise FieldError(path, f"{text!r} is not a date in the format {form!r}") from None
    named = _directives(form)
    if named & set("djxc") or (named & set("VUW") and named & set("uwaA")):
        return day
    return day[:7] if named & set("mbB") else day[:4]


def _directives(form: str) -> set[str]:
    """Return the letters of a format of `datetime.strptime`."""
    return set(re.findall("[a-zA-Z]", "".join(re.findall("%.", form))))
