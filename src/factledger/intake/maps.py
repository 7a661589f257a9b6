"""A map: the meaning of the columns of a file, as a draft whose texts are templates (TOML)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import attrs

from factledger.checks.proposals import as_list, expanded
from factledger.dates.historical.manner import Manner, manner_of
from factledger.errors import FieldError
from factledger.intake.documents import parsed_toml, read_whole, refused_by, unreadable
from factledger.intake.expressions import (
    Expression,
    TableExpression,
    expression,
    table_expression,
)
from factledger.intake.reading.encodings import known_encoding
from factledger.intake.reading.row import Input
from factledger.intake.rows import ROW_FORMATS
from factledger.intake.shipped.shipped_maps import shipped_map
from factledger.records.codec import Body
from factledger.text import nearest

_KEYS: dict[str, frozenset[str]] = {
    "": frozenset(
        {"input", "dates", "edition", "ledger", "type", "actor", "source", "columns", "row"}
    ),
    "input.": frozenset({"format", "delimiter", "encoding", "sheet"}),
    "edition.": frozenset({"of", "gone", "retraction", "until"}),
    "ledger.": frozenset({"origin", "title"}),
    "row.": frozenset(
        {"key", "operation", "recorded", "reason", "note", "retraction", "source", "actor", "claim"}
        | {"series", "approximate", "disputed", "repeated"}
    ),
}
_refused = partial(refused_by, "import-map")


@attrs.frozen
class RowDeclaration:
    """An actor or source that rows declare, as expressions: its id, and its whole table."""

    kind: str
    id: Expression
    table: TableExpression


@attrs.frozen(kw_only=True)
class Rule:
    """What one row says: one claim, with what it is found by, as expressions over the row's cells.

    `declared` are the actors and sources that it declares, once for each id. `series` names that of
    its state, if it has one; `approximate` how wide an approximate date is. `disputed` says why the
    source itself does not hold to the claim any more. With `once` only the first row of a key counts.
    """

    declared: tuple[RowDeclaration, ...]
    key: Expression
    operation: Expression
    recorded: Expression | None
    reason: Expression
    note: Expression
    series: Expression | None
    approximate: Expression
    retraction: Expression
    disputed: Expression
    citing: Expression
    claim: TableExpression
    once: bool


@attrs.frozen(kw_only=True)
class Edition:
    """What the map says of a file that is published anew: `of` which sources it is a later edition.

    `gone` is what becomes of a claim whose row is in it no more: `keep`, `retract` for the reason
    `retraction`, or `close` with the end `until`.
    """

    of: tuple[str, ...] = ()
    gone: str = "keep"
    retraction: str = "no longer in the list"
    until: str | None = None


@attrs.frozen(kw_only=True)
class Map:
    """The meaning of each row of a file, as expressions over the cells of the row.

    `columns` are all that the map names and the file has to have; `own` are those that the map
    adds, each made from the ones before. `declarations` come first, once. `rules` make one claim of
    a row each. `source` is the one that a claim cites where it names none. `dates` is how the file
    writes everyday dates, None where they stand as they are. `text` is the TOML that says all this.
    """

    name: str
    input: Input
    origin: str | None
    title: str | None
    declarations: tuple[Body, ...]
    source: str | None
    rules: tuple[Rule, ...]
    own: tuple[tuple[str, Expression], ...]
    columns: frozenset[str]
    dates: Manner | None = None
    edition: Edition = Edition()
    text: str = attrs.field(default="", repr=False)

    @property
    def recorded(self) -> bool:
        """Whether rows say when they were recorded elsewhere."""
        return any(rule.recorded is not None for rule in self.rules)

    @property
    def series(self) -> bool:
        """Whether rows are of series."""
        return any(rule.series is not None for rule in self.rules)

    def widened(self, cells: dict[str, str], line: int) -> dict[str, str]:
        """Return the cells of a row with the number of its line, and with the map's own columns.

        One that is made from a column which the row lacks is lacking too.
        """
        found = {"line": str(line), **cells}
        for name, make in self.own:
            with suppress(FieldError):
                found[name] = str(make(found) or "")
        return found


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
    _known_keys(document, "")
    given, ledger = (_table(document, key) for key in ("input", "ledger"))
    for held, path in ((given, "input."), (ledger, "ledger.")):
        _known_keys(held, path)
    columns: set[str] = set()
    own = tuple(_own(_table(document, "columns"), columns))
    declarations = tuple(_declarations(document))
    only = [body["id"] for body in declarations if body["kind"] == "source"]
    source = str(only[0]) if len(only) == 1 else None
    rows = _tables(document, "row", "row") if "row" in document else [{}]
    return Map(
        name=name,
        input=_input(given),
        origin=_text(ledger, "ledger", "origin"),
        title=_text(ledger, "ledger", "title"),
        declarations=declarations,
        source=source,
        rules=tuple(_rule(row, source, columns) for row in rows),
        own=own,
        columns=frozenset(columns - {"line"} - {name for name, _ in own}),
        dates=_dates(document),
        edition=_edition(_table(document, "edition")),
    )


def _rule(row: Mapping[str, object], source: str | None, columns: set[str]) -> Rule:
    _known_keys(row, "row.")
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
    )


def _once(row: Mapping[str, object]) -> bool:
    """Return whether of several rows with one key only the first counts."""
    found = row.get("repeated")
    if found not in (None, "skip"):
        raise FieldError("row.repeated", f"wanted 'skip', found {found!r}")
    return found is not None


def _input(given: Mapping[str, object]) -> Input:
    encoding = _text(given, "input", "encoding")
    if encoding is not None and not known_encoding(encoding):
        told = f"{encoding!r} is no encoding that is known; 'utf-8', 'cp1252' and 'utf-16' are"
        raise FieldError("input.encoding", told)
    form = _one_of(given, "format", ROW_FORMATS)
    return Input(form, _one_character(given), encoding, _text(given, "input", "sheet"))


_GONE = ("keep", "retract", "close")


def _edition(held: Mapping[str, object]) -> Edition:
    _known_keys(held, "edition.")
    gone = held.get("gone", "keep")
    if gone not in _GONE:
        raise FieldError("edition.gone", f"{gone!r} is not one of {', '.join(_GONE)}")
    until = _text(held, "edition", "until")
    if (gone == "close") != (until is not None):
        told = (
            "goes with gone = 'close', and says when what is gone had ended, as [2024..2025] does"
        )
        raise FieldError("edition.until", told)
    of = as_list(held.get("of", []))
    if not all(isinstance(source, str) for source in of):
        raise FieldError("edition.of", f"wanted ids of sources, found {of!r}")
    reason = _text(held, "edition", "retraction") or Edition().retraction
    return Edition(of=tuple(of), gone=str(gone), retraction=reason, until=until)


def _dates(document: Mapping[str, object]) -> Manner | None:
    """Return how a file writes its dates, None where they are dates of the profile."""
    held = document.get("dates")
    if held is None or isinstance(held, dict):
        return None if held is None else manner_of(held)
    if held != "historical":
        raise FieldError("dates", f"wanted 'historical' or a table [dates], found {held!r}")
    return Manner()


def _known_keys(held: Mapping[str, object], path: str) -> None:
    for key in held:
        if key not in _KEYS[path]:
            near = nearest(key, _KEYS[path])
            advice = (
                f"did you mean {near!r}?" if near else f"one of {', '.join(sorted(_KEYS[path]))}"
            )
            raise FieldError(f"{path}{key}", f"unknown key; {advice}")


def _table(held: Mapping[str, object], key: str) -> dict[str, object]:
    found = held.get(key, {})
    if not isinstance(found, dict):
        raise FieldError(key, f"wanted a table [{key}], found {found!r}")
    return found


def _text(held: Mapping[str, object], path: str, key: str) -> str | None:
    found = held.get(key)
    if found is not None and (not isinstance(found, str) or not found):
        raise FieldError(f"{path}.{key}", f"wanted text, found {found!r}")
    return found


def _one_of(given: Mapping[str, object], key: str, words: tuple[str, ...]) -> str | None:
    found = _text(given, "input", key)
    if found is not None and found not in words:
        raise FieldError(f"input.{key}", f"{found!r} is not one of {', '.join(words)}")
    return found


def _one_character(given: Mapping[str, object]) -> str | None:
    found = _text(given, "input", "delimiter")
    if found is not None and (len(found) != 1 or found in '"\r\n'):
        raise FieldError("input.delimiter", f"wanted one character, found {found!r}")
    return found


def _claim(row: Mapping[str, object]) -> dict[str, object]:
    claim = dict(_table(row, "claim"))
    for held, key in ((row, "key"), (row, "claim")):
        if not held.get(key):
            raise FieldError(f"row.{key}", "missing; the reference of maps says what it holds")
    for key in ("kind", "type"):
        if key not in claim:
            raise FieldError(f"row.claim.{key}", "missing; a claim says its kind and its type")
    for key in ("label", "locator", "citations"):
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
        tables = _tables(document, kind, kind)
        found += [{"kind": kind, **held} for held in tables]
    for body in found:
        if not isinstance(body.get("id"), str):
            raise FieldError(f"{body['kind']}.id", "missing; every declaration has one")
    return [expanded(body) for body in found]


def _tables(held: Mapping[str, object], key: str, path: str) -> list[dict[str, object]]:
    tables = as_list(held.get(key, []))
    for item in tables:
        if not isinstance(item, dict):
            raise FieldError(path, f"wanted a table [[{path}]], found {item!r}")
    return tables


def _declared(row: Mapping[str, object], columns: set[str]) -> list[RowDeclaration]:
    found = []
    for kind in ("source", "actor"):
        for i, held in enumerate(_tables(row, kind, f"row.{kind}")):
            path = f"row.{kind}[{i}]"
            if "id" not in held:
                raise FieldError(f"{path}.id", "missing; every declaration has one")
            name = expression(held["id"], f"{path}.id", columns)
            found.append(RowDeclaration(kind, name, table_expression(held, path, columns)))
    return found
