"""Locks between the threads of one process; a process that is forked begins with all of them free."""

from __future__ import annotations

import os
from threading import Lock, RLock
from typing import Any
from weakref import WeakSet

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
