"""A mark: a passage that somebody marked in another program, and what they wrote to it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from factledger.citations.folding import Found, fold_text
from factledger.citations.quotes import Missing, Repeated, find


@attrs.frozen
class MarkedPassage:
    """A passage that somebody marked: its words, what stands beside them, where it may be.

    `where` names it in messages. `hint` is where the program saw it, in units of UTF-16 of a text that
    need not be ours. `fields` are those of a draft that the mark says; `comment` is what was written
    to it. Without `quote` it is of the whole page.
    """

    where: str
    quote: str | None
    prefix: str = ""
    suffix: str = ""
    hint: int | None = None
    comment: str = ""
    fields: Mapping[str, object] = attrs.Factory(dict)
    by: str | None = None


def placed(mark: MarkedPassage, text: str) -> Found | Missing | Repeated:
    """Return where a mark stands in a text: by its words, then by those beside them, then by its hint.

    Words that stand there several times are only taken at the hint where they stand exactly there.
    """
    folded, quote = fold_text(text), mark.quote or ""
    found = find(quote, folded)
    if isinstance(found, Repeated):
        found = find(quote, folded, prefix=mark.prefix, suffix=mark.suffix)
        if not isinstance(found, Found):
            at = None if mark.hint is None else from_utf16(text, mark.hint)
            if at is not None and text.startswith(quote, at):
                return Found(at, at + len(quote))
            return find(quote, folded)
    return found


def from_utf16(text: str, units: int) -> int | None:
    """Return the offset in code points of one in units of UTF-16, None where there is none.

    >>> from_utf16("a😀b", 3), from_utf16("a😀b", 2)
    (2, None)
    """
    seen = 0
    for i, char in enumerate(text):
        if seen >= units:
            return i if seen == units else None
        seen += 2 if ord(char) > 0xFFFF else 1
    return len(text) if seen == units else None


def fields_of_tags(tags: list[str]) -> dict[str, object]:
    """Return the fields of a draft that tags such as `type:CONSULT/visit` and `actor:JPN` say.

    >>> fields_of_tags(["type:CONSULT/visit", "actor:JPN", "actor:UKR", "read later"])
    {'type': 'CONSULT', 'mode': 'visit', 'actor': ['JPN', 'UKR']}
    """
    found: dict[str, object] = {}
    for tag in tags:
        name, colon, value = (part.strip() for part in tag.partition(":"))
        if name not in FIELDS or not colon or not value:
            continue
        if name == "type" and "/" in value:
            found["type"], _, found["mode"] = value.partition("/")
        elif name in found and name in LISTED:
            before = found[name]
            found[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            found[name] = value
    return found


LISTED = frozenset(
    {
        "actor",
        "recipient",
        "party",
        "holder",
        "post",
        "location",
        "topic",
        "with",
        "attributed_to",
        "told_to",
    }
)
FIELDS = LISTED | {
    "type", "mode", "value", "when", "since", "until", "label", "text", "polarity", "modality",
}  # fmt: skip
