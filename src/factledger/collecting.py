"""The collector of cyclic garbage, left alone while very many values are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
        gc.enable()
