"""Files of tests, loaded before they are looked through: by several workers, each in an order of its own.

All workers look through all files, in the same order. Of files that none has compiled yet each would
compile every one, at the same time as the others.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def mine(files: Sequence[Path], worker: int, workers: int) -> Sequence[Path]:
    """Return all files, beginning with the part of one of the workers."""
    first = len(files) * worker // workers
    return [*files[first:], *files[:first]]


def load(files: Iterable[Path], root: Path = HERE) -> None:
    """Load those of the files that are below a folder; of one that cannot be loaded pytest tells later."""
    for file in files:
        if file.is_relative_to(root):
            name = ".".join(file.relative_to(root).with_suffix("").parts)
            with contextlib.suppress(Exception, pytest.skip.Exception):
                importlib.import_module(name)
