"""The ledger that is signed and proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import small_ledger
from factledger.ledger.copying import copy_into
from factledger.log.stores import create_store, open_store


@pytest.fixture(params=["ledger.jsonl", "ledger.db"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a small ledger is, in a store of each kind."""
    small_ledger(tmp_path).close()
    if request.param == "ledger.db":
        with (
            open_store(str(tmp_path)) as origin,
            create_store(str(tmp_path / request.param)) as store,
        ):
            copy_into(origin, store)
    return str(tmp_path / request.param)
