"""Locks between the threads of one process; a process that is forked begins with all of them free.

SQLite guards what all its connections share with locks of its own. A process that is forked while
another thread holds one has a copy that is held for ever, and waits for it at its next connection. So
there is a gate before SQLite: whoever forks waits until all threads are out, and none goes in until it
is done.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from threading import Condition, Lock, RLock, get_ident
from typing import Any
from weakref import WeakSet

MOST_WAITED = 10.0
"""Seconds that a fork waits, at most, for one long statement."""
_made: WeakSet[Any] = WeakSet()


def lock_of_threads() -> Lock:
    """Return a lock that one thread holds at a time."""
    found = Lock()
    _made.add(found)
    return found


def nested_lock() -> RLock:
    """Return a lock that one thread holds at a time, as often as it likes."""
    found = RLock()
    _made.add(found)
    return found


def _free_all() -> None:
    for lock in [*_made]:
        lock._at_fork_reinit()  # who held it is a thread of the parent, and not here


os.register_at_fork(after_in_child=_free_all)


class Gate:
    """Lets threads into SQLite, any number at a time, but for the moment of a fork.

    `with gate:` may stand inside another of the same thread.
    """

    def __init__(self) -> None:
        self._turn = Condition()  # its lock is held while this process is forked
        self._inside: Counter[int] = Counter()
        self._forking: int | None = None

    def __enter__(self) -> None:
        self.enter()

    def __exit__(self, *_: object) -> None:
        self.leave(get_ident())

    def enter(self) -> int:
        """Go in, and return by which number this thread, or another for it, leaves."""
        me = get_ident()
        with self._turn:
            while self._forking not in (None, me) and me not in self._inside:
                self._turn.wait()
            self._inside[me] += 1
        return me

    def leave(self, who: int) -> None:
        """Go out, as often as in."""
        with self._turn:
            self._inside[who] -= 1
            if self._inside[who] <= 0:
                self._inside.pop(who, None)  # a cursor that is let go here goes in and out itself
                self._turn.notify_all()

    def before_fork(self) -> None:
        """Wait until all other threads are out, and let none in."""
        me, until = get_ident(), time.monotonic() + MOST_WAITED
        self._turn.acquire()
        while self._forking is not None:
            self._turn.wait()
        self._forking = me
        while self._inside.keys() - {me} and (left := until - time.monotonic()) > 0:
            self._turn.wait(left)

    def after_fork(self) -> None:
        """Let threads in again."""
        self._forking = None
        self._turn.notify_all()
        self._turn.release()

    def born(self) -> None:
        """Be the gate of a process that was just forked: the thread that forked it is its only one."""
        me = get_ident()
        kept = self._inside[me]
        self._turn, self._forking = Condition(), None
        self._inside = Counter({me: kept} if kept else {})


gate = Gate()

os.register_at_fork(
    before=gate.before_fork, after_in_parent=gate.after_fork, after_in_child=gate.born
)
