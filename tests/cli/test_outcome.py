"""How a command ends, whatever stands in for its output."""

from __future__ import annotations

import io
import sys

import click
import pytest

from factledger.cli.outcome import outcome


def test_output_of_another_kind_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something else stands in for the output, as in a notebook, the command still ends."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdout", said)
    assert outcome(lambda: click.echo("done")) == 0
    assert said.getvalue() == "done\n"
