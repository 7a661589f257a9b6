"""Patterns: `{actor} visited {recipient}[ in {location}]`, and what fills them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from factledger.records.claims import Claim
from factledger.records.sentences.grammar import article, listed, with_article, with_name

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PART = re.compile(r"(?:\b(an?) )?\{(\w+)\}")


def parts_of(
    claim: Claim, name: Callable[[str], str], called: Callable[[str], str]
) -> dict[str, str]:
    """Return the words for each `{part}` of a sentence: participants by role, and the value.

    Everybody stands there as `called`, but for the `post` that somebody holds, which has no article.
    """
    roles = dict.fromkeys(p.role for p in claim.participants)
    parts = {r: listed(map(name if r == "post" else called, claim.actors(r))) for r in roles}
    if claim.value:
        parts["value"] = with_name(claim.value)
    return parts


def filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Return the pattern with its parts in place; a bracket that lacks one is left out.

    What stands behind a bar in a bracket takes its place then. "a" before a part becomes "an", or
    goes, as the part wants it. A value for which the pattern has no place stands at its end.

    >>> filled("{actor} visited {recipient}[ in {location}]", {"actor": "A", "recipient": "B"})
    'A visited B'
    >>> filled("{actor} expelled[ {value}| people] of {recipient}", {"actor": "A", "recipient": "B"})
    'A expelled people of B'
    >>> filled("{party} is[ a {value}]", {"party": "It", "value": "excellent ally"})
    'It is an excellent ally'
    """
    text = _PART.sub(lambda found: _part(found, parts), _chosen(pattern, parts))
    lost = parts.get("value") if "{value}" not in pattern else None
    return f"{text}: {lost}" if lost else text


def _chosen(pattern: str, parts: Mapping[str, str]) -> str:
    """Return a pattern without brackets: each stays, goes, or gives way to what is behind its bar."""

    def chosen(found: re.Match[str]) -> str:
        first, _, other = found[1].partition("|")
        return first if all(name in parts for _, name in _PART.findall(first)) else other

    return _OPTIONAL.sub(chosen, pattern)


def _part(found: re.Match[str], parts: Mapping[str, str]) -> str:
    words = parts.get(found[2], "someone")
    if not found[1]:
        return words
    return with_article(words) if found[2] == "value" else f"{article(words)} {words}"
