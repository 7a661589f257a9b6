"""Folders and ledgers that the tests of several commands begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_tools import DEMO, ONE_MORE, inside, run, small_ledger


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """Stand in the folder of a small ledger, with its key, a checkpoint of #12 and of #13."""
    small_ledger(tmp_path).close()
    with inside(tmp_path):
        Path("public").write_text(run("key", "secret").out)
        Path("old").write_text(run("checkpoint", "--key", "secret").out)
        run("append", "-", stdin=ONE_MORE)
        Path("new").write_text(run("checkpoint", "--key", "secret").out)
        Path("proof").write_text(run("prove", "9").out)
        Path("growth").write_text(run("prove", "--from", "old").out)
        yield tmp_path


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a ledger in SQLite: a copy of the example."""
    assert run("copy", DEMO, str(tmp_path / "x.db")).code == 0
    return tmp_path / "x.db"
