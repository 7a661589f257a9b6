"""The tables of a map in TOML, each value as it has to be, or a fault that names its key."""

from __future__ import annotations

from collections.abc import Mapping

from factledger.checks.proposals import as_list
from factledger.errors import FieldError
from factledger.text import nearest

_KEYS: dict[str, frozenset[str]] = {
    "": frozenset(
        {"input", "dates", "edition", "ledger", "type", "actor", "source", "columns", "row"}
    ),
    "input.": frozenset({"format", "delimiter", "encoding", "sheet"}),
    "edition.": frozenset({"of", "gone", "retraction", "until"}),
    "ledger.": frozenset({"origin", "title"}),
    "row.": frozenset(
        {"key", "operation", "recorded", "reason", "note", "retraction", "source", "actor", "claim"}
        | {"series", "approximate", "disputed", "repeated"}
    ),
}


def check_keys(held: Mapping[str, object], path: str) -> None:
    """Raise `FieldError` at a key that a table of a map does not have, with the one that was meant."""
    for key in held:
        if key not in _KEYS[path]:
            near = nearest(key, _KEYS[path])
            advice = (
                f"did you mean {near!r}?" if near else f"one of {', '.join(sorted(_KEYS[path]))}"
            )
            raise FieldError(f"{path}{key}", f"unknown key; {advice}")


def table_in(held: Mapping[str, object], key: str) -> dict[str, object]:
    """Return the table under a key, an empty one for none."""
    found = held.get(key, {})
    if not isinstance(found, dict):
        raise FieldError(key, f"wanted a table [{key}], found {found!r}")
    return found


def tables_in(held: Mapping[str, object], key: str, path: str) -> list[dict[str, object]]:
    """Return the tables under a key, of which one may stand alone."""
    found = as_list(held.get(key, []))
    for item in found:
        if not isinstance(item, dict):
            raise FieldError(path, f"wanted a table [[{path}]], found {item!r}")
    return found


def text_in(held: Mapping[str, object], path: str, key: str) -> str | None:
    """Return the text under a key, None for none."""
    found = held.get(key)
    if found is not None and (not isinstance(found, str) or not found):
        raise FieldError(f"{path}.{key}", f"wanted text, found {found!r}")
    return found


def word_in(given: Mapping[str, object], key: str, words: tuple[str, ...]) -> str | None:
    """Return one of some words under a key of the input, None for none."""
    found = text_in(given, "input", key)
    if found is not None and found not in words:
        raise FieldError(f"input.{key}", f"{found!r} is not one of {', '.join(words)}")
    return found


def character_in(given: Mapping[str, object]) -> str | None:
    """Return the delimiter of an input, None for none."""
    found = text_in(given, "input", "delimiter")
    if found is not None and (len(found) != 1 or found in '"\r\n'):
        raise FieldError("input.delimiter", f"wanted one character, found {found!r}")
    return found
