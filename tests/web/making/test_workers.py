"""Threads that make replies: a long one holds up no short one, and no question waits for ever."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from queue import PriorityQueue, Queue
from typing import Any

import pytest

from factledger import Ledger, NotFound
from factledger.dates.wording import languages
from factledger.web import asgi
from factledger.web.cost import Heavy
from factledger.web.making import workers
from factledger.web.making.workers import Crowded, Worker
from factledger.web.replies.reply import HEADERS, Reply
from factledger.web.routes import Items, reply
from web_tools import ARTICLE, Client


@contextmanager
def long_replies(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let every page but an entry be heavy, and its making last until the block ends."""
    begun, end = threading.Event(), threading.Event()

    class Slow:
        """Makes replies that last."""

        def __init__(self, address: str) -> None:
            """Begin."""

        def reply(self, path: str, items: Items, known: str | None) -> Reply:
            begun.set()
            end.wait(60)
            return Reply(200, b"at last")

        def close(self) -> None:
            """End."""

    def light_reply(ledger: Ledger, path: str, items: Items, **given: object) -> Reply:
        if not path.startswith("/entry"):
            raise Heavy(1000)
        return reply(ledger, path, [])

    monkeypatch.setattr(asgi, "reply", light_reply)
    monkeypatch.setattr(asgi, "Maker", Slow)
    try:
        yield begun
    finally:
        end.set()


def known_queues(monkeypatch: pytest.MonkeyPatch) -> list[Queue[Any]]:
    """Return the queues of the workers that are made from now on, in this order."""
    made: list[Queue[Any]] = []

    def queue() -> Queue[Any]:
        made.append(PriorityQueue())
        return made[-1]

    monkeypatch.setattr(workers, "PriorityQueue", queue)
    return made


def test_pages_tell_dates_in_the_language_of_the_reader(tmp_path: Path) -> None:
    """The setting under which a server was started holds in the threads that make its pages."""
    german = tmp_path / "de.toml"
    english = Path(languages.__file__).with_name("en.toml").read_text("utf-8")
    german.write_text(english.replace('"November"', '"Nebelmond"'), "utf-8")
    token = languages.LANGUAGE.set(str(german))
    try:
        client = Client(ARTICLE)
    finally:
        languages.LANGUAGE.reset(token)
    assert "Nebelmond 2024" in client.get("/?asof=2023-04-01").text
    assert "Nebelmond 2024" not in Client(ARTICLE).get("/?asof=2023-04-01").text


def test_a_long_reply_holds_up_no_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A simple page is answered while a page is made that reads much."""
    with long_replies(monkeypatch) as begun:
        client = Client(ARTICLE)
        asking = threading.Thread(target=client.get, args=("/search?q=a",))
        asking.start()
        assert begun.wait(60)
        assert client.get("/entry/5").status_code == 200
    asking.join(60)


@pytest.mark.parametrize(("name", "value"), [("WAITING", 1), ("TURN_TIME", 0.01)])
def test_who_waits_too_long_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, name: str, value: float
) -> None:
    """Where others are before it, a question is refused in one line that says when to ask again."""
    queues = known_queues(monkeypatch)
    with long_replies(monkeypatch) as begun:
        client = Client(ARTICLE)
        asking = [threading.Thread(target=client.get, args=("/",)) for _ in range(2)]
        for thread in asking:
            thread.start()
        assert begun.wait(60)
        while not queues[1].qsize():  # that of the heavy pages
            time.sleep(0.001)
        monkeypatch.setattr(workers, name, value)
        answer = client.get("/search?q=a")
    for thread in asking:
        thread.join(60)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"
    assert "others are asking for much; ask again in ten seconds" in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_nobody_waits_for_a_reply_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client is told to come again where its reply is long in the making."""
    monkeypatch.setattr(workers, "TURN_TIME", 0.1)
    monkeypatch.setattr(workers, "MAKING_TIME", 0.1)
    with long_replies(monkeypatch):
        assert Client(ARTICLE).get("/").status_code == 503


def test_a_question_that_nobody_waits_for_is_not_answered() -> None:
    """What was given up before its turn costs nothing, and the next is answered."""
    asked, end = [], threading.Event()

    def long(ledger: Ledger) -> Reply:
        end.wait(60)
        return Reply(200)

    def given_up(ledger: Ledger) -> Reply:
        asked.append(1)
        return Reply(200)

    async def ask() -> int:
        worker = Worker(partial(Ledger.open, ARTICLE))
        first = asyncio.create_task(worker.reply(long))
        second = asyncio.create_task(worker.reply(given_up))
        await asyncio.sleep(0.05)
        second.cancel()
        await asyncio.sleep(0.05)
        end.set()
        await first
        return (await worker.reply(lambda ledger: Reply(200 + len(asked)))).status

    assert asyncio.run(ask()) == 200


def test_a_ledger_that_is_not_there_is_told() -> None:
    """A ledger that cannot be opened is a line of its own, and is tried again with each question."""
    with pytest.raises(NotFound):
        asyncio.run(Worker(partial(Ledger.open, "nowhere")).reply(lambda ledger: Reply(200)))
    answer = Client("nowhere").get("/entry/1")
    assert answer.status_code == 404
    assert "nowhere" in answer.text


def test_the_cheapest_question_comes_first() -> None:
    """What reads little does not wait for what reads much, whichever was asked first."""
    made, end = list[int](), threading.Event()

    def long(ledger: Ledger) -> Reply:
        end.wait(60)
        return Reply(200)

    def noted(cost: int) -> Callable[[Ledger], Reply]:
        def make(ledger: Ledger) -> Reply:
            made.append(cost)
            return Reply(200)

        return make

    async def ask() -> None:
        worker = Worker(partial(Ledger.open, ARTICLE))
        first = asyncio.create_task(worker.reply(long))
        await asyncio.sleep(0.05)
        others = [asyncio.create_task(worker.reply(noted(cost), cost)) for cost in (900, 200, 500)]
        await asyncio.sleep(0.05)
        end.set()
        await asyncio.gather(first, *others)

    asyncio.run(ask())
    assert made == [200, 500, 900]


def test_a_thread_ends_with_its_worker() -> None:
    """A worker that nobody holds leaves no thread behind, and closes its ledger."""
    before = set(threading.enumerate())
    worker = Worker(partial(Ledger.open, ARTICLE))
    (thread,) = set(threading.enumerate()) - before
    asyncio.run(worker.reply(lambda ledger: Reply(200)))
    del worker
    gc.collect()
    thread.join(60)
    assert not thread.is_alive()


def test_crowded_is_raised_by_a_full_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker takes no more questions than may wait for it."""
    monkeypatch.setattr(workers, "WAITING", 0)
    with pytest.raises(Crowded):
        asyncio.run(Worker(partial(Ledger.open, ARTICLE)).reply(lambda ledger: Reply(200)))
