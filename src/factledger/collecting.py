"""The collector of cyclic garbage, left alone while very many values are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 50_000  # objects: for fewer, one look is as good as any


@contextmanager
def no_collecting() -> Iterator[None]:
    """Let cyclic garbage lie inside, where very many values are made that stay and form no cycles.

    The collector would go through them again and again, for a sixth of the time. It is left as it
    was found; where two threads are inside, it goes on when the first leaves.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY:
            _let_age()
        gc.enable()


def _let_age() -> None:
    """Let all there is be old at once: young values would be gone through twice before they are.

    Where somebody has frozen what was there, that stays frozen.
    """
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()
