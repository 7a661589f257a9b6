"""The file of a map: a draft in TOML whose texts are templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import attrs

from factledger.checks.proposals import as_list, expanded
from factledger.dates.historical.manner import Manner, manner_of
from factledger.errors import FieldError
from factledger.intake.documents import parsed_toml, read_whole, refused_by, unreadable
from factledger.intake.maps.expressions import (
    Expression,
    expression,
    table_expression,
)
from factledger.intake.maps.map import Edition, Map, RowDeclaration, Rule
from factledger.intake.maps.map_tables import (
    character_in,
    check_keys,
    table_in,
    tables_in,
    text_in,
    word_in,
)
from factledger.intake.reading.encodings import known_encoding
from factledger.intake.reading.row import Input
from factledger.intake.rows import ROW_FORMATS
from factledger.intake.shipped.shipped_maps import shipped_map
from factledger.records.codec import Body

_refused = partial(refused_by, "import-map")
_SAYING_MORE = ("operation", "recorded", "series", "approximate", "disputed")


def read_map(path: str) -> Map:
    """Return the map in a TOML file, or the one that comes with factledger under this name.

    A file goes before a name. Raises `Refused` for a file that holds no map.
    """
    shipped = None if Path(path).exists() else shipped_map(path)
    if shipped is not None:
        return parse_map(shipped, path)
    try:
        return parse_map(read_whole(Path(path)).decode(), path)
    except OSError as error:
        raise unreadable(error, "import-map", path, "the map", "name a TOML file") from None
    except UnicodeDecodeError:
        raise _refused(path, "the map is not UTF-8; save it as UTF-8") from None


def parse_map(text: str, name: str) -> Map:
    """Return the map that a TOML text holds; `name` says where problems are."""
    try:
        document = parsed_toml(text)
    except ValueError as error:
        raise _refused(name, f"not TOML: {error}") from None
    try:
        return attrs.evolve(_map(document, name), text=text)
    except FieldError as fault:
        raise _refused(name, str(fault)) from None


def _map(document: Mapping[str, object], name: str) -> Map:
    check_keys(document, "")
    given, ledger = (table_in(document, key) for key in ("input", "ledger"))
    for held, path in ((given, "input."), (ledger, "ledger.")):
        check_keys(held, path)
    columns: set[str] = set()
    own = tuple(_own(table_in(document, "columns"), columns))
    declarations = tuple(_declarations(document))
    only = [body["id"] for body in declarations if body["kind"] == "source"]
    source = str(only[0]) if len(only) == 1 else None
    rows = tables_in(document, "row", "row") if "row" in document else [{}]
    return Map(
        name=name,
        input=_input(given),
        origin=text_in(ledger, "ledger", "origin"),
        title=text_in(ledger, "ledger", "title"),
        declarations=declarations,
        source=source,
        rules=tuple(_rule(row, source, columns) for row in rows),
        own=own,
        columns=frozenset(columns - {"line"} - {name for name, _ in own}),
        numbered="line" in columns,
        dates=_dates(document),
        edition=_edition(table_in(document, "edition")),
    )


def _rule(row: Mapping[str, object], source: str | None, columns: set[str]) -> Rule:
    check_keys(row, "row.")
    claim = _claim(row)
    if "series" in row and "recorded" in row:
        raise FieldError(
            "row.series", "what was recorded then cannot end by a later row; give until"
        )

    def made(key: str, default: object = None) -> Expression:
        return expression(row.get(key, default), f"row.{key}", columns)

    return Rule(
        declared=tuple(_declared(row, columns)),
        key=made("key"),
        operation=made("operation", "assert"),
        recorded=made("recorded") if "recorded" in row else None,
        reason=made("reason", "source-corrected"),
        note=made("note"),
        series=made("series") if "series" in row else None,
        approximate=made("approximate"),
        retraction=made("retraction"),
        disputed=made("disputed"),
        citing=expression(claim.pop("source", source), "row.claim.source", columns),
        claim=table_expression(claim, "row.claim", columns),
        once=_once(row),
        asserts=row.keys().isdisjoint(_SAYING_MORE),
    )


def _once(row: Mapping[str, object]) -> bool:
    """Return whether of several rows with one key only the first counts."""
    found = row.get("repeated")
    if found not in (None, "skip"):
        raise FieldError("row.repeated", f"wanted 'skip', found {found!r}")
    return found is not None


def _input(given: Mapping[str, object]) -> Input:
    encoding = text_in(given, "input", "encoding")
    if encoding is not None and not known_encoding(encoding):
        told = f"{encoding!r} is no encoding that is known; 'utf-8', 'cp1252' and 'utf-16' are"
        raise FieldError("input.encoding", told)
    form = word_in(given, "format", ROW_FORMATS)
    return Input(form, character_in(given), encoding, text_in(given, "input", "sheet"))


_GONE = ("keep", "retract", "close")


def _edition(held: Mapping[str, object]) -> Edition:
    check_keys(held, "edition.")
    gone = held.get("gone", "keep")
    if gone not in _GONE:
        raise FieldError("edition.gone", f"{gone!r} is not one of {', '.join(_GONE)}")
    until = text_in(held, "edition", "until")
    if (gone == "close") != (until is not None):
        told = (
            "goes with gone = 'close', and says when what is gone had ended, as [2024..2025] does"
        )
        raise FieldError("edition.until", told)
    of = as_list(held.get("of", []))
    if not all(isinstance(source, str) for source in of):
        raise FieldError("edition.of", f"wanted ids of sources, found {of!r}")
    reason = text_in(held, "edition", "retraction") or Edition().retraction
    return Edition(of=tuple(of), gone=str(gone), retraction=reason, until=until)


def _dates(document: Mapping[str, object]) -> Manner | None:
    """Return how a file writes its dates, None where they are dates of the profile."""
    held = document.get("dates")
    if held is None or isinstance(held, dict):
        return None if held is None else manner_of(held)
    if held != "historical":
        raise FieldError("dates", f"wanted 'historical' or a table [dates], found {held!r}")
    return Manner()


def _claim(row: Mapping[str, object]) -> dict[str, object]:
    claim = dict(table_in(row, "claim"))
    for held, key in ((row, "key"), (row, "claim")):
        if not held.get(key):
            raise FieldError(f"row.{key}", "missing; the reference of maps says what it holds")
    for key in ("kind", "type"):
        if key not in claim:
            raise FieldError(f"row.claim.{key}", "missing; a claim says its kind and its type")
    for key in ("label", "citations"):
        if key in claim:
            raise FieldError(f"row.claim.{key}", "leave it out; the importer writes it")
    return claim


def _own(given: Mapping[str, object], columns: set[str]) -> Iterator[tuple[str, Expression]]:
    for name, held in given.items():
        if isinstance(held, dict) and "is" not in held:
            raise FieldError(f"columns.{name}", "wanted text, or cases")
        yield name, expression(held, f"columns.{name}", columns)


def _declarations(document: Mapping[str, object]) -> list[Body]:
    found: list[Body] = []
    for kind in ("type", "source", "actor"):
        tables = tables_in(document, kind, kind)
        found += [{"kind": kind, **held} for held in tables]
    for body in found:
        if not isinstance(body.get("id"), str):
            raise FieldError(f"{body['kind']}.id", "missing; every declaration has one")
    return [expanded(body) for body in found]


def _declared(row: Mapping[str, object], columns: set[str]) -> list[RowDeclaration]:
    found = []
    for kind in ("source", "actor"):
        for i, held in enumerate(tables_in(row, kind, f"row.{kind}")):
            path = f"row.{kind}[{i}]"
            if "id" not in held:
                raise FieldError(f"{path}.id", "missing; every declaration has one")
            name = expression(held["id"], f"{path}.id", columns)
            found.append(RowDeclaration(kind, name, table_expression(held, path, columns)))
    return found
