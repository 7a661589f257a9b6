"""Standoff annotations of brat → marks: events with their roles, and passages that belong to none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factledger.intake.documents import refused_by
from factledger.intake.marks.mark import MarkedPassage

_PASSAGE = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_EVENT = re.compile(r"(E\S+)\t(\S+):(T\S+)((?: \S+:[TE]\S+)*)\s*")
_NOTE = re.compile(r"#\S+\t\S+ (\S+)\t(.*)")
_OTHER = re.compile(r"[ARMN*]\S*\t.*")


def brat_marks(standoff: str, text: str, name: str) -> list[MarkedPassage]:
    """Return the marks of a file of brat, given the text that it is about.

    An event is one mark, from its first passage to its last, with its type and roles in the comment;
    a passage that is in no event is one of its own. Attributes, relations and links are told with them.
    Raises `Refused` at a line that is none of brat.
    """
    passages: dict[str, tuple[int, int, str, str]] = {}
    events: dict[str, tuple[int, str, str, list[tuple[str, str]]]] = {}
    notes: dict[str, list[str]] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(standoff.split("\n"), start=1):
        line = line.rstrip("\r")
        if found := _PASSAGE.fullmatch(line):
            places = [int(n) for n in re.findall(r"\d+", found[3])]
            passages[found[1]] = min(places), max(places), found[2], found[4]
            lines[found[1]] = number
        elif found := _EVENT.fullmatch(line):
            roles = [tuple(r.split(":", 1)) for r in found[4].split()]
            events[found[1]] = number, found[2], found[3], [(r[0], r[1]) for r in roles]
        elif found := _NOTE.fullmatch(line):
            notes.setdefault(found[1], []).append(found[2])
        elif line.strip() and not _OTHER.fullmatch(line):
            raise refused_by(
                "draft-readable", f"{name}:{number}", f"no line of brat: {line[:60]!r}"
            )
        elif line.strip():
            said = line.split("\t")[1].split()
            notes.setdefault(next((w for w in said[1:] if w[:1] in "TE"), ""), []).append(
                " ".join(said)
            )
    return [*_marks(passages, events, notes, lines, text, name)]


def _marks(
    passages: dict[str, tuple[int, int, str, str]],
    events: dict[str, tuple[int, str, str, list[tuple[str, str]]]],
    notes: dict[str, list[str]],
    lines: dict[str, int],
    text: str,
    name: str,
) -> Iterator[MarkedPassage]:
    used: set[str] = set()
    for event, (number, kind, trigger, roles) in events.items():
        named = [trigger, *(who for _, who in roles if who in passages)]
        spans = [passages[one] for one in named if one in passages]
        used.update(named)
        said = "; ".join(f"{role}: {passages[w][3] if w in passages else w}" for role, w in roles)
        more = " ".join(notes.get(event, []) + notes.get(trigger, []))
        comment = " ".join(f"{kind} {said} {more}".split())
        if not spans:
            yield MarkedPassage(f"{name}:{number}", None, comment=comment)
            continue
        start, end = min(s[0] for s in spans), max(s[1] for s in spans)
        yield _at(f"{name}:{number}", text, start, end, comment)
    for one, (start, end, kind, _) in passages.items():
        if one not in used:
            comment = " ".join([kind, *notes.get(one, [])])
            yield _at(f"{name}:{lines[one]}", text, start, end, comment)


def _at(where: str, text: str, start: int, end: int, comment: str) -> MarkedPassage:
    """Return the mark of a place that brat counts in code points."""
    hint = len(text[:start].encode("utf-16-le")) // 2
    return MarkedPassage(where, text[start:end] or None, hint=hint, comment=comment)
