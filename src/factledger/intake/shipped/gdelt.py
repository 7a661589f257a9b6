"""GDELT events → rows with an event each: made-up days as windows, both sides of a visit as one.

The codes of actions are CAMEO's, of which the first two digits are the kind of action; they become
the types of the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from factledger.dates.days import Day
from factledger.intake.reading.row import FileRow

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
_ACTORS = [f"Actor{n}{part}" for n in (1, 2) for part in _ACTOR.split()]
_PLACES = [f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _GEO.split()]
_ACTION = [
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
]
GDELT_2 = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_ACTORS, *_ACTION, *_PLACES, "DATEADDED", "SOURCEURL"]  # fmt: skip
"""The columns of an events file of version 2, which has no header."""
GDELT_1 = [column for column in GDELT_2 if not column.endswith("ADM2Code")]
"""Those of version 1."""

_TYPES = {
    "01": "public-statement", "02": "REQUEST", "03": "AGREE", "04": "CONSULT", "05": "SUPPORT",
    "06": "COOPERATE", "07": "AID", "08": "CONCEDE", "09": "ACCUSE", "10": "REQUEST", "11": "ACCUSE",
    "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE", "16": "SANCTION",
    "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
_MODES = {"041": "phone", "042": "visit", "043": "visit", "045": "third-party", "046": "meeting", "09": "investigate", "111": "disapprove", "112": "allege"}  # fmt: skip
_HOSTED = "043"  # the host is named first: the same visit, from its other side
_GROUPS = frozenset(["AFR", "ASA", "BLK", "CAS", "CAU", "CEU", "CFR", "EAF", "EEU", "EUR", "LAM", "MDE", "MEA", "NAF", "NAM", "NMR", "PGS", "SAF", "SAM", "SAS", "SCN", "SEA", "WAF", "WST", "WSB", "IGO", "INT"])  # fmt: skip


def gdelt_rows(rows: Iterable[FileRow]) -> Iterator[FileRow]:
    """Yield the rows of an events file with the cells that the map `gdelt` names.

    `take` is empty where a row names no two countries. `key` is one for the same day, type, mode and
    actors in the same article. `when` is a window where the day was made up: events that
    are exactly 7, 30, 365 or 3,650 days older than their article stand for "last week", "last
    month", "last year", "a decade ago".
    """
    for row in rows:
        if row.fault is not None:
            yield row
            continue
        made = _made(row.cells)
        said = [*(made[name] for name in _SAME), row.cells["SOURCEURL"]]
        made["key"] = sha256("\n".join(said).encode()).hexdigest()[:20]
        place = f"GDELT event {row.cells['GLOBALEVENTID']}"
        yield row._replace(cells={**row.cells, **made}, place=place)


_SAME = ("when", "type", "mode", "actor", "recipient")


def _made(cells: dict[str, str]) -> dict[str, str]:
    code = cells["EventCode"]
    one, other = (
        {"code": cells[f"Actor{n}CountryCode"], "name": cells[f"Actor{n}Name"]} for n in "12"
    )
    if code == _HOSTED:
        one, other = other, one
    when, reason = event_day(cells["SQLDATE"], cells["DATEADDED"][:8])
    taken = one["code"] and other["code"] and one["code"] != other["code"] and _TYPES.get(code[:2])
    return {
        "take": "yes" if taken and when else "",
        "when": when,
        "when_reason": reason,
        "type": _TYPES.get(code[:2], ""),
        "mode": _MODES.get(code) or _MODES.get(code[:2], ""),
        "actor": one["code"],
        "actor_said": one["name"],
        "actor_category": "group" if one["code"] in _GROUPS else "country",
        "recipient": other["code"],
        "recipient_said": other["name"],
        "recipient_category": "group" if other["code"] in _GROUPS else "country",
        "published": _iso(cells["DATEADDED"][:8]),
        "url_key": sha256(cells["SOURCEURL"].encode()).hexdigest()[:20],
    }


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def event_day(day: str, added: str) -> tuple[str, str]:
    """Return when an event was, and why that is a window; both days are written as 20150301.

    >>> event_day("20150228", "20150301"), event_day("20140301", "20150301")[0]
    (('2015-02-28', ''), '[2014-01-01..2015-03-01]')
    """
    if not (len(day) == len(added) == 8 and (day + added).isdigit()):
        return "", ""
    event, seen = (Day.parse(_iso(text)) for text in (day, added))
    first = _first_of_span(seen, seen - event)
    if first is None:
        return str(event), ""
    words = _SPANS[seen - event]
    return f"[{first}..{seen}]", f"GDELT gives the day {seen - event} days before its article for {words!r}"  # fmt: skip


_SPANS = {7: "last week", 30: "last month", 365: "last year", 3650: "a decade ago"}


def _first_of_span(seen: Day, lag: int) -> Day | None:
    """Return the first day that such words can mean, None for an event whose day was given."""
    if lag == 7:
        return Day(seen - (seen - 1) % 7 - 7)
    if lag == 30:
        month = seen.year * 12 + seen.month - 2
        return Day.of(month // 12, month % 12 + 1, 1)
    years = {365: 1, 3650: 10 + seen.year % 10}.get(lag)
    return None if years is None else Day.of(seen.year - years, 1, 1)
