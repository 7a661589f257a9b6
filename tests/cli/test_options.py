"""How the ledger of a command is named: by an option, in the environment, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import run
from factledger import (
    Ledger,
)


def test_no_ledger_anywhere_is_misuse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a ledger the ways to name one are told, and the code is 2."""
    monkeypatch.chdir(tmp_path)
    said = run("log")
    assert said.code == 2
    assert said.err.startswith(
        "Error: a ledger: not found; name one with -l PATH or in $FACTLEDGER"
    )


def test_ledger_from_the_environment(tmp_path: Path) -> None:
    """$FACTLEDGER names the ledger where no option does."""
    Ledger.create(tmp_path / "l", origin="x").close()
    said = run("log", env={"FACTLEDGER": str(tmp_path / "l")})
    assert (said.code, said.out[-8:]) == (0, "ledger x\n"[-8:])


def test_the_ledger_can_be_named_before_the_command(tmp_path: Path) -> None:
    """-l stands before the command or after it; the one after it counts."""
    run("init", str(tmp_path / "l"))
    run("init", str(tmp_path / "other"))

    before = run("-l", str(tmp_path / "l"), "verify")
    both = run("-l", str(tmp_path / "other"), "verify", "-l", str(tmp_path / "l"))

    assert before.code == both.code == 0
    assert before.out == both.out
    assert run("-l", str(tmp_path / "other"), "verify").out != before.out


def test_the_option_counts_before_the_environment(tmp_path: Path) -> None:
    """-l before the command is taken in the place of $FACTLEDGER."""
    run("init", str(tmp_path / "l"))

    said = run("-l", str(tmp_path / "l"), "verify", env={"FACTLEDGER": str(tmp_path / "none")})

    assert said.code == 0
