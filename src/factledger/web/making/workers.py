"""Threads that make replies, each by a ledger or a process of its own, so that a long reply holds up no short one."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from itertools import count
from queue import PriorityQueue
from threading import Thread
from typing import Generic, NamedTuple, Protocol, TypeVar

from factledger.web.making.makers import MAKING_TIME
from factledger.web.replies.reply import Reply

WAITING = 32  # questions that wait for one worker
TURN_TIME = 10.0  # seconds that a question waits for its turn
LAST_MOMENT = 1.0  # seconds for what ends a reply that is long in the making


class Holdable(Protocol):
    """What a worker asks: a ledger, or a process that has one."""

    def close(self) -> None:
        """Let go of it."""


Held = TypeVar("Held", bound=Holdable)


class _Question(NamedTuple, Generic[Held]):
    cost: int
    turn: int  # no two are alike, so that nothing behind it is compared
    make: Callable[[Held], Reply] | None  # None is the end
    future: Future[Reply]


class Crowded(Exception):
    """Too many questions are waiting, or this one has waited too long."""


class Worker(Generic[Held]):
    """A thread with something of its own to ask, which makes one reply after another, the cheapest first.

    `opened` returns what it asks, and is called for the first question; dates are told in the language
    of whoever made the worker. The thread ends with its worker.
    """

    def __init__(self, opened: Callable[[], Held]) -> None:
        self._questions: PriorityQueue[_Question[Held]] = PriorityQueue()
        self._turns = count()
        work = copy_context().run  # the language of dates is that of whoever made it
        # A process that ends waits for no reply.
        Thread(target=work, args=(_work, opened, self._questions), daemon=True).start()
        end = _Question[Held](-1, -1, None, Future())
        weakref.finalize(self, self._questions.put, end)

    async def reply(self, make: Callable[[Held], Reply], cost: int = 0) -> Reply:
        """Return what `make` makes of what it holds; raises as it does.

        Raises `Crowded` where `WAITING` questions are waiting, where its turn does not come in
        `TURN_TIME` seconds, and where the reply takes longer than `MAKING_TIME`.
        """
        if self._questions.qsize() >= WAITING:
            raise Crowded
        future: Future[Reply] = Future()
        self._questions.put(_Question(cost, next(self._turns), make, future))
        reply = asyncio.wrap_future(future)
        try:
            await asyncio.wait([reply], timeout=TURN_TIME)
            if not reply.done() and not future.cancel():  # its turn has come: it is in the making
                await asyncio.wait([reply], timeout=MAKING_TIME + LAST_MOMENT)
        finally:
            reply.cancel()  # where it is not there, also since nobody waits for it any more
        if reply.cancelled():
            raise Crowded
        return reply.result()


def _work(opened: Callable[[], Held], questions: PriorityQueue[_Question[Held]]) -> None:
    """Answer the questions of a worker, until there is an end."""
    held: Held | None = None
    while True:
        _, _, make, future = questions.get()
        if make is None:
            break
        if not future.set_running_or_notify_cancel():
            continue
        try:
            if held is None:
                held = opened()
            future.set_result(make(held))
        except BaseException as error:
            future.set_exception(error)
        del make, future  # a thread that waits holds on to no reply
    if held is not None:
        held.close()
