"""`factledger mcp`: the ledger as a server for an agent."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from cli_tools import run, small_ledger
from factledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a small ledger."""
    return small_ledger(tmp_path / "l")


def test_a_client_over_standard_input_is_answered(ledger: Ledger, tmp_path: Path) -> None:
    """The command serves the ledger that it finds, and writes nothing but the protocol."""
    ledger.close()
    words = ["-m", "factledger", "mcp", "-l", str(tmp_path / "l"), "--drafts", str(tmp_path / "d")]

    async def talk() -> tuple[Any, float]:
        begun = time.perf_counter()
        async with Client(StdioServerParameters(command=sys.executable, args=words)) as client:
            ready = time.perf_counter() - begun
            return await client.call_tool("find", {"kind": "actor", "text": "Ukraine"}), ready

    result, ready = asyncio.run(talk())
    assert result.structured_content["result"]["found"][0]["id"] == "UKR"
    assert (tmp_path / "d").is_dir()
    assert ready < 60  # measured alone it takes about 1.5 s


def test_the_command_is_told_what_it_needs(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder for drafts where it may append, and the extra."""
    folder = str(tmp_path / "l")
    said = run("mcp", "-l", folder, "--allow-append", "Anna")
    assert (said.code, "give --drafts DIR as well" in said.err) == (2, True)
    monkeypatch.delitem(sys.modules, "factledger.agents.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    said = run("mcp", "-l", folder)
    assert (
        said.err
        == "Error: agents need the package mcp; install it: pip install 'factledger[mcp]'\n"
    )
