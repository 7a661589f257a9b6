"""Marks → the text of a draft: each a claim, a note, or a refusal that is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import attrs

from factledger.citations.cues import cut_word
from factledger.citations.folding import Found
from factledger.citations.quotes import Missing, Repeated
from factledger.errors import Problem
from factledger.intake.marks.mark import MarkedPassage, placed
from factledger.records.vocabulary import Vocabulary

_NEEDED = {"event": ("when",), "state": ("since", "until"), "tally": ("count",), "assessment": ()}


@attrs.define
class Drafted:
    """A draft of marks: its lines, how many are claims and notes, and why others are neither."""

    lines: list[str] = attrs.Factory(list)
    claims: int = 0
    notes: int = 0
    refused: list[Problem] = attrs.Factory(list)


def drafted(
    marks: Iterable[MarkedPassage], text: str, source: str, vocabulary: Vocabulary
) -> Drafted:
    """Return the draft of marks in the text of a source, each quote proved.

    A mark that says its type and dates is a claim; any other with words a note, with what it lacks as
    a comment. What does not stand in the text is a comment, and a problem.
    """
    done = Drafted([f"default_source = {json.dumps(source, ensure_ascii=False)}"])
    for mark in marks:
        done.lines.append("")
        found = placed(mark, text) if mark.quote else None
        fault = _fault(found, text)
        if isinstance(found, Found) and fault is None:
            _add(done, mark, found, text, vocabulary)
            continue
        check, told = fault or ("quote-found", "it has no words: it is of the whole page")
        done.refused.append(Problem(mark.where, check, told))
        done.lines += [f"# {mark.where}: not taken: {check}: {_plain(told)}"]
        done.lines += [f"#   {_plain(mark.comment)}"] if mark.comment else []
    return done


def _fault(found: Found | Missing | Repeated | None, text: str) -> tuple[str, str] | None:
    """Return why a mark that has words cannot be taken, None for one that can, or has none."""
    if found is None:
        return None
    if not isinstance(found, Found):
        return "quote-single" if isinstance(found, Repeated) else "quote-found", str(found)
    cut = cut_word(text, found.start, found.end)
    return ("quote-whole", f"the mark cuts the word {cut!r}") if cut else None


def _add(
    done: Drafted, mark: MarkedPassage, found: Found, text: str, vocabulary: Vocabulary
) -> None:
    kind = vocabulary.types.get(str(mark.fields.get("type", "")))
    missing = (
        [name for name in _NEEDED[kind.shape] if name not in mark.fields] if kind else ["type"]
    )
    head = f"# {mark.where}" + (f", marked by {mark.by}" if mark.by else "")
    done.lines.append(_plain(head))
    if kind is not None and (not missing or kind.shape == "state"):
        done.claims += 1
        done.lines += [f"[[{kind.shape}]]", *_fields(mark)]
        done.lines += [f"# {_plain(mark.comment)}"] if mark.comment else []
    else:
        done.notes += 1
        done.lines.append(f"# to do, to make a claim of it: {', '.join(missing)}")
        done.lines += [f"#   {line}" for line in _fields(mark)]
        done.lines += [
            "[[note]]",
            f"text = {_value(mark.comment or 'Marked, and not yet a claim.')}",
        ]
    done.lines += _place(mark, found, text)


def _place(mark: MarkedPassage, found: Found, text: str) -> Iterator[str]:
    """Yield the lines that cite a place: by its words, or by its offsets where they are not single."""
    words = text[found.start : found.end]
    if isinstance(placed(attrs.evolve(mark, prefix="", suffix="", hint=None), text), Found):
        yield f"quote = {_value(words)}"
    else:
        yield f"# {_plain(words)}"
        yield f"start = {found.start}"
        yield f"end = {found.end}"


def _fields(mark: MarkedPassage) -> Iterator[str]:
    for name, value in mark.fields.items():
        yield f"{name} = {_value(value)}"


def _value(value: object) -> str:
    """Return a text, or a list of texts, as TOML writes it."""
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(str(value)).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    """Return a text that is safe in a comment: on one line, and nothing in it acts."""
    from factledger.text import show

    return show(" ".join(text.split()))
