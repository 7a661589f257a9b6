"""How the ledger of a command is named: by an option, in the environment, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import Said, inside, run, small_ledger
from factledger import (
    Ledger,
)
from factledger.cli.options import RECORDED_BY


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


def named(**env: str) -> Said:
    """Return what `append` of an actor says with these variables, in the ledger of this folder."""
    one = b'[[actor]]\nid = "X"\ncategory = "group"\nnames = ["X"]\n'
    return run("append", "-", stdin=one, env={RECORDED_BY: None, "XDG_CONFIG_HOME": "none", **env})


@pytest.mark.parametrize(
    ("env", "file", "by"),
    [
        ({}, None, None),
        ({RECORDED_BY: "Anna"}, 'recorded_by = "Bo"', "Anna"),
        ({RECORDED_BY: ""}, 'recorded_by = "Bo"', None),
        ({}, 'recorded_by = "Bo"', "Bo"),
        ({}, "other = 1", None),
        ({"XDG_CONFIG_HOME": "x" * 5000}, None, None),
    ],
)
def test_who_records_is_said_once_for_all(
    tmp_path: Path, env: dict[str, str], file: str | None, by: str | None
) -> None:
    """By the environment, which may say nobody, or else by a file of one's own."""
    ledger = small_ledger(tmp_path)
    config = tmp_path / "config/factledger/config.toml"
    if file is not None:
        config.parent.mkdir(parents=True)
        config.write_text(file)
    with inside(tmp_path):
        assert named(**{"XDG_CONFIG_HOME": str(tmp_path / "config"), **env}).out == "added #13\n"
    ledger.refresh()
    assert ledger.entry(13).record.recorded_by == by  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("env", "file", "told"),
    [
        (
            {RECORDED_BY: "a\nb"},
            "",
            "$FACTLEDGER_RECORDED_BY: wanted a name on one line, of at most",
        ),
        ({}, "recorded_by = 7", "config.toml: recorded_by: wanted a name on one line, of at most"),
        ({}, "recorded_by = ", "config.toml: cannot be read: "),
    ],
)
def test_what_names_nobody_is_misuse(
    tmp_path: Path, env: dict[str, str], file: str, told: str
) -> None:
    """Where it was said is named, and nothing is appended."""
    small_ledger(tmp_path).close()
    (tmp_path / "factledger").mkdir()
    (tmp_path / "factledger/config.toml").write_text(file)
    with inside(tmp_path):
        said = named(**env, XDG_CONFIG_HOME=str(tmp_path))
    assert (said.code, said.out) == (2, "")
    assert told in said.err


@pytest.mark.parametrize(
    ("command", "ending", "endings"),
    [
        ("plot", "bmp", ".svg, .png, .json, .csv"),
        ("export", "db", ".jsonl, .json, .csv, .markdown"),
    ],
)
def test_an_ending_that_no_format_has_is_refused(
    command: str, ending: str, endings: str, tmp_path: Path
) -> None:
    """A picture in SVG is not written to a name that says it is another; `-f` says what is meant."""
    with small_ledger(tmp_path / "l"):
        file = tmp_path / f"out.{ending}"
        said = run("-l", str(tmp_path / "l"), command, "-o", str(file))
        assert (said.code, file.exists()) == (2, False)
        assert f"'.{ending}' is no ending of a format; end the name in {endings}" in said.err
        form = endings.split(",")[0][1:]
        assert run("-l", str(tmp_path / "l"), command, "-f", form, "-o", str(file)).code == 0
        assert file.exists()
