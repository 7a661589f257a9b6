"""A difference → lines for a person: in groups, each step with what it was and what changed it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from factledger.cli.terminal import Layout
from factledger.cli.text.digest import numbered_sources, styled, told_lines
from factledger.cli.text.view import COLOURS, redacted_lines
from factledger.dates.days import BEGINNING, FOREVER
from factledger.dates.wording.told import date_words
from factledger.output.words.dates import asked_on
from factledger.output.words.differences import HEADINGS, reasons
from factledger.output.words.digests.changes import change_digest
from factledger.output.words.standings import details
from factledger.records.sentences.grammar import with_number
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.text import show
from factledger.views.coordinates import Coordinates
from factledger.views.differences import Difference
from factledger.views.steps import CHANGE_GROUPS, Step
from factledger.views.view import View

KIND_COLUMNS = 17
_INDENT = KIND_COLUMNS + 3


def difference_lines(difference: Difference, layout: Layout) -> Iterator[str]:
    """Yield a difference in lines."""
    whole = difference.end.about()  # also a claim of others may be itemised beside a tally
    heading = layout.wrapped(difference_heading(difference), 2)
    yield from (click.style(row, bold=True) for row in heading)
    for group in CHANGE_GROUPS:
        steps = [step for step in difference.steps if step.group == group]
        if steps or (group == "erased" and difference.redacted):
            yield ""
            yield click.style(f"{HEADINGS[group]}{_backwards(difference, steps)}", bold=True)
        for step in steps:
            yield from step_lines(step, whole, layout)
    yield from redacted_lines(difference.redacted, layout, KIND_COLUMNS)
    if not difference:
        yield "Nothing differs."
    yield ""
    yield from _ends_and_advice(difference, layout)


def _ends_and_advice(difference: Difference, layout: Layout) -> Iterator[str]:
    """Yield both ends of a difference, and what to ask next."""
    for name, at in (("before:", difference.before), ("after: ", difference.after)):
        yield from (click.style(row, dim=True) for row in layout.wrapped(f"{name} {at}", 2))
    if difference.steps:
        number = difference.steps[0].standing.number
        yield from layout.wrapped(f"why one of these: factledger why {number}", 2)


def change_lines(
    difference: Difference, layout: Layout, aged: bool = False, refs: bool = False
) -> Iterator[str]:
    """Yield a difference as a reader reads it; with `aged` also what the calendar alone changed."""
    changes = change_digest(difference, aged)
    yield from styled(difference_heading(difference), layout, bold=True)
    for name, lines in changes.sections:
        yield ""
        yield click.style(show(name), bold=True)
        for line in lines:
            yield from told_lines(line, layout, refs, "  ")
    if difference.redacted:
        told = HEADINGS["erased"] in dict(changes.sections)
        yield from () if told else ("", click.style(HEADINGS["erased"], bold=True))
        yield from redacted_lines(difference.redacted, layout)
    if not difference:
        yield "Nothing differs."
    yield ""
    if changes.aged:
        yield f"{with_number(changes.aged, 'line')} only aged: --aged"
    yield from numbered_sources(changes.notes, layout)
    yield from _ends_and_advice(difference, layout)


def difference_heading(difference: Difference) -> str:
    """Return between which answers the difference is, and whose."""
    here, there = difference.before, difference.after
    parts = [
        f"about {asked_on(here)}"
        if here.valid == there.valid
        else _ends(asked_on(here), asked_on(there)),
    ]
    if here.recorded != there.recorded:
        parts.append(f"recorded {_ends(f'#{here.recorded}', f'#{there.recorded}')}")
    if here.published != there.published:
        parts.append(f"published {_ends(_published(here), _published(there))}")
    names = " and ".join(map(difference.end.name, difference.sides))
    return show(f"What changed {', '.join(parts)}{' for ' + names if names else ''}")


def _ends(one: str, other: str) -> str:
    return f"from {one} to {other}"


def _published(at: Coordinates) -> str:
    return "any time" if at.published is None else date_words(at.published)


def _backwards(difference: Difference, steps: list[Step]) -> str:
    """Return a word for a group whose way leads back in time."""
    here, there = difference.before, difference.after
    back = {
        "valid": here.valid > there.valid,
        "recorded": here.recorded > there.recorded,
        "published": (here.published or FOREVER) > (there.published or FOREVER),
    }
    return ", going back" if steps and all(back[step.leg] for step in steps) else ""


def step_lines(step: Step, view: View, layout: Layout) -> Iterator[str]:
    """Yield one step: its kind in words, the standing, and below it what changed it."""
    text = f"  {step.kind:<{KIND_COLUMNS}} {show(_standing_words(step, view))}"
    colour = COLOURS.get(step.after.status) if step.after else None
    for i, row in enumerate(layout.wrapped(text, _INDENT)):
        yield row if i else row.replace(step.kind, click.style(step.kind, fg=colour), 1)
    for reason in reasons(step, view):
        yield from layout.wrapped(f"{'':{_INDENT}}{show(reason)}", _INDENT)


def _standing_words(step: Step, view: View) -> str:
    """Return the standing after the step, or before it where it is gone, and how it stood."""
    parts = [details(step.standing, view)]
    if step.before and step.after and _worth_saying(step.before, step.after):
        parts.append(f"was {step.before.status}")
    if step.day is not None and step.day > BEGINNING:
        parts.append(f"from {date_words(step.day)}")
    return " · ".join(parts)


def _worth_saying(before: Standing, after: Standing) -> bool:
    """Return whether the status before tells more than that nothing had begun."""
    return before.status is not after.status and before.status is not Status.NOT_YET
