"""The reader's language: months, parts of a year, and the forms of dates, as data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from factledger.errors import NotFound

LANGUAGE: ContextVar[str] = ContextVar("factledger_language", default="en")
"""The reader's language: `en`, or the path of a file like `en.toml`."""

_ADVICE = "English is 'en'; for another name a file with the keys and parts of en.toml"


@attrs.frozen(repr=False, eq=False)
class Wording:
    """The words of one language."""

    months: Sequence[str]
    parts: Mapping[str, str]
    """A form for each part of a year, by its number in EDTF."""
    forms: Mapping[str, str]

    def form(self, name: str, **given: str) -> str:
        """Return a form with its parts in place."""
        return self.forms[name].format(**given)


@cache
def wording_of(language: str) -> Wording:
    """Return the words of a language that is shipped, or of a file in TOML.

    Raises `NotFound` where there is none, or where the file does not give every word: it names
    the first that is missing.

    >>> wording_of("en").months[2]
    'March'
    """
    whole = f"the words of the language {language!r}"
    try:
        table = _table_of(language)
        found = Wording(table["months"], table["parts"], table["forms"])
        if language != "en":
            _check(found, wording_of("en"))
    except (OSError, ValueError, TypeError, AttributeError):
        raise NotFound(whole, _ADVICE) from None
    except LookupError as fault:
        raise NotFound(f"{fault.args[0]!r} among {whole}", _ADVICE) from None
    return found


def _table_of(language: str) -> dict[str, Any]:
    if re.fullmatch("[a-z]{2,3}", language):  # it is made of the file in TOML, which people read
        made = Path(__file__).with_name(f"{language}.json")
        return json.loads(made.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    import tomllib  # few commands tell dates in other words

    return tomllib.loads(Path(language).read_text(encoding="utf-8"))


def _check(found: Wording, english: Wording) -> None:
    """Raise `LookupError` where a word is missing, or asks for a part that no date gives."""
    if len(found.months) != len(english.months):
        raise LookupError("months")
    for wanted, there in ((english.parts, found.parts), (english.forms, found.forms)):
        for name, form in wanted.items():
            there[name].format(**dict.fromkeys(re.findall(r"{(\w+)}", form), ""))
