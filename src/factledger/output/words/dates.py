"""Dates as a sentence says them; what words would blur stays as EDTF."""

from __future__ import annotations

from factledger.dates.dated import OPEN, UNKNOWN, Edtf
from factledger.status.spans import Status
from factledger.status.standings import Standing

_END_UNKNOWN = "end unknown"


def standing_dates(standing: Standing) -> str:
    """Return when a claim was or held, in words; "" where the source says nothing."""
    claim = standing.claim
    when: Edtf | None = getattr(claim, "when", None)
    if when is not None:
        return in_words(when)
    since: Edtf | None = getattr(claim, "since", None)
    parts = [] if since is None or standing.derived else _ends(since, standing.until)
    if standing.alone is Status.PRESUMED:
        parts.append(f"last attested {standing.attested}")
    return ", ".join(parts)


def _ends(since: Edtf, until: Edtf | None) -> list[str]:
    """Return start and end, an unknown start only where nothing else is known."""
    end = _until(until)
    if since.kind != "end":
        return [f"since {in_words(since)}", *end]
    if since.latest is OPEN:
        return ["since before all record", *end]
    return end if end and end != [_END_UNKNOWN] else ["start unknown", *end]


def _until(until: Edtf | None) -> list[str]:
    if until is None or (until.kind == "end" and until.latest is OPEN):
        return []
    return [_END_UNKNOWN if until.kind == "end" else f"until {in_words(until)}"]


def in_words(date: Edtf) -> str:
    """Return a date in words.

    >>> from factledger.dates.edtf import parse
    >>> in_words(parse("[..1994-11]")), in_words(parse("[2014,2022]")), in_words(parse("2024-11?"))
    ('1994-11 or before', '2014 or 2022', '2024-11?')
    >>> in_words(parse("2022-02/2022-04")), in_words(parse("[2014..2022]"))
    ('2022-02 to 2022-04', 'some time from 2014 to 2022')
    """
    if date.kind == "interval":
        return f"{_end(date.start)} to {_end(date.end)}"
    if date.kind not in ("one-of", "all-of"):
        return date.text
    members = [member.strip() for member in date.text[1:-1].split(",")]
    joint = " or " if date.kind == "one-of" else " and "
    return joint.join(_member(member, date.kind) for member in members)


def _end(end: object) -> str:
    if end is UNKNOWN:
        return "unknown"
    return "open" if end is OPEN else str(end)


def _member(member: str, kind: str) -> str:
    first, dots, last = member.partition("..")
    if not dots:
        return member
    if not first:
        return f"{last} or before"
    if not last:
        return f"{first} or later"
    return f"some time from {first} to {last}" if kind == "one-of" else f"{first} to {last}"
