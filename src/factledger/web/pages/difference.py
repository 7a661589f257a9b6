"""The page of a difference: what the world did, what was learnt, corrected and withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from factledger.dates.days import BEGINNING
from factledger.dates.queries import parse_ends
from factledger.errors import FieldError
from factledger.ledger.ledger import Ledger
from factledger.output.words.differences import HEADINGS, reasons
from factledger.status.redactions import Redaction
from factledger.views.differences import Difference
from factledger.views.inquiries.names import actor_meant
from factledger.views.plain.answer_shapes import DifferenceShape
from factledger.views.steps import CHANGE_GROUPS, Step
from factledger.views.view import View
from factledger.web.pages.parts import Passages, StandingRow, passages_of, standing_rows
from factledger.web.query import PageQuery, page_query, parameters, recorded_cut

NAMES = ("from", "to", "recorded", "published")


@attrs.frozen
class Compared:
    """Two answers that are compared: `start` and `end`, and what was known at each, as `A..B`."""

    start: str
    end: str
    recorded: str
    published: str
    sides: tuple[str, ...]


@attrs.frozen
class StepRow:
    """One step in the parts that a page shows."""

    kind: str
    row: StandingRow
    was: str | None
    day: str | None
    reasons: tuple[str, ...]


@attrs.frozen
class DifferencePage:
    """What a page of a difference shows; nothing yet where no two answers were named.

    What happened comes first, by date; `aged` is what only became surer or less sure with time.
    """

    query: PageQuery
    compared: Compared
    difference: Difference | None
    groups: dict[str, list[StepRow]]
    aged: list[StepRow]
    redacted: tuple[Redaction, ...]
    names: tuple[str, ...]


def compared(ledger: Ledger, items: Iterable[tuple[str, str]]) -> Compared:
    """Return what the parameters of an address compare; a missing date is the other one."""
    items = list(items)
    values = parameters(items, *NAMES)
    sides = page_query([item for item in items if item[0] == "between"]).sides
    start, end = values.get("from", ""), values.get("to", "")
    return Compared(
        start=start or end,
        end=end or start,
        recorded=values.get("recorded", ""),
        published=values.get("published", ""),
        sides=tuple(actor_meant(ledger.belief(), side) for side in sides),
    )


def difference_of(ledger: Ledger, wanted: Compared) -> Difference:
    """Return the difference; raises `DateError`, `NotFound`, or `FieldError` without a date."""
    if not wanted.start:
        raise FieldError("from", "wanted a date, or two; add from=2022-01-01 and to=2023-04-01")
    recorded = [recorded_cut(end) for end in parse_ends(wanted.recorded)]
    published = [end or None for end in parse_ends(wanted.published)]
    pair = (wanted.sides[0], wanted.sides[1]) if len(wanted.sides) == 2 else None
    return ledger.difference(
        (wanted.start, recorded[0], published[0]),
        (wanted.end, recorded[1], published[1]),
        between=pair,
        involving=wanted.sides[0] if len(wanted.sides) == 1 else None,
    )


def difference_page(ledger: Ledger, wanted: Compared) -> DifferencePage:
    """Return what the page of a difference shows; raises as `difference_of` does."""
    difference = difference_of(ledger, wanted) if wanted.start else None
    known = difference.end.belief if difference else ledger.belief()
    passages = passages_of(ledger)
    return DifferencePage(
        query=PageQuery(asof=wanted.end or "today", sides=wanted.sides),
        compared=wanted,
        difference=difference,
        groups=step_groups(difference, passages, aged=False) if difference else {},
        aged=[row for rows in step_groups(difference, passages, aged=True).values() for row in rows]
        if difference
        else [],
        redacted=difference.redacted if difference else (),
        names=tuple(map(known.name, wanted.sides)),
    )


def difference_json(ledger: Ledger, wanted: Compared) -> DifferenceShape:
    """Return what `factledger diff --format json` prints for the same question."""
    return difference_of(ledger, wanted).to_dict()


def step_groups(
    difference: Difference, passages: Passages, *, aged: bool
) -> dict[str, list[StepRow]]:
    """Return the steps that only aged, or the others, as a page shows them, by heading and by day."""
    whole = difference.end.about()
    groups: dict[str, list[StepRow]] = {}
    for group in CHANGE_GROUPS:
        for step in sorted(difference.steps, key=lambda step: step.day or BEGINNING):
            if step.group == group and only_aged(step) is aged:
                groups.setdefault(HEADINGS[group], []).append(step_row(step, whole, passages))
    return groups


def only_aged(step: Step) -> bool:
    """Return whether a step tells only that time passed: nothing began, happened or ended."""
    return (
        step.leg == "valid" and step.kind.startswith("became") and step.kind != "became contested"
    )


def step_row(step: Step, view: View, passages: Passages) -> StepRow:
    """Return one step in the parts that a page shows."""
    (row,) = standing_rows(view, [step.standing], passages)
    before, after = step.before, step.after
    was = str(before.status) if before and after and before.status is not after.status else None
    known = step.day is not None and step.day > BEGINNING
    day = str(step.day) if known else None
    return StepRow(step.kind, row, was, day, tuple(reasons(step, view)))
