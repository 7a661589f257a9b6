"""Sources → CSL-JSON, the bibliographies of Zotero, pandoc and other tools."""

from __future__ import annotations

import re
from typing import Any

from factledger.dates.dated import Edtf
from factledger.dates.days import Day
from factledger.records.declarations import Source

_PLAIN = re.compile(r"-?[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?")


def csl_object(source: Source) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON, with the id of the source.

    Fields that the source does not have are left out. The hash of its text is in the note.
    """
    note = [f"sha256: {source.sha256}"] if source.sha256 else []
    values = {
        "id": source.id,
        "type": "webpage" if source.url else "document",
        "title": source.title,
        "author": [{"literal": source.author}] if source.author else None,
        "publisher": source.publisher,
        "issued": csl_date(source.published) if source.published else None,
        "accessed": csl_date(source.retrieved) if source.retrieved else None,
        "URL": source.url,
        "language": source.language,
        "note": "\n".join([*note, *([source.note] if source.note else [])]) or None,
    }
    return {key: value for key, value in values.items() if value is not None}


def csl_date(date: Edtf) -> dict[str, Any]:
    """Return a date of CSL-JSON: a day, month or year, else a range of days, else the text.

    >>> from factledger.dates.edtf import parse
    >>> csl_date(parse("2024-11?"))
    {'date-parts': [[2024, 11]], 'circa': True}
    >>> csl_date(parse("2024-21")), csl_date(parse("[..2024]"))
    ({'date-parts': [[2024, 3, 1], [2024, 5, 31]]}, {'literal': '[..2024]'})
    """
    text = date.text.rstrip("?~%")
    if _PLAIN.fullmatch(text):
        sign, number = (-1, text[1:]) if text.startswith("-") else (1, text)
        year, *rest = map(int, number.split("-"))
        parts = [[sign * year, *rest]]
    elif isinstance(date.earliest, Day) and isinstance(date.latest, Day):
        parts = [[day.year, day.month, day.day] for day in (date.earliest, date.latest)]
    else:
        return {"literal": date.text}
    return {"date-parts": parts, **({"circa": True} if date.qualified else {})}
