"""W3C Web Annotations, and the exports of Hypothes.is → marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factledger.intake.documents import refused_by
from factledger.intake.marks.mark import MarkedPassage, fields_of_tags

_HOLDERS = ("annotations", "rows", "items")


def web_marks(document: Any, name: str) -> list[MarkedPassage]:
    """Return the marks of an export: a list, a page or a collection of annotations, or a single one.

    Raises `Refused` for a value that holds none.
    """
    found = [*_annotations(document)]
    if not found and document != []:
        advice = "give an export of Hypothes.is, or Web Annotations in JSON"
        raise refused_by("draft-readable", name, f"it holds no annotation; {advice}")
    return [_mark(one, f"{name}: mark {i}") for i, one in enumerate(found, start=1)]


def _annotations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _annotations(one)
    elif isinstance(value, dict):
        held = next((value[key] for key in _HOLDERS if isinstance(value.get(key), list)), None)
        if held is not None:
            yield from (one for one in held if isinstance(one, dict))
        elif isinstance(value.get("first"), dict):
            yield from _annotations(value["first"])
        elif "target" in value:
            yield value


def _mark(annotation: dict[str, Any], where: str) -> MarkedPassage:
    quote: dict[str, Any] = {}
    hint = None
    for selector in _selectors(annotation.get("target")):
        if selector.get("type") == "TextQuoteSelector" and _text(selector.get("exact")):
            quote = selector
        elif selector.get("type") == "TextPositionSelector" and type(selector.get("start")) is int:
            hint = selector["start"]
    comment, tags = _said(annotation)
    return MarkedPassage(
        where=where,
        quote=quote.get("exact"),
        prefix=_text(quote.get("prefix")),
        suffix=_text(quote.get("suffix")),
        hint=hint,
        comment=comment,
        fields=fields_of_tags(tags),
        by=_name(annotation.get("user") or annotation.get("creator")),
    )


def _selectors(target: Any) -> Iterator[dict[str, Any]]:
    """Yield the selectors of a target, those that refine others after them."""
    for one in target if isinstance(target, list) else [target]:
        held = one.get("selector") if isinstance(one, dict) else None
        for selector in held if isinstance(held, list) else [held]:
            while isinstance(selector, dict):
                yield selector
                selector = selector.get("refinedBy")


def _said(annotation: dict[str, Any]) -> tuple[str, list[str]]:
    """Return what was written to a passage, and its tags."""
    texts, tags = [_text(annotation.get("text"))], annotation.get("tags")
    found = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    bodies = annotation.get("body")
    for body in bodies if isinstance(bodies, list) else [bodies]:
        value = _text(body.get("value")) if isinstance(body, dict) else ""
        if isinstance(body, dict) and body.get("purpose") == "tagging":
            found.append(value)
        else:
            texts.append(value)
    return " ".join(" ".join(texts).split()), found


def _name(who: Any) -> str | None:
    if isinstance(who, dict):
        who = who.get("name") or who.get("nickname") or who.get("id")
    return _text(who).removeprefix("acct:").partition("@")[0] or None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
