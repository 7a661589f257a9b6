"""Small parts of the command line: dates in words, lines that fit, numbers in runs."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click
import pytest

from cli_tools import AT, entropy, run
from factledger import (
    Actor,
    Citation,
    Ledger,
    Participant,
    Source,
    State,
)
from factledger.cli import main
from factledger.cli.git_attributes import write_attributes
from factledger.cli.outcome import outcome
from factledger.cli.terminal import Layout
from factledger.dates.edtf import parse
from factledger.output.words.dates import in_words, standing_dates
from factledger.text import columns


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-03-21", "2023-03-21"),
        ("2024-11?", "2024-11?"),
        ("2023-21", "2023-21"),
        ("[..1994-11]", "1994-11 or before"),
        ("[2014..]", "2014 or later"),
        ("[2014,2022]", "2014 or 2022"),
        ("[2014, 2016..2018]", "2014 or some time from 2016 to 2018"),
        ("{2014,2016..2018}", "2014 and 2016 to 2018"),
        ("2022-02/2022-04", "2022-02 to 2022-04"),
        ("2022/..", "2022 to open"),
        ("/2022", "unknown to 2022"),
    ],
)
def test_date_in_words(text: str, words: str) -> None:
    """Sets and intervals are words; what words would blur stays as EDTF."""
    try:
        date = parse(text)
    except ValueError:
        date = parse(text.replace(" ", ""))
    assert in_words(date) == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2019", "..", "since 2019"),
        ("2019", "2020", "since 2019, until 2020"),
        ("2019", "", "since 2019, end unknown"),
        ("", "..", "start unknown"),
        ("", "2020", "until 2020"),
        ("", "", "start unknown, end unknown"),
        ("..", "..", "since before all record"),
        ("..", "2020", "since before all record, until 2020"),
    ],
)
def test_ends_of_a_state_in_words(since: str, until: str, words: str) -> None:
    """What is known of start and end is said; an unknown start only where nothing else is."""
    ledger = Ledger.create("memory:", origin="x", clock=lambda: AT, entropy=entropy)
    ledger.append(
        Source(id="s", title="S", published="2024"),
        Actor(id="A", category="country", names=["A"]),
        Actor(id="B", category="country", names=["B"]),
        State(
            type="sanctions",
            since=since,
            until=until,
            participants=[
                Participant(role="actor", actor="A"),
                Participant(role="recipient", actor="B"),
            ],
            citations=[Citation(source="s", locator="l")],
        ),
    )
    [standing] = ledger.as_of("2019-06").every
    assert standing_dates(standing) == words


def test_lines_break_between_words() -> None:
    """A line that does not fit is broken between words and indented; a long word stands alone."""
    assert list(Layout(12).wrapped("- to and fro and on", 2)) == ["- to and fro", "  and on"]
    assert list(Layout(6).wrapped("a incomprehensible b", 2)) == ["a", "  incomprehensible", "  b"]
    assert list(Layout(10).wrapped("日本 日本 日本", 0)) == ["日本 日本", "日本"]
    assert list(Layout().wrapped("x" * 500, 2)) == ["x" * 500]


@pytest.mark.parametrize(("text", "width"), [("Kyiv", 4), ("日本", 4), ("e\u0301", 1), ("é", 1)])
def test_columns_of_a_text(text: str, width: int) -> None:
    """A wide character takes two columns, a mark on the one before none."""
    assert columns(text) == width


def test_attributes_that_are_there_are_kept(tmp_path: Path) -> None:
    """A folder whose .gitattributes has the line already is left alone."""
    write_attributes(tmp_path)
    before = (tmp_path / ".gitattributes").stat().st_mtime_ns
    write_attributes(tmp_path)
    assert (tmp_path / ".gitattributes").stat().st_mtime_ns == before


def test_output_of_another_kind_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something else stands in for the output, as in a notebook, the command still ends."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stdout", said)
    assert outcome(lambda: click.echo("done")) == 0
    assert said.getvalue() == "done\n"


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


def test_leaving_calls_what_asked_to_be_called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A process ends with the code of its command, its output written and its exit calls made."""
    called: list[object] = []
    monkeypatch.setattr("atexit._run_exitfuncs", lambda: called.append("exit calls"))
    monkeypatch.setattr("os._exit", called.append)
    monkeypatch.setattr("gc.set_threshold", lambda objects: None)
    monkeypatch.setattr(sys, "argv", ["factledger", "nonsense"])

    main()

    assert called == ["exit calls", 2]
    assert "no command 'nonsense'" in capsys.readouterr().err
