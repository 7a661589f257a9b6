"""Row steps: the operation of a row under a map, with its label, its instant and its claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from factledger.checks.proposals import as_list, expanded
from factledger.dates.instants import as_instant
from factledger.dates.widths import DECLARED_WIDTH, WIDTH_FORM, with_windows
from factledger.errors import DateError, FieldError, NotFound, Problem
from factledger.intake.claim_dates import NEXT, SeriesEnd, ended
from factledger.intake.maps.map import Map, Rule
from factledger.intake.maps.templates import short_identifier
from factledger.intake.plain_rows import plain_claim
from factledger.intake.reading.dating import FieldDate, dated
from factledger.intake.reading.row import FileRow
from factledger.named import NamedTuple
from factledger.records.claims import DATES
from factledger.records.codec import Body
from factledger.text import is_slug

OPERATIONS = ("assert", "correct", "retract", "skip")


class RowStep(NamedTuple):
    """The step of one row: its place, operation and label, and the source and place that it cites.

    `at` is the instant at which it was recorded elsewhere, None for now. `claim` is the body of
    the claim that it puts forward, None where it retracts; `words` say why it corrects or retracts. `series` is that
    of its state, `width` how wide its approximate dates are; `dates` say how everyday dates were read.
    `rule` is the place of its rule in the map; `disputed`
    says why its own source disputes it. `tried` is true where the claim was tried by itself, beside
    all that the ledger declares, and nothing is wrong with it.
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
    rule: int = 0
    series: str | None = None
    width: str | None = None
    dates: tuple[FieldDate, ...] = ()
    disputed: str | None = None
    tried: bool = False


def row_steps_of(given: Map, row: FileRow, file: str) -> Iterator[RowStep | Problem | None]:
    """Yield the step of a row under each rule of a map, in their order.

    It is a problem where the row has none, and None where the map leaves it out.
    """
    where = f"{file}:{row.line}"
    if row.fault is not None:
        yield Problem(where, "import-readable", row.fault)
        yield from [None] * (len(given.rules) - 1)
        return
    cells = given.widened(row.cells, row.line)
    row = row if cells is row.cells else row._replace(cells=cells)
    for number, rule in enumerate(given.rules):
        try:
            yield _step(given, rule, number, row, where)
        except FieldError as fault:
            yield Problem(where, "import-value", str(fault))


def _step(given: Map, rule: Rule, number: int, row: FileRow, where: str) -> RowStep | None:
    if rule.asserts and given.dates is None and (said := plain_claim(rule, row)) is not None:
        return RowStep(where, "assert", *said, row=row, rule=number)
    return _step_at_length(given, rule, number, row, where)


def _step_at_length(
    given: Map, rule: Rule, number: int, row: FileRow, where: str
) -> RowStep | None:
    cells = row.cells
    operation = rule.operation(cells)
    if not isinstance(operation, str) or operation not in OPERATIONS:
        raise FieldError("row.operation", f"{operation!r} is not one of {', '.join(OPERATIONS)}")
    if operation == "skip":
        return None
    label, source = rule.key(cells), rule.citing(cells)
    label = short_identifier(label) if isinstance(label, str) else label
    if not isinstance(label, str) or not is_slug(label):
        raise FieldError("row.key", f"{label!r} is no label; {_LABEL}")
    if not isinstance(source, str):
        raise FieldError("row.claim.source", "the row names no source; a claim needs one")
    nothing = None, (), row.locator
    claim, dates, place = nothing if operation == "retract" else _claim(given, rule, row, source)
    series = _series(rule, cells, operation)
    if series is None and claim is not None and claim.get("until") == NEXT:
        raise FieldError("row.claim.until", 'until = "next" needs [row] series, which says of what')
    return RowStep(
        where=where,
        operation=operation,
        label=label,
        at=None if rule.recorded is None else _instant(rule.recorded(cells)),
        source=source,
        locator=place,
        claim=claim,
        words=_words(rule, row, operation, source),
        row=row,
        rule=number,
        series=series,
        width=_width(rule, cells),
        dates=dates,
        disputed=None if claim is None else _text(rule.disputed(cells)),
    )


_LABEL = "it has 1 to 100 ASCII letters, digits, dots, hyphens or underscores; see {column:id}"


def _claim(
    given: Map, rule: Rule, row: FileRow, source: str
) -> tuple[Body, tuple[FieldDate, ...], str]:
    """Return the claim of a row, how its dates were read, and what it cites: its footnote, then the row."""
    claim, dates = dated(rule.claim(row.cells) or {}, given.dates)
    footnote = claim.pop("locator", None)
    place = row.locator if footnote is None else f"{footnote}; {row.locator}"
    return expanded({**claim, "source": source, "locator": place}), dates, place


def _series(rule: Rule, cells: Mapping[str, str], operation: str) -> str | None:
    """Return the series of a row's state, None where it belongs to none."""
    found = rule.series(cells) if rule.series is not None else None
    if found is None:
        return None
    if operation != "assert":
        raise FieldError("row.series", f"a series is told whole, so no row of it can {operation}")
    return ", ".join(map(str, as_list(found)))


def _text(found: object) -> str | None:
    return None if found is None else str(found)


def _width(rule: Rule, cells: Mapping[str, str]) -> str | None:
    found = rule.approximate(cells)
    if found is not None and not (isinstance(found, str) and DECLARED_WIDTH.fullmatch(found)):
        raise FieldError("row.approximate", f"wanted {WIDTH_FORM}, found {found!r}")
    return found


def worked_out(step: RowStep, end: SeriesEnd | None) -> RowStep | Problem:
    """Return a step whose claim ends where its series says, its approximate dates as windows."""
    claim = step.claim
    if claim is None:
        return step
    if end is not None and claim.get("until") == NEXT:
        if end.fault is not None:
            return Problem(step.where, "series-order", end.fault)
        claim = ended(claim, end)
    if step.width is not None:
        claim = with_windows(claim, DATES, step.width, "the map")
    return step if claim is step.claim else step._replace(claim=claim)


def _words(rule: Rule, row: FileRow, operation: str, source: str) -> Body:
    """Return why a correction or retraction is made; a retraction has no citation but this."""
    if operation == "correct":
        found = {"reason": rule.reason(row.cells), "note": rule.note(row.cells)}
        return {key: held for key, held in found.items() if held is not None}
    if operation == "retract":
        reason = rule.retraction(row.cells)
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
    rule: Rule, step: RowStep, known: Callable[[str, str], bool]
) -> Iterator[Body]:
    """Yield the declarations that a row needs, but for those that `known(kind, id)` has already."""
    for declared in rule.declared:
        if declared.kind == "actor" and step.claim is None:
            continue
        name = declared.id(step.row.cells)
        if name is not None and not known(declared.kind, str(name)):
            table = declared.table(step.row.cells) or {}
            if isinstance(table.get("names"), str):
                table["names"] = [table["names"]]
            yield expanded({"kind": declared.kind, **table})


def dispute_of(step: RowStep, target: int | str) -> Body | None:
    """Return the dispute of a claim by its own source, None where it holds to it."""
    if step.disputed is None or step.claim is None:
        return None
    cited = step.claim["citations"][:1]
    return {"kind": "dispute", "target": target, "citations": cited, "note": step.disputed}


def body_of(step: RowStep, target: int | str) -> Body:
    """Return the body of the record that a step proposes; `target` is the entry under its label."""
    if step.claim is None:
        return {"kind": "retract", "target": target, **step.words}
    claim = {**step.claim, "label": step.label}
    if step.operation == "correct":
        return {"kind": "correct", "target": target, **step.words, "record": claim}
    return claim
