"""What fuzzing starts from and what it found, replayed: each input keeps every promise."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from effort import ALL_ROWS
from faults.machine import forbidden
from fuzz import sandbox
from fuzz.command_lines import Change, Line
from fuzz.commands import Ended, Sandbox

FOLDER = Path(__file__).parent / "fuzz"
TARGETS = sorted(path.stem for path in (FOLDER / "targets").glob("[a-z]*.py"))
INPUTS = [
    pytest.param(target, path, id=f"{target}-{path.parent.parent.name}-{path.name}")
    for target in TARGETS
    for kind in ("seeds", "findings")
    for path in sorted((FOLDER / kind / target).glob("*"))
]


@pytest.mark.parametrize(("target", "path"), INPUTS)
def test_an_input_breaks_no_promise(target: str, path: Path) -> None:
    """Each seed, and each input that once broke something, is accepted or refused in our words."""
    import_module(f"fuzz.targets.{target}").one(path.read_bytes())


COMMANDS = "200" if ALL_ROWS else "80"


def test_command_lines_of_every_kind_end_in_words() -> None:
    """Of many command lines none ends in a traceback, loses an entry, or leaves without a word."""
    command = [sys.executable, str(FOLDER / "commands.py"), "--commands", COMMANDS, "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 3:
        forbidden("right for nobody to read the code")
    assert done.returncode == 0, done.stderr
    assert "command lines in" in done.stdout


def test_what_a_command_line_may_not_do_is_noticed(tmp_path: Path) -> None:
    """An exit code that means nothing, no word on what is wrong, a traceback, a lost entry."""
    here, kept = tmp_path / "here", tmp_path / "kept"
    here.mkdir()
    sandbox.lay(here)
    shutil.copytree(here, kept, symlinks=True)
    made = Sandbox(here, kept)
    made.judge([Line(("append", "draft.toml")), Line(("check",))])
    line = Line(("check",))
    for wrong in (Ended(70, "", "Error"), Ended(1, "", ""), Ended(0, "", "Traceback (most recent")):
        with pytest.raises(AssertionError, match="check"):
            made._judge_words(line, wrong)
    with pytest.raises(AssertionError, match="it is not there"):
        made._judge_added(line, Ended(0, "added #20-#99\n", ""), made.whole)
    ledger = here / "ledger.jsonl"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:-2]))
    with pytest.raises(AssertionError, match="lost entries"):
        made._judge_ledger("ledger.jsonl", made.whole["ledger.jsonl"])


def test_what_breaks_a_promise_is_told_with_the_fewest_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines, words, streams and changed files that do not matter are left out."""
    monkeypatch.setattr(
        Sandbox, "breaks", lambda self, lines, change: "x" * any("bad" in i.words for i in lines)
    )
    made = Sandbox.__new__(Sandbox)
    found = made.fewest(
        [Line(("log",)), Line(("show", "bad", "9"), None, "full")], Change("draft.toml", b"")
    )
    assert found == f"None\n{[Line(('bad',))]}\nx"


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_seeds_of_its_own(target: str) -> None:
    """Fuzzing starts from true inputs of each kind."""
    assert list((FOLDER / "seeds" / target).iterdir())
