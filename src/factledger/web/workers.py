"""Threads that make replies, each with a ledger of its own, so that a long reply holds up no short one."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import copy_context
from queue import SimpleQueue
from threading import Thread
from typing import TypeAlias

from factledger.ledger.ledger import Ledger
from factledger.web.replies.reply import Reply

WAITING = 32  # questions that wait for one worker
TURN_TIME = 10.0  # seconds that a question waits for its turn
MAKING_TIME = 60.0  # seconds that a client waits for a reply in the making

Making: TypeAlias = Callable[[Ledger], Reply]
_Questions: TypeAlias = "SimpleQueue[tuple[Making, Future[Reply]] | None]"


class Crowded(Exception):
    """Too many questions are waiting, or this one has waited too long."""


class Worker:
    """A thread with a ledger of its own, which makes one reply after another.

    The ledger is opened for the first question, and dates are told in the language of whoever made
    the worker; `recorded_by` is who records in it. The thread ends with its worker.
    """

    def __init__(self, address: str, recorded_by: str | None = None) -> None:
        self._questions: _Questions = SimpleQueue()
        work = copy_context().run  # the language of dates is that of whoever made it
        # A process that ends waits for no reply.
        Thread(
            target=work, args=(_work, address, recorded_by, self._questions), daemon=True
        ).start()
        weakref.finalize(self, self._questions.put, None)

    async def reply(self, make: Making) -> Reply:
        """Return what `make` makes of the ledger; raises as it does.

        Raises `Crowded` where `WAITING` questions are before it, where its turn does not come in
        `TURN_TIME` seconds, and where the reply takes longer than `MAKING_TIME`.
        """
        if self._questions.qsize() >= WAITING:
            raise Crowded
        future: Future[Reply] = Future()
        self._questions.put((make, future))
        reply = asyncio.wrap_future(future)
        try:
            await asyncio.wait([reply], timeout=TURN_TIME)
            if not reply.done() and not future.cancel():  # its turn has come: it is in the making
                await asyncio.wait([reply], timeout=MAKING_TIME)
        finally:
            reply.cancel()  # where it is not there, also since nobody waits for it any more
        if reply.cancelled():
            raise Crowded
        return reply.result()


def _work(address: str, recorded_by: str | None, questions: _Questions) -> None:
    """Answer the questions of a worker, until there is None."""
    ledger: Ledger | None = None
    while question := questions.get():
        make, future = question
        if not future.set_running_or_notify_cancel():
            continue
        try:
            if ledger is None:
                ledger = Ledger.open(address, recorded_by=recorded_by)
            future.set_result(make(ledger))
        except BaseException as error:
            future.set_exception(error)
        del make, future, question  # a thread that waits holds on to no reply
    if ledger is not None:
        ledger.close()
