"""A process that makes dear replies: the same as others, of lower priority, ended where it takes too long."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cli_tools import run
from factledger import Ledger
from factledger.web import asgi
from factledger.web.making import makers
from factledger.web.making.makers import Ended, Maker, TooLong, make_replies
from factledger.web.replies.reply import Reply
from factledger.web.routes import reply
from web_tools import ARTICLE, Client


@pytest.fixture
def maker() -> Iterator[Maker]:
    """A process that makes replies of the article."""
    made = Maker(str(ARTICLE))
    yield made
    made.close()


def process_of(maker: Maker) -> int:
    """Return the number of the process."""
    assert maker._process is not None
    return maker._process.pid


def without_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no reply be in time, however quick a process is: it is asked once it has been ended."""
    asked = makers._asked

    def late(process: Any, question: object) -> Reply:
        process.wait(60)
        return asked(process, question)

    monkeypatch.setattr(makers, "MAKING_TIME", 0)
    monkeypatch.setattr(makers, "_asked", late)


def test_a_process_gives_the_replies_of_a_thread(maker: Maker) -> None:
    """A page, a list, an error and what the browser knows already are byte for byte the same."""
    with Ledger.open(ARTICLE) as ledger:
        for path, items in (
            ("/", [("asof", "2023")]),
            ("/index.json", [("all", "1")]),
            ("/search", [("q", "visit \x00é")]),
            ("/nowhere", []),
        ):
            whole = reply(ledger, path, items)
            assert maker.reply(path, items, None) == whole
            tag = whole.headers.get("ETag")
            assert maker.reply(path, items, tag).status == (304 if tag else 404)


def test_a_process_has_a_lower_priority(maker: Maker) -> None:
    """Whoever makes light replies comes first."""
    maker.reply("/", [], None)
    mine = os.getpriority(os.PRIO_PROCESS, 0)
    theirs = os.getpriority(os.PRIO_PROCESS, process_of(maker))
    assert theirs == min(19, mine + makers.LOWER)


def test_a_process_ends_after_so_many_replies(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What replies leave in the memory of a process ends with it, and another goes on."""
    monkeypatch.setattr(makers, "REPLIES", 2)
    seen = []
    for _ in range(4):
        assert maker.reply("/entry/5", [], None).status == 200
        seen.append(process_of(maker))
    assert seen[0] == seen[1] != seen[2] == seen[3]
    with pytest.raises(ProcessLookupError):
        os.kill(seen[0], 0)


def test_a_reply_that_takes_too_long_is_ended(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes no more of the machine, and the next question is answered."""
    with monkeypatch.context() as patched:
        without_time(patched)
        with pytest.raises(TooLong):
            maker.reply("/", [], None)
    assert maker.reply("/", [], None).status == 200


def test_an_end_from_outside_is_told_and_another_goes_on(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that was ended, as by a system without memory, is a page that could not be made."""
    maker.reply("/", [], None)
    os.kill(process_of(maker), 9)
    with pytest.raises(Ended):
        maker.reply("/", [], None)
    assert maker.reply("/", [], None).status == 200


def test_a_ledger_that_is_not_there_is_told() -> None:
    """A ledger that cannot be opened is an error of each question."""
    question = json.dumps({"path": "/", "items": [], "known": None})
    begin = json.dumps({"address": "nowhere", "language": "en"})
    answers = BytesIO()
    make_replies(BytesIO(f"{begin}\n{question}\n{question}\n".encode()), answers)
    assert answers.getvalue().count(b'"status": 404') == 2
    assert answers.getvalue().count(b"nowhere") == 2


def test_dear_pages_are_those_of_a_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of lines and a SQLite file give the same pages, light ones and dear ones; nobody's time ends them."""
    assert run("copy", str(ARTICLE), str(tmp_path / "article.db")).code == 0
    monkeypatch.setattr(asgi, "LIGHT", 20)
    tables, lines = Client(tmp_path / "article.db"), Client(ARTICLE)
    for address in ("/entry/31", "/actor/JPN?asof=2023&recorded=40", "/search?q=visit"):
        assert tables.get(address).text == lines.get(address).text
    without_time(monkeypatch)
    assert tables.get("/search?q=visit").status_code == 503
    assert tables.get("/entry/31").status_code == 200


def test_a_process_makes_replies_until_its_questions_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """It lowers its priority first, answers what it reads, and ends where nobody asks any more."""
    begin = json.dumps({"address": str(ARTICLE), "language": "en"})
    question = json.dumps({"path": "/nowhere", "items": [], "known": None})
    asked = SimpleNamespace(buffer=BytesIO(f"{begin}\n{question}\n".encode()))
    reading, writing = os.pipe()
    lowered: list[int] = []
    with monkeypatch.context() as patch:
        patch.setattr(os, "nice", lowered.append)
        patch.setattr(os, "dup", lambda _: writing)
        patch.setattr(os, "dup2", lambda *_: None)
        patch.setattr(sys, "stdin", asked)
        makers.begin_making()  # what it writes to is closed with it
    assert lowered == [makers.LOWER]
    with os.fdopen(reading, "rb") as told:
        assert json.loads(told.readline())["status"] == 404
