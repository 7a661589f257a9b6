"""`factledger completion`: the script of a shell."""

from __future__ import annotations

import pytest

from cli_tools import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(shell: str) -> None:
    """Each script asks the command itself what can come next."""
    said = run("completion", shell)
    assert said.code == 0
    assert f"_FACTLEDGER_COMPLETE={shell}_complete" in said.out
