"""Row steps: the operation of a row under a map, with its label, its instant and its claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from factledger.checks.proposals import expanded
from factledger.dates.instants import as_instant
from factledger.errors import DateError, FieldError, NotFound, Problem
from factledger.intake.maps import Map
from factledger.intake.rows import FileRow
from factledger.records.codec import Body
from factledger.text import is_slug

OPERATIONS = ("assert", "correct", "retract", "skip")


@attrs.frozen
class RowStep:
    """The step of one row: its place, operation and label, and the source and place that it cites.

    `at` is the instant at which it was recorded elsewhere, None for now. `claim` is the body of
    the claim that it puts forward, None where it retracts; `words` say why it corrects or retracts.
    """

    where: str
    operation: str
    label: str
    at: str | None
    source: str
    locator: str
    claim: Body | None
    words: Body
    row: FileRow


def row_step(given: Map, row: FileRow, file: str) -> RowStep | Problem | None:
    """Return the step of a row; a problem where it has none, None where the map leaves it out."""
    where = f"{file}:{row.line}"
    if row.fault is not None:
        return Problem(where, "import-readable", row.fault)
    try:
        return _step(given, row._replace(cells=given.widened(row.cells)), where)
    except FieldError as fault:
        return Problem(where, "import-value", str(fault))


def _step(given: Map, row: FileRow, where: str) -> RowStep | None:
    cells = row.cells
    operation = given.operation(cells)
    if not isinstance(operation, str) or operation not in OPERATIONS:
        raise FieldError("row.operation", f"{operation!r} is not one of {', '.join(OPERATIONS)}")
    if operation == "skip":
        return None
    label, source = given.key(cells), given.citing(cells)
    if not isinstance(label, str) or not is_slug(label):
        raise FieldError("row.key", f"{label!r} is no label; {_LABEL}")
    if not isinstance(source, str):
        raise FieldError("row.claim.source", "the row names no source; a claim needs one")
    claim = None if operation == "retract" else _claim(given, row, source)
    return RowStep(
        where=where,
        operation=operation,
        label=label,
        at=None if given.recorded is None else _instant(given.recorded(cells)),
        source=source,
        locator=row.locator,
        claim=claim,
        words=_words(given, row, operation, source),
        row=row,
    )


_LABEL = "it has 1 to 100 ASCII letters, digits, dots, hyphens or underscores; see {column:id}"


def _claim(given: Map, row: FileRow, source: str) -> Body:
    cited = {"source": source, "locator": row.locator}
    return expanded({**(given.claim(row.cells) or {}), **cited})


def _words(given: Map, row: FileRow, operation: str, source: str) -> Body:
    """Return why a correction or retraction is made; a retraction has no citation but this."""
    if operation == "correct":
        found = {"reason": given.reason(row.cells), "note": given.note(row.cells)}
        return {key: held for key, held in found.items() if held is not None}
    if operation == "retract":
        reason = given.retraction(row.cells)
        if reason is None:
            raise FieldError("row.retraction", "missing; say why a claim is taken back")
        # No hash of the row: it would outlive an erased claim, and tell who guesses its words right.
        return {"reason": f"{reason}; {source}, line {row.line}"}
    return {}


def _instant(text: object) -> str:
    try:
        return as_instant(str(text or ""))
    except (NotFound, DateError) as error:
        raise FieldError("row.recorded", str(error)) from None


def row_declarations(
    given: Map, step: RowStep, known: Callable[[str, str], bool]
) -> Iterator[Body]:
    """Yield the declarations that a row needs, but for those that `known(kind, id)` has already."""
    for declared in given.declared:
        if declared.kind == "actor" and step.claim is None:
            continue
        name = declared.id(step.row.cells)
        if name is not None and not known(declared.kind, str(name)):
            table = declared.table(step.row.cells) or {}
            if isinstance(table.get("names"), str):
                table["names"] = [table["names"]]
            yield expanded({"kind": declared.kind, **table})


def body_of(step: RowStep, target: int | str) -> Body:
    """Return the body of the record that a step proposes; `target` is the entry under its label."""
    if step.claim is None:
        return {"kind": "retract", "target": target, **step.words}
    claim = {**step.claim, "label": step.label}
    if step.operation == "correct":
        return {"kind": "correct", "target": target, **step.words, "record": claim}
    return claim
