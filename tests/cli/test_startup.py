"""What a command loads: only what it needs, for most of its time goes into starting."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from cli_tools import DEMO
from factledger.cli.group import VERBS, module_of

PROBE = """
import sys
from factledger.cli import cli
try:
    cli.main(sys.argv[1:])
except SystemExit as end:
    assert end.code == 0, end.code
sys.stderr.write("\\n".join(sys.modules))
"""
FOR_WRITERS = {
    f"factledger.{room}" for room in ("admission", "checks", "drafts", "proving", "cues")
}


def loaded(*words: str) -> set[str]:
    """Return the modules that a process has loaded when it has run the command line."""
    command = [sys.executable, "-c", PROBE, *words]
    env = {**os.environ, "FACTLEDGER": DEMO}
    ran = subprocess.run(command, env=env, capture_output=True, check=True, text=True)
    return set(ran.stderr.split("\n"))


def verbs_in(modules: set[str]) -> set[str]:
    """Return the verbs whose modules are among these."""
    return {verb for verb in VERBS if f"factledger.cli.commands.{module_of(verb)}" in modules}


@pytest.mark.parametrize("words", [("--help",), ("--version",)])
def test_help_loads_no_verb(words: tuple[str, ...]) -> None:
    """The summaries are known without the verbs; neither cattrs nor the ledger is loaded."""
    modules = loaded(*words)
    assert verbs_in(modules) == set()
    assert not modules & {
        "cattrs",
        "hypothesis",
        "factledger.ledger.ledger",
        "factledger.dates.edtf",
    }


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_loads_that_verb_alone(verb: str) -> None:
    """To tell how a verb is used, its own module is enough."""
    modules = loaded(verb, "--help")
    assert verbs_in(modules) == {verb}
    assert not modules & {"cattrs", "hypothesis", "factledger.ledger.ledger"}


def test_completion_loads_no_ledger() -> None:
    """The script of a shell needs nothing of a ledger."""
    modules = loaded("completion", "fish")
    assert verbs_in(modules) == {"completion"}
    assert not modules & {"cattrs", "hypothesis", "factledger.ledger.ledger"}


@pytest.mark.parametrize(
    "words", [("asof", "2023-04-01"), ("log",), ("show", "9"), ("why", "31"), ("export",)]
)
def test_reading_loads_nothing_for_writing(words: tuple[str, ...]) -> None:
    """Who asks a question pays for no check, no draft, and never for hypothesis."""
    modules = loaded(*words)
    assert verbs_in(modules) == {words[0]}
    unwanted = FOR_WRITERS | {"hypothesis", "difflib", "shutil", "importlib.resources"}
    assert not modules & unwanted


def test_writing_loads_no_hypothesis() -> None:
    """Also a check, which needs most rooms, stays out of the test kit."""
    assert not loaded("check") & {"hypothesis", "factledger.testing", "importlib.resources"}
