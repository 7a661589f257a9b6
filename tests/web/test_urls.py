"""Addresses of pages, and their names as files."""

from __future__ import annotations

import re

from factledger.dates.days import Day
from factledger.web.urls import Filed, file_name


def test_names_of_files_differ_as_the_texts_do() -> None:
    """Two texts never give one name, a long one is cut and told by its hash, a device is none."""
    texts = [
        "a.b",
        "a_b",
        "a/b",
        "a b",
        "..",
        "",
        "con",
        "_con",
        "日本",
        "x" * 99,
        "x" * 98,
        "x" * 80,
    ]
    names = [file_name(text) for text in texts]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,97}", name) for name in names)
    assert file_name("aux") == "_aux"


def test_filed_links_take_the_nearest_page() -> None:
    """A link to a day leads to the page of the last change before it, or to none without a page."""
    days = {(): (Day.parse("2022-01-01"), Day.parse("2023-01-01")), ("x",): ()}
    link = Filed("actor/a/2022-06-01.html", ("a",), Day.parse("2022-06-01"), days)
    assert link.date("2022-12-31", ()) == "../../asof/2022-01-01.html"
    assert link.date(None, ()) == "../../asof/2022-01-01.html"
    assert link.date(None, ("x",)) is None
    assert link.date() is None
    assert Filed("entry/1.html", (), None, days).date() == "../asof/2023-01-01.html"
    assert link.page("search") is None
    assert link.json == "2022-06-01.json"
