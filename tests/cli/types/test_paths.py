"""A path on the command line is one that somebody named."""

from __future__ import annotations

from importlib import import_module

import click
import pytest

from cli_tools import DEMO, run
from factledger.cli.group import VERBS, module_of
from factledger.cli.types.paths import NamedPath


def paths_of(verb: str) -> list[click.Parameter]:
    """Return the parameters of a verb that are paths."""
    module = module_of(verb)
    command = getattr(import_module(f"factledger.cli.commands.{module}"), module)
    return [one for one in command.params if isinstance(one.type, click.Path)]


@pytest.mark.parametrize("verb", VERBS)
def test_no_path_of_a_command_may_be_empty(verb: str) -> None:
    """Each option and argument that takes a path refuses one without a letter."""
    for parameter in paths_of(verb):
        assert isinstance(parameter.type, NamedPath), parameter
        with pytest.raises(click.BadParameter, match="'' is no path; name a file or folder"):
            parameter.type.convert("", parameter, None)


@pytest.mark.parametrize(
    "command",
    [("-l", "", "asof", "2023"), ("asof", "2023", "-l", ""), ("copy", DEMO, ""), ("init", "")],
)
def test_a_path_that_a_script_left_empty_names_nothing(command: tuple[str, ...]) -> None:
    """`-l "$LEDGER"` with nothing in it is misuse: no other ledger is asked or made instead."""
    said = run(*command)
    assert (said.code, said.out) == (2, "")
    assert "'' is no path; name a file or folder, '.' for this folder" in said.err
