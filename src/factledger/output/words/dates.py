"""When a claim was or held, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.dates.dated import OPEN, Edtf
from factledger.dates.days import BEGINNING, Day
from factledger.dates.wording.told import (
    date_words,
    days_words,
    lasting_words,
    since_words,
    until_words,
)
from factledger.records.claims import FACTUAL, Claim, Event, Tally
from factledger.status.spans import Status
from factledger.status.standings import Standing
from factledger.views.coordinates import Coordinates

in_words = date_words
# Dates that words do not blur.
_PLAIN_DATE = r"|\.\.|[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?"


def field_words(value: object) -> str:
    """Return a field of a claim in words, a date with its EDTF where that says it otherwise."""
    if not isinstance(value, Edtf):
        return str(value)
    words = date_words(value)
    return words if re.fullmatch(_PLAIN_DATE, value.text) else f"{words} ({value})"


def asked_on(at: Coordinates) -> str:
    """Return the day that was asked about in words, with what a coarser date was taken to mean."""
    day = date_words(at.valid)
    if at.coarse is None:
        return day
    before, _, text = at.coarse.rpartition(" ")
    return f"{day} ({before} {date_words(text) if 'Q' not in text else text})"


def standing_dates(standing: Standing) -> str:
    """Return when a claim was or held, in words; "" where the source says nothing."""
    when: Edtf | None = getattr(standing.claim, "when", None)
    if when is not None:
        return date_words(when)
    since: Edtf | None = getattr(standing.claim, "since", None)
    parts = [] if since is None or standing.derived else _ends(since, standing)
    return ", ".join([*parts, *_last_said(standing)])


def known_dates(standing: Standing, began: Edtf | None = None) -> str:
    """Return when a claim was or held, in words for a reader: what is not known is not said.

    `began` is the date of the event from which the standing follows, if it does.
    """
    return with_last_said(own_period(standing, began), standing, began)


def own_period(standing: Standing, began: Edtf | None = None) -> str:
    """Return the known dates of a claim in words, without up to when a source vouches for it."""
    return _own_days(standing.claim) or ", ".join(_known_ends(standing, began))


def with_last_said(own: str, standing: Standing, began: Edtf | None = None) -> str:
    """Return the known dates of a claim, as `own_period` tells them, with up to when a source vouches for it."""
    said = (*_told_before_the_end(standing), *_last_said(standing, began))
    return ", ".join([own, *said] if own else said)


def _told_before_the_end(standing: Standing) -> Iterator[str]:
    """Yield when a count or a denial was told, where its days go on after that: it says nothing of these."""
    claim, last = standing.claim, _last_told_of(standing.claim)
    told = max((s.published for s in standing.supports), key=lambda p: p.last, default=None)
    if last is not None and told is not None and claim.modality in FACTUAL and last > told.last:
        yield f"as told {_spoken(told.first, told.last)}"


def _last_told_of(claim: Claim) -> Day | None:
    """Return up to when a count or a denial tells of its days; None for another claim, and of no known day.

    A denial, and a count of none, tells of each of its days; another count ends on one of its last.
    """
    if isinstance(claim, Tally) and claim.polarity == "asserted":
        end = claim.until
        day = end.latest if claim.count.upper == 0 else end.earliest
    elif isinstance(claim, Event) and claim.polarity == "denied":
        end = claim.when
        day = end.latest
    else:
        return None
    return day if isinstance(day, Day) and not end.qualified else None


def _own_days(claim: Claim) -> str | None:
    """Return when an event was, or the period of a tally; None for what has a beginning and an end."""
    when: Edtf | None = getattr(claim, "when", None)
    if when is not None:
        return date_words(when)
    return _period(claim) if isinstance(claim, Tally) else None


def _known_ends(standing: Standing, began: Edtf | None) -> Iterator[str]:
    since: Edtf | None = began if standing.derived else getattr(standing.claim, "since", None)
    until = standing.until
    since = since if since is not None and _is_dated(since) else None
    until = until if until is not None and _is_dated(until) else None
    if since is not None and until is not None and not standing.end_planned:
        yield _lasting(since, until)
        return
    if since is not None:
        yield since_words(since)
    if until is not None:
        yield _until_words(until, standing)


def _until_words(until: Edtf, standing: Standing) -> str:
    words = until_words(until)
    return f"planned {words}" if standing.end_planned else words


def _lasting(since: Edtf, until: Edtf) -> str:
    """Return a beginning and an end in words: a day, a month or a year where they are just that."""
    first, last = since.earliest, until.latest
    if since == until and since.kind == "date" and since.precision != "day":
        return f"within {date_words(since)}"  # some days of it
    if since.kind == until.kind == "date" and isinstance(first, Day) and isinstance(last, Day):
        whole = days_words(first, last)
        if first == last or (
            whole.count(" ") < 2 and {since.precision, until.precision} == {"day"}
        ):
            return f"{'on' if first == last else 'for all of'} {whole}"
    return lasting_words(since, until)


def _is_dated(date: Edtf) -> bool:
    return date.kind != "end"


def _period(tally: Tally) -> str | None:
    """Return the period of a tally in words, None where it has no two known days."""
    first, last = tally.since.earliest, tally.until.latest
    if {tally.since.kind, tally.until.kind} != {"date"}:
        return None
    assert isinstance(first, Day)  # noqa: S101  every bound of one date is a day
    assert isinstance(last, Day)  # noqa: S101
    whole = days_words(first, last)
    return whole if whole.count(" ") < 2 else date_words(f"{tally.since}/{tally.until}")


def _last_said(standing: Standing, began: Edtf | None = None) -> Iterator[str]:
    """Yield up to when a source vouches for what is presumed."""
    attested = standing.attested
    if standing.alone is not Status.PRESUMED or attested is None or attested <= BEGINNING:
        return
    told = [s.published for s in standing.supports if s.published.first == attested]
    if told:
        first, last = told[0].first, min(one.last for one in told)
        yield f"as last said {_spoken(first, last)}"
    elif began is None or began.latest != attested:
        yield f"as last said for {date_words(attested)}"
    else:
        yield "as last said then"


def _spoken(first: Day, last: Day) -> str:
    """Return when a source spoke: on a day, in a month or a year, between two days, or by a day."""
    if first == last:
        return f"on {date_words(first)}"
    if first <= BEGINNING:
        return date_words(f"[..{last}]")
    words = days_words(first, last)
    whole = words.count(" ") < 2
    return f"in {words}" if whole else date_words(f"[{first}..{last}]")


def _ends(since: Edtf, standing: Standing) -> list[str]:
    """Return start and end, an unknown start only where nothing else is known."""
    end = _until(standing)
    if _is_dated(since):
        return [since_words(since), *end]
    if since.latest is OPEN:
        return ["since before all record", *end]
    return end if end and end != ["end unknown"] else ["start unknown", *end]


def _until(standing: Standing) -> list[str]:
    until = standing.until
    if until is None or (not _is_dated(until) and until.latest is OPEN):
        return []
    return [_until_words(until, standing) if _is_dated(until) else "end unknown"]
