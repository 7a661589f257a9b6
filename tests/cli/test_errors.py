"""Errors: what each mistake is answered with, word for word. A file of `tests/errors` is a mistake."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli_tools import inside, run, small_ledger

FOLDER = Path(__file__).resolve().parent.parent / "errors"
CASES = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_mistake_is_answered_word_for_word(case: Path, tmp_path: Path) -> None:
    """A mistake is answered with these lines and this code, and the ledger keeps its bytes."""
    sentence, command, code, files = parts_of(case.read_text(encoding="utf-8"))
    small_ledger(tmp_path).close()
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = (tmp_path / "ledger.jsonl").read_bytes()
    with inside(tmp_path):
        said = run(*shlex.split(command)[1:])
    assert sentence.endswith(".")
    assert said.err.replace(str(tmp_path), "HERE") == files["stderr"]
    assert (said.code, said.out) == (code, "")
    assert (tmp_path / "ledger.jsonl").read_bytes() == before


def parts_of(text: str) -> tuple[str, str, int, dict[str, str]]:
    """Return the sentence, the command, the exit code and the files of a case."""
    head, *blocks = re.split(r"^==> (\S+)\n", text, flags=re.MULTILINE)
    sentence, command, code = head.strip().splitlines()
    files = {
        name: body.rstrip("\n") + "\n" for name, body in zip(blocks[::2], blocks[1::2], strict=True)
    }
    return sentence, command.removeprefix("$ "), int(code.removeprefix("exit ")), files


@pytest.mark.parametrize("path", ["", ".", "..", "/"])
@pytest.mark.parametrize(
    "words",
    [
        "site @",
        "source add @ --title A --licence CC0-1.0",
        "import -m gdelt rows.csv --reject @",
        "export -o @",
        "checkpoint -o @",
        "copy ledger.jsonl @ --upgrade",
        "key --seal @",
        "merge-driver @ @ @",
        "draft @",
        "scale seal ledger.jsonl @",
    ],
)
def test_a_path_that_names_no_file_is_told_of(words: str, path: str, tmp_path: Path) -> None:
    """Where a file or a new folder is wanted, no name and the folders that are there end in a line."""
    small_ledger(tmp_path).close()
    (tmp_path / "rows.csv").write_text("id\n1\n")
    before = sorted(tmp_path.iterdir())
    with inside(tmp_path):
        said = run(*(path if word == "@" else word for word in words.split()))
    assert said.code in (1, 2)
    assert said.err
    assert sorted(tmp_path.iterdir()) == before
