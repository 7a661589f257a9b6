"""`factledger mcp`: the ledger as a server for an agent."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import attrs
import click
import pytest

from cli_tools import run, small_ledger
from factledger import Ledger, NotFound
from factledger.cli.commands.mcp import converse


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Return a small ledger."""
    return small_ledger(tmp_path / "l")


def test_a_client_over_standard_input_is_answered(ledger: Ledger, tmp_path: Path) -> None:
    """The command serves the ledger that it finds, and writes nothing but the protocol."""
    from mcp import Client, StdioServerParameters  # long to load: not where tests are looked for

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
    monkeypatch.setitem(sys.modules, "factledger.agents.server", None)
    with pytest.raises(AssertionError, match=r"a fault of factledger"):
        run("mcp", "-l", folder)  # what it lacks of its own is no matter of an extra


@pytest.mark.parametrize("words", ["<&-", ">/dev/full"])
def test_an_agent_that_cannot_be_heard_or_answered_is_told_in_a_line(
    ledger: Ledger, tmp_path: Path, words: str
) -> None:
    """Where a standard stream is closed or full, the conversation ends in words, with exit code 1."""
    ledger.close()
    asked = '{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
    command = f"'{sys.executable}' -m factledger mcp -l '{tmp_path / 'l'}' {words}"
    done = subprocess.run(command, shell=True, input=asked, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: standard input or output: ")
    assert done.stderr.endswith("; an agent speaks over both\n")


def test_streams_that_fail_are_told_of() -> None:
    """The system's reason, and that both streams are needed."""
    with pytest.raises(click.ClickException) as told:
        converse(Failing(OSError(9, "Bad file descriptor")))
    reason = "standard input or output: bad file descriptor; an agent speaks over both"
    assert told.value.message == reason


@pytest.mark.parametrize("fault", [BrokenPipeError(), KeyboardInterrupt(), NotFound("x", "y")])
def test_what_ends_a_conversation_otherwise_is_told_as_elsewhere(fault: BaseException) -> None:
    """What is raised in a task within a task is raised by itself."""
    with pytest.raises(type(fault)):
        converse(Failing(fault))


@attrs.frozen
class Failing:
    """A conversation of which a task within a task fails."""

    fault: BaseException

    def __call__(self) -> None:
        """Fail."""
        raise BaseExceptionGroup("tasks", [BaseExceptionGroup("tasks", [self.fault])])
