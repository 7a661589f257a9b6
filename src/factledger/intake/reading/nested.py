"""Nested values: the cells of a JSON object, also those inside its objects and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

_DEEPEST = 8  # levels below the row; what is deeper is no column
MOST_VALUES = 10_000
"""The most values that an object may have: a long list of one line is many cells."""


def object_cells(row: Mapping[str, object]) -> dict[str, str]:
    """Return the cells of an object: a value inside another under its path.

    Numbers keep their digits, null is the empty text. A key of the object itself comes before a path
    that is written alike. Raises `ValueError` for more than 10,000 values.

    >>> object_cells({"id": "1", "a": {"b": ["x", {"c": None}]}})
    {'a.b[0]': 'x', 'a.b[1].c': '', 'id': '1'}
    """
    plain = {name: held for name, held in row.items() if not isinstance(held, list | dict)}
    nested = islice(_inside("", row, 0), MOST_VALUES) if len(plain) < len(row) else ()
    found = dict(nested) | {name: cell_text(held) for name, held in plain.items()}
    if len(found) >= MOST_VALUES:
        raise ValueError(f"it has {MOST_VALUES:,} values or more; give it in parts")
    return found


def cell_text(held: object) -> str:
    """Return the text of a value of JSON whose numbers are texts already."""
    if isinstance(held, str):
        return held
    return "" if held is None else str(held).lower()


def _inside(path: str, held: object, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(held, dict):
        for name, value in held.items():
            yield from _inside(f"{path}.{name}" if path else name, value, depth + 1)
    elif isinstance(held, list):
        for i, value in enumerate(held):
            yield from _inside(f"{path}[{i}]", value, depth + 1)
    elif depth > 1:
        yield path, cell_text(held)


def list_cells(cells: Mapping[str, str], name: str) -> list[str]:
    """Return the texts of a list that stands under a name; of a plain cell that one, if it is not empty.

    >>> list_cells({"name[0]": "Ann", "name[1]": "Anna"}, "name"), list_cells({"name": "Ann"}, "name")
    (['Ann', 'Anna'], ['Ann'])
    """
    if cells.get(name):
        return [cells[name]]
    found: list[str] = []
    while (text := cells.get(f"{name}[{len(found)}]")) is not None:
        found.append(text)
    return [text for text in found if text]
