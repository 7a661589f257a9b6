"""Properties that are worked out once, without a lock.

Until Python 3.12 `functools.cached_property` held one lock for all objects of a class while it worked
a value out. Two threads that ask two ledgers, or one that holds a ledger while another waits for it,
then wait for each other for ever.
"""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING or sys.version_info >= (3, 12):
    cached_property = functools.cached_property  # pragma: no cover  what Python 3.11 never reaches
else:

    class cached_property(functools.cached_property):  # noqa: N801  it is used like the one it replaces
        """A property that keeps its first value; threads that ask at once may each work it out."""

        def __get__(self, instance: Any, owner: type | None = None) -> Any:
            if instance is None:
                return self
            kept = instance.__dict__
            if self.attrname not in kept:
                kept[self.attrname] = self.func(instance)
            return kept[self.attrname]
