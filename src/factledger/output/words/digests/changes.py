"""A difference as a reader reads it: what happened, by date; what was learnt and corrected; what only aged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from factledger.dates.dated import Edtf
from factledger.dates.days import BEGINNING, FOREVER, Day, day_or
from factledger.dates.wording.told import date_words
from factledger.output.words.dates import own_period
from factledger.output.words.differences import HEADINGS, reasons
from factledger.output.words.digests.plans import is_plan
from factledger.output.words.digests.rivals import beside_rivals
from factledger.output.words.digests.teller import DigestLine, Teller
from factledger.output.words.sources import Notes
from factledger.records.claims import Tally
from factledger.status.standings import Standing
from factledger.views.differences import Difference
from factledger.views.steps import CHANGE_GROUPS, Step

HAPPENED, ENTERED, SETTLED = "What happened", "Came into dispute", "No longer in dispute"
AGED = "Only aged"
_AGED = frozenset({"became presumed", "became definite", "became possible", "not yet"})


@attrs.frozen
class Changes:
    """What differs between two answers: headings with their lines, and how many only aged.

    `aged` counts what the calendar alone made definite, presumed or no more than possible, where it
    is not listed. `notes` are the sources.
    """

    sections: tuple[tuple[str, tuple[DigestLine, ...]], ...]
    aged: int
    notes: tuple[str, ...]


def change_digest(difference: Difference, aged: bool = False) -> Changes:
    """Return what differs, in the order in which a reader wants it; with `aged`, what only aged."""
    notes = Notes()
    teller = Teller(difference.end.about(), notes)
    world = _without_followers(difference.world)
    ended = {step.standing.number for step in world if step.kind == "ended"}
    found = [(HAPPENED, tuple(beside_rivals(_happened(world, teller), ended)))]
    for name, kinds in ((ENTERED, _ENTERING), (SETTLED, _LEAVING)):
        steps = _one_a_dispute(s for s in world if s.kind in kinds)
        found.append((name, tuple(_plain(step, teller) for step in steps)))
    for group in CHANGE_GROUPS[1:]:
        steps = _one_a_dispute(s for s in difference.steps if s.group == group)
        found.append((HEADINGS[group], tuple(_learnt(step, teller) for step in steps)))
    old = [step for step in world if _only_aged(step)]
    found.append((AGED, tuple(_aged(step, teller) for step in old) if aged else ()))
    kept = tuple((name, lines) for name, lines in found if lines)
    return Changes(kept, 0 if aged else len(old), tuple(notes.lines(teller.view.belief)))


_ENTERING = frozenset({"became contested", "contested"})
_LEAVING = frozenset({"uncontested"})


def _without_followers(steps: Sequence[Step]) -> list[Step]:
    """Return the steps without those of a state that began with an event which is among them."""
    events = {s.standing.number for s in steps if not s.standing.derived}
    return [s for s in steps if not (s.standing.derived and s.standing.number in events)]


def _one_a_dispute(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps without those whose standing is told below the one before that contests it."""
    told: set[int] = set()
    for step in steps:
        if step.standing.number not in told or not step.standing.contested_by:
            yield step
            told.update(step.standing.contested_by[:1])


def _only_aged(step: Step) -> bool:
    return step.kind in _AGED or (is_plan(step.standing) and step.kind not in _ENTERING | _LEAVING)


def _happened(steps: Iterable[Step], teller: Teller) -> Iterator[DigestLine]:
    """Yield what began, happened and ended, the earliest first."""
    told = [s for s in steps if not _only_aged(s) and s.kind not in _ENTERING | _LEAVING]
    for step in sorted(told, key=lambda s: (_when(s), s.standing.number)):
        yield _with_reasons(_dated(step, teller), step, teller)


def _dated(step: Step, teller: Teller) -> DigestLine:
    """Return a step of the world with its date before it."""
    standing = step.standing
    date, day = _date(step, teller), step.day
    if date is None and day is not None and day > BEGINNING:
        when = f"By {date_words(day)}"
    else:
        when = date_words(date) if date is not None else "At a time not known"
        if date is not None and step.kind == "ended" and date.precision == "day":
            when = f"After {when}"  # the end is the last day on which it held
    if isinstance(standing.claim, Tally) or _has_known_end(step):
        when = own_period(standing)
    shown = f"{when[:1].upper()}{when[1:]}"
    return teller.line(f"{shown}{_become(step, teller)}", [standing])


def _become(step: Step, teller: Teller) -> str:
    """Return what a step tells behind its date: `: Ann is no longer Prime Minister`."""
    plain = step.standing.sentence.removesuffix(".")
    possibly = ", possibly" if step.kind.startswith("possibly") else ""
    if step.kind == "ended":
        over = teller.view.belief.sentence(step.standing.claim, "no longer").removesuffix(".")
        return f": {over}" if over != plain else f", no longer so: {plain}"
    then = {"began": ", from then on", "not ended": ", still so"}.get(step.kind, "")
    if _has_known_end(step):
        then = ""
    return f"{possibly}{then}: {plain}"


def _has_known_end(step: Step) -> bool:
    """Return whether what a step lets begin has an end on record, and is told with it."""
    since, until = getattr(step.standing.claim, "since", None), step.standing.until
    dated = [end is not None and end.kind != "end" for end in (since, until)]
    return step.kind == "began" and not step.standing.derived and all(dated)


def _date(step: Step, teller: Teller) -> Edtf | None:
    """Return the date of what a step tells: of an end the end, else the beginning, None if not known."""
    standing = step.standing
    if step.kind == "ended":
        date = _told_end(step)
    else:
        claim = standing.claim
        date = (
            teller.began(standing) or getattr(claim, "when", None) or getattr(claim, "since", None)
        )
    return date if date is not None and date.kind != "end" else None


def _told_end(step: Step) -> Edtf | None:
    """Return the end that is told of what ended, None where it ended on another day, as by an event."""
    until = step.standing.until
    if until is None or step.day is None:
        return until
    last = step.day - 1
    held = day_or(until.earliest, BEGINNING) <= last <= day_or(until.latest, FOREVER)
    return until if held else None


def _when(step: Step) -> Day:
    standing = step.standing
    date = _told_end(step) if step.kind == "ended" else getattr(standing.claim, "when", None)
    date = date or (None if step.kind == "ended" else getattr(standing.claim, "since", None))
    known = day_or(date.earliest, FOREVER) if date is not None else FOREVER
    return known if known < FOREVER else step.day or BEGINNING


def _plain(step: Step, teller: Teller) -> DigestLine:
    line = teller.line(teller.words(step.standing), [step.standing])
    return _with_reasons(_against(line, step.standing, teller), step, teller)


def _against(line: DigestLine, standing: Standing, teller: Teller) -> DigestLine:
    """Return a line with the first of what contests it below."""
    rivals = (one for n in standing.contested_by[:1] for one in teller.view.why(n)[:1])
    others = tuple(teller.line(teller.words(rival), [rival]) for rival in rivals)
    return line._replace(otherwise=(*line.otherwise, *others))


def _aged(step: Step, teller: Teller) -> DigestLine:
    kind = "its time came" if is_plan(step.standing) else step.kind
    return teller.line(f"{kind}: {teller.dated(step.standing)}", [step.standing])


def _learnt(step: Step, teller: Teller) -> DigestLine:
    """Return a step of knowledge: what is known now, and how it was known before."""
    standing = step.standing
    words = teller.words(standing)
    if step.after is None:
        words = f"{step.kind}: {words}"
    elif step.before is not None:
        words = f"{_word(step)}: {words}"
    return _with_reasons(_against(teller.line(words, [standing]), standing, teller), step, teller)


def _word(step: Step) -> str:
    before, after = step.before, step.after
    turned = before is not None and after is not None and before.alone is not after.alone
    return f"{step.kind}, {before.status} before" if turned and before else step.kind


def _with_reasons(line: DigestLine, step: Step, teller: Teller) -> DigestLine:
    """Return a line with what changed it."""
    told = reasons(step, teller.view)
    return line._replace(remarks=tuple(f"by {r}" if r.startswith("#") else r for r in told))
