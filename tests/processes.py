"""Processes that are forked from the test, and what they have to say."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def in_child(act: Callable[[], object], *, user: int | None = None) -> str:
    """Return what a forked process gets, as text, or the name and words of its error.

    With `user` it is the process of that user and of no group of ours.
    """
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        said = "it was killed"
        try:
            if user is not None:
                os.setgroups([])
                os.setresgid(user, user, user)
                os.setresuid(user, user, user)
            said = str(act())
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        finally:
            os.write(writing, said.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@contextmanager
def child_that_lives() -> Iterator[int]:
    """Have a forked process that does nothing until the end; its number."""
    living, told = os.pipe()
    if (child := os.fork()) == 0:
        os.write(told, b".")
        signal.pause()
        os._exit(0)
    os.read(living, 1)
    os.close(living)
    os.close(told)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
