"""Wikidata items → rows with a statement each, with its rank, its dates as precise as they are, and its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from factledger.dates.historical.calendars import julian_day
from factledger.errors import DateError
from factledger.intake.reading.row import FileRow, row_hash

_TIME = re.compile(r"([+-])([0-9]{4,})-([0-9]{2})-([0-9]{2})T00:00:00Z")
_JULIAN = "Q1985786"
_DATES = {"start": "P580", "end": "P582", "point": "P585"}
_NEARLY = {"Q5727902": "~", "Q18122778": "?", "Q30230067": "?"}  # circa, presumably, possibly
_READ = frozenset({*_DATES.values(), "P1480", "P2241", "P5102"})


def wikidata_rows(lines: Iterable[bytes]) -> Iterator[FileRow]:
    """Yield the statements of items: of a document with `entities`, or of a dump with an item a line.

    The line of a row is the number of its statement. Its cells are `item`, `item_name`, `revision`, `modified`, `property`, `statement`, `rank`, `value`,
    `value_name`, `start`, `end`, `point`, `end_known`, `deprecated`, `reference`; and `lost`, the
    qualifiers that none of them holds. A date that cannot be said makes the row a fault.
    """
    number = 0
    for items in _documents(lines):
        names = {str(item.get("id")): _name(item) for item in items}
        for item in items:
            for statement in _statements(item):
                number += 1
                yield _row(number, item, statement, names)


def _documents(lines: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    """Yield the items that stand together.

    Of a dump it is one a line, so that it is read as a stream; another document is read whole.
    """
    lines = iter(lines)
    first = next((line for line in lines if line.strip()), b"")
    if first.strip() == b"[" or _is_object(first):
        for line in chain([first], lines):
            item = line.strip().rstrip(b",")
            if item not in (b"", b"[", b"]"):
                yield _entities(json.loads(item))
    elif first:
        yield _entities(json.loads(first + b"".join(lines)))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _entities(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [*document.get("entities", {"": document}).values()]


def _name(item: dict[str, Any]) -> str:
    labels = item.get("labels", {})
    label: dict[str, Any] = labels.get("en") or labels.get("mul") or next(iter(labels.values()), {})
    return str(label.get("value", item.get("id", "")))


def _statements(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for statements in item.get("claims", {}).values():
        yield from statements


def _row(
    number: int, item: dict[str, Any], statement: dict[str, Any], names: dict[str, str]
) -> FileRow:  # fmt: skip
    raw = json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    reference = _reference(statement)
    place = f"statement {statement.get('id', number)}{f' ({reference})' if reference else ''}"
    cells: dict[str, str] = {}
    fault = None
    try:
        cells = _cells(item, statement, names, reference)
    except (DateError, KeyError, TypeError) as error:
        fault = f"statement {statement.get('id', number)}: {error}"
    return FileRow(number, row_hash(raw), cells, fault, raw, (), place)


def _cells(item: dict[str, Any], statement: dict[str, Any], names: dict[str, str], reference: str) -> dict[str, str]:  # fmt: skip
    qualifiers = statement.get("qualifiers", {})
    nearly = (_value(q) for p in ("P1480", "P5102") for q in qualifiers.get(p, ()))
    mark = next((_NEARLY[found] for found in nearly if found in _NEARLY), "")
    value = _value(statement["mainsnak"])
    reasons = [names.get(v, v) for q in qualifiers.get("P2241", ()) if (v := _value(q))]
    deprecated = statement.get("rank") == "deprecated"
    return {
        "item": str(item["id"]),
        "item_name": names[str(item["id"])],
        "revision": str(item.get("lastrevid", "")),
        "modified": str(item.get("modified", ""))[:10],
        "property": str(statement["mainsnak"]["property"]),
        "statement": str(statement["id"]),
        "rank": str(statement.get("rank", "normal")),
        "value": value,
        "value_name": names.get(value, value),
        **{name: _date(qualifiers.get(prop, ()), mark) for name, prop in _DATES.items()},
        "end_known": "yes" if "P582" in qualifiers else "",
        "deprecated": "; ".join(["deprecated", *reasons]) if deprecated else "",
        "reference": reference,
        "lost": " ".join(sorted(set(qualifiers) - _READ)),
    }


def _value(snak: dict[str, Any]) -> str:
    """Return the item or the text of a snak, the empty text where it names none."""
    if snak.get("snaktype") != "value":
        return ""
    held = snak["datavalue"]["value"]
    if isinstance(held, dict):
        return str(held.get("id") or held.get("text") or held.get("time") or "")
    return str(held)


def _date(snaks: Iterable[dict[str, Any]], mark: str) -> str:
    """Return the one date of some snaks: `..` where it is said that there is none, `""` where it is not known."""
    found = []
    for snak in snaks:
        if snak["snaktype"] == "value":
            found.append(wikidata_date(snak["datavalue"]["value"]))
        else:
            found.append(".." if snak["snaktype"] == "novalue" else "")
    if len(found) > 1:
        raise DateError(", ".join(found), "a statement has one such date")
    date = found[0] if found else ""
    return date + mark if date and date[0] not in ".[" else date


def wikidata_date(value: dict[str, Any]) -> str:
    """Return a time of Wikidata as a date of the profile: as precise as it is, its day Gregorian.

    A century is its hundred years. Raises `DateError` for what is less precise, and where `before`
    and `after` are used.

    >>> wikidata_date({"time": "+1952-10-07T00:00:00Z", "precision": 9, "calendarmodel": "Q1985727"})
    '1952'
    """
    found, precision = _TIME.fullmatch(value["time"]), value["precision"]
    if found is None or len(found[2]) > 4 or value.get("before") or value.get("after"):
        raise DateError(str(value["time"]), "only days of the years -9999 to 9999 are read")
    year = int(found[2]) if found[1] == "+" else 1 - int(found[2])
    sign = "-" if year < 0 else ""
    text = f"{sign}{abs(year):04}"
    if precision == 11:
        if value["calendarmodel"].endswith(_JULIAN):
            return str(julian_day(year, int(found[3]), int(found[4])))
        return f"{text}-{found[3]}-{found[4]}"
    if precision == 10:
        return f"{text}-{found[3]}"
    if precision == 9:
        return text
    if precision == 8:
        return f"{text[:-1]}X"
    if precision == 7 and year > 0:
        first = (year - 1) // 100 * 100 + 1
        return f"[{first:04}..{min(first + 99, 9999):04}]"
    raise DateError(text, f"its precision, {precision}, is less than a century")


def _reference(statement: dict[str, Any]) -> str:
    """Return what a statement refers to: the first address, else the first item that it is stated in."""
    for prop, words in (("P854", "{}"), ("P248", "stated in {}")):
        for reference in statement.get("references", ()):
            for snak in reference.get("snaks", {}).get(prop, ()):
                if found := _value(snak):
                    return f"reference {words.format(found)}"
    return ""
