"""Tasks on an executor: a few at a time, each result as it comes, and what was killed done again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Protocol, TypeVar

from factledger.errors import LogError

_Asked = TypeVar("_Asked")
_Given = TypeVar("_Given")
_WINDOW = 64  # tasks that are handed over at once: a cluster is to see some, and not millions
_TRIES = 4


class Runner(Protocol):
    """What runs a task once for each argument, in whatever order, and yields the results."""

    def __call__(
        self, task: Callable[[_Asked], _Given], arguments: Iterable[_Asked], /
    ) -> Iterator[_Given]:
        """Yield what a task makes of each argument, as it is done."""
        ...


def here(task: Callable[[_Asked], _Given], arguments: Iterable[_Asked]) -> Iterator[_Given]:
    """Run each task in this process, one after another."""
    return map(task, arguments)


def on(executor: Executor) -> Runner:
    """Return what runs tasks on an executor, such as that of a Dask client.

    The executor is not to keep results by what a function and its arguments are: files change.
    """

    def run(task: Callable[[_Asked], _Given], arguments: Iterable[_Asked]) -> Iterator[_Given]:
        rest = iter(arguments)
        running = {executor.submit(task, one) for one in islice(rest, _WINDOW)}
        try:
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                running |= {executor.submit(task, one) for one in islice(rest, len(done))}
                yield from (future.result() for future in done)
        finally:
            _cancel(running)

    return run


def _cancel(running: Iterable[Future[_Given]]) -> None:
    for future in running:
        future.cancel()


@contextmanager
def workers(count: int) -> Iterator[Runner]:
    """Give what runs tasks in processes of this machine; one is started anew where it was killed.

    Raises `LogError` for a task whose process died four times.
    """
    pool = _Pool(count)
    try:
        yield pool
    finally:
        pool.stop()


class _Pool:
    """Processes of this machine that outlive the death of one of them."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Spawned: a fork of a process with threads can hang.
        context = get_context("spawn")
        return ProcessPoolExecutor(self._count, context, initializer=_end_with_parent)

    def stop(self) -> None:
        self._executor.shutdown(cancel_futures=True)

    def __call__(
        self, task: Callable[[_Asked], _Given], arguments: Iterable[_Asked], /
    ) -> Iterator[_Given]:
        rest, left = enumerate(arguments), dict[int, _Asked]()
        numbered: Callable[[tuple[int, _Asked]], tuple[int, _Given]] = partial(_with_number, task)
        for _ in range(_TRIES):
            try:
                for number, found in on(self._executor)(numbered, _noted(rest, left)):
                    del left[number]
                    yield found
            except BrokenProcessPool:
                self._executor.shutdown()
                self._executor = self._started()
            else:
                return
        raise LogError(f"a process died {_TRIES} times; what is done stays, so run it again")


def _end_with_parent() -> None:
    """Let this process end with the one that started it: killed, that one cannot tell it to."""
    if (parent := parent_process()) is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _noted(
    rest: Iterator[tuple[int, _Asked]], left: dict[int, _Asked]
) -> Iterator[tuple[int, _Asked]]:
    """Yield what is left, and then the rest, each noted as left until it is done."""
    yield from [*left.items()]
    for number, argument in rest:
        left[number] = argument
        yield number, argument


def _with_number(
    task: Callable[[_Asked], _Given], numbered: tuple[int, _Asked]
) -> tuple[int, _Given]:
    number, argument = numbered
    return number, task(argument)
