"""Exports of Hypothes.is and other Web Annotations, read as marks."""

from __future__ import annotations

from typing import Any

import pytest

from factledger import Refused
from factledger.intake.marks.web_annotations import web_marks


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    """Return the selector of words and of what stands beside them."""
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def hypothesis(*selectors: Any, **fields: Any) -> dict[str, Any]:
    """Return an annotation as Hypothes.is exports it."""
    held = {"source": "https://example.org", "selector": list(selectors)}
    return {"user": "acct:anna@example.org", "text": "", "tags": [], "target": [held], **fields}


@pytest.mark.parametrize(
    "document",
    [
        {"annotations": [hypothesis(quote("x"))]},
        {"rows": [hypothesis(quote("x")), 7], "total": 1},
        [{"type": "Annotation", "target": {"selector": quote("x")}}],
        {
            "type": "Annotation",
            "target": {"selector": {"type": "FragmentSelector", "refinedBy": quote("x")}},
        },
        {"type": "AnnotationPage", "items": [{"target": {"selector": [None, quote("x")]}}]},
        {
            "type": "AnnotationCollection",
            "first": {"items": [{"target": [{"selector": quote("x")}]}]},
        },
    ],
)
def test_each_form_of_annotations_is_read(document: Any) -> None:
    """An export, the rows of the interface for programs, a list, one, a page, a collection."""
    assert [m.quote for m in web_marks(document, "m")] == ["x"]


@pytest.mark.parametrize(
    "annotation",
    [
        {"target": "https://example.org"},
        {"target": [{"selector": [{"type": "TextQuoteSelector", "exact": 7}]}]},
        {"target": None, "tags": 7, "text": 7, "user": 7, "body": "x"},
    ],
)
def test_a_mark_without_words_is_of_the_page(annotation: Any) -> None:
    """Whatever stands in the place of words, tags and names."""
    [mark] = web_marks([annotation], "m")
    assert (mark.quote, mark.comment, mark.by) == (None, "", None)


def test_what_was_said_is_read_from_bodies() -> None:
    """Texts are the comment, those for tagging are tags, a creator is who marked."""
    body = [
        {"type": "TextualBody", "value": "one"},
        {"purpose": "tagging", "value": "type:AGREE"},
    ]
    creator = {"name": "Anna"}
    target = {"selector": {"type": "TextPositionSelector", "start": 3, "end": 4}}
    [mark] = web_marks({"target": target, "body": body, "creator": creator}, "m")
    assert (mark.comment, mark.fields, mark.by, mark.hint) == ("one", {"type": "AGREE"}, "Anna", 3)


@pytest.mark.parametrize("document", [{}, 7, {"annotations": 7}])
def test_a_file_without_marks_is_told(document: Any) -> None:
    """An empty list holds none, and is no mistake."""
    with pytest.raises(Refused, match="it holds no annotation; give an export"):
        web_marks(document, "m.json")
    assert web_marks([], "m.json") == []
