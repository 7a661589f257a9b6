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


def test_a_missing_choice_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """What may be chosen stands behind what is missing, in the same line."""
    choice = click.Argument(["what"], type=click.Choice(["seal", "fold"]))

    def fail() -> None:
        raise click.MissingParameter(param=choice)

    assert outcome(fail) == 2
    assert capsys.readouterr().err.endswith(". Choose from: seal, fold\n")


def test_a_fault_of_our_own_is_told_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody foresaw ends in a line too, with a code of its own that no other ending has."""
    assert outcome(lambda: sys.exit(1 // 0)) == 70
    assert capsys.readouterr().err == (
        "Error: a fault of factledger: ZeroDivisionError: integer division or modulo by zero; "
        "set FACTLEDGER_TRACEBACK=1 to see where it lies, and report it\n"
    )


def test_a_fault_shows_where_it_lies_if_that_is_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With FACTLEDGER_TRACEBACK its traceback stands above its line."""
    monkeypatch.setenv("FACTLEDGER_TRACEBACK", "1")
    assert outcome(lambda: sys.exit(1 // 0)) == 70
    first, *_, last = capsys.readouterr().err.splitlines()
    assert first == "Traceback (most recent call last):"
    assert last.startswith("Error: a fault of factledger: ZeroDivisionError")


@pytest.mark.parametrize(("why", "said"), [((), ""), (("to draw",), " (to draw)")])
def test_too_little_memory_is_told_in_a_line(
    why: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where there is too little memory, that is no fault of the ledger or of ours."""

    def fail() -> None:
        raise MemoryError(*why)

    assert outcome(fail) == 1
    told = f"Error: this takes more memory than there is{said}; give it more memory (ulimit -v), or ask for less\n"
    assert capsys.readouterr().err == told


def test_an_interpreter_that_fails_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Python itself can fail where memory runs out, and then says little."""

    def fail() -> None:
        raise SystemError("error return without exception set")

    assert outcome(fail) == 1
    assert (
        "(error return without exception set), as where memory runs out" in capsys.readouterr().err
    )


def test_a_library_that_cannot_be_loaded_is_told_in_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A library is there, and the machine has no room for it: that is no fault of ours."""

    def fail() -> None:
        raise ImportError("libsqlite3.so.0: failed to map segment from shared object")

    assert outcome(fail) == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: a library cannot be loaded: libsqlite3.so.0: failed to map")
    assert "(ulimit -v) and files (ulimit -n)" in said


def test_a_module_that_is_missing_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """What every installation has is missing: nobody can help that but who made it."""

    def fail() -> None:
        raise ModuleNotFoundError("No module named 'attrs'")

    assert outcome(fail) == 70
    assert "a fault of factledger: ModuleNotFoundError" in capsys.readouterr().err


def test_an_error_that_nobody_can_read_is_no_error_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where standard error is closed, the code says what went wrong."""
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    assert outcome(lambda: sys.exit(1 // 0)) == 70
