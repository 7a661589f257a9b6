"""What a command loads: only what it needs, for most of its time goes into starting."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest

from cli_tools import DEMO
from factledger.cli.group import VERBS, module_of

# What every command loads is loaded once; a command line is then run by a child, which tells what
# it has loaded in the end.
PROBE = """
import os, sys
from factledger.cli.group import cli

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        said = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        try:
            cli.main(line.rstrip().split("\\t"))
        except SystemExit as end:
            os.write(said, ("\\t".join(sys.modules) + "\\n").encode())
            os._exit(end.code or 0)
    assert os.waitpid(child, 0)[1] == 0, line
"""
FOR_WRITERS = ("factledger.checks", "factledger.intake", "factledger.citations")
Loaded: TypeAlias = Callable[..., set[str]]


@pytest.fixture(scope="module")
def loaded() -> Iterator[Loaded]:
    """Return what gives the modules that are loaded when a command line has run."""
    probe = subprocess.Popen(
        [sys.executable, "-c", PROBE], env={**os.environ, "FACTLEDGER": DEMO},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def loaded(*words: str) -> set[str]:
        assert probe.stdin
        assert probe.stdout
        probe.stdin.write("\t".join(words) + "\n")
        probe.stdin.flush()
        modules = set(probe.stdout.readline().rstrip().split("\t"))
        assert "factledger.cli" in modules
        return modules

    yield loaded
    probe.communicate()
    assert probe.returncode == 0


def verbs_in(modules: set[str]) -> set[str]:
    """Return the verbs whose modules are among these."""
    return {verb for verb in VERBS if f"factledger.cli.commands.{module_of(verb)}" in modules}


@pytest.mark.parametrize("words", [("--help",), ("--version",)])
def test_help_loads_no_verb(loaded: Loaded, words: tuple[str, ...]) -> None:
    """The summaries are known without the verbs; neither attrs nor the ledger is loaded."""
    modules = loaded(*words)
    assert verbs_in(modules) == set()
    assert not modules & {
        "attrs",
        "importlib.metadata",
        "hypothesis",
        "factledger.ledger.ledger",
        "factledger.dates.edtf",
    }


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb_loads_that_verb_alone(loaded: Loaded, verb: str) -> None:
    """To tell how a verb is used, its own module is enough."""
    modules = loaded(verb, "--help")
    assert verbs_in(modules) == {verb}
    assert not modules & {"cattrs", "hypothesis", "factledger.ledger.ledger"}


def test_completion_loads_no_ledger(loaded: Loaded) -> None:
    """The script of a shell needs nothing of a ledger."""
    modules = loaded("completion", "fish")
    assert verbs_in(modules) == {"completion"}
    assert not modules & {"cattrs", "hypothesis", "factledger.ledger.ledger"}


@pytest.mark.parametrize(
    "words", [("asof", "2023-04-01"), ("log",), ("show", "9"), ("why", "31"), ("export",)]
)
def test_reading_loads_nothing_for_writing(loaded: Loaded, words: tuple[str, ...]) -> None:
    """Who asks a question pays for no check, no draft, and never for hypothesis."""
    modules = loaded(*words)
    assert verbs_in(modules) == {words[0]}
    assert not modules & {"hypothesis", "difflib", "shutil", "importlib.resources"}
    assert [module for module in modules if module.startswith(FOR_WRITERS)] == []


def test_an_answer_loads_what_the_ledger_has(loaded: Loaded) -> None:
    """Of the words of types, columns, quantities and amendments only what the answer is made of."""
    modules = loaded("asof", "2023-04-01") - loaded("--version")  # which coverage may have loaded
    rooms = {name.removeprefix("factledger.") for name in modules}
    assert not rooms & {
        "tomllib", "cattrs", "sqlite3", "cli.discovery", "index.search.wanted", "ledger.texts",
        "log.stores.locks", "output.words.emptiness", "records.amendments", "records.entries",
        "records.quantities", "status.contrary.measured", "views.indexed",
    }  # fmt: skip


def test_writing_loads_no_hypothesis(loaded: Loaded) -> None:
    """Also a check, which needs most rooms, stays out of the test kit."""
    modules = loaded("check")
    assert {module for module in modules if module.startswith(FOR_WRITERS)} > {"factledger.checks"}
    assert not modules & {"hypothesis", "factledger.testing", "importlib.resources"}
