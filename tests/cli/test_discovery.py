"""Finding the ledger that is meant."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from factledger.cli.discovery import find_ledger, named_default
from factledger.errors import NotFound


def put(path: Path) -> Path:
    """Put an empty file where a ledger would be; finding does not look inside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


def test_ledger_in_the_folder_comes_first(tmp_path: Path) -> None:
    """`ledger.jsonl` in the folder itself is meant, whatever else is near."""
    here = put(tmp_path / "ledger.jsonl")
    put(tmp_path / "ledgers/other/ledger.jsonl")
    assert find_ledger(tmp_path) == here


@pytest.mark.parametrize("below", [".", "deep", "deep/er"])
def test_only_ledger_upward_is_found(tmp_path: Path, below: str) -> None:
    """The only ledger in `ledgers` is found from that folder and from those below."""
    put(tmp_path / "ledgers/one/ledger.jsonl")
    folder = tmp_path / below
    folder.mkdir(parents=True, exist_ok=True)
    assert find_ledger(folder) == tmp_path / "ledgers/one"


def test_folder_that_is_the_ledger(tmp_path: Path) -> None:
    """`ledgers` itself can be the ledger."""
    put(tmp_path / "ledgers/ledger.jsonl")
    assert find_ledger(tmp_path) == tmp_path / "ledgers"


def test_nearest_folder_counts(tmp_path: Path) -> None:
    """A nearer `ledgers` goes before one further up; an empty one is passed over."""
    put(tmp_path / "ledgers/far/ledger.jsonl")
    put(tmp_path / "a/ledgers/near/ledger.jsonl")
    (tmp_path / "a/b/ledgers").mkdir(parents=True)
    assert find_ledger(tmp_path / "a/b") == tmp_path / "a/ledgers/near"


def test_project_names_its_default(tmp_path: Path) -> None:
    """Of several ledgers the one that `pyproject.toml` names is meant."""
    for name in ("one", "two"):
        put(tmp_path / f"ledgers/{name}/ledger.jsonl")
    (tmp_path / "pyproject.toml").write_text('[tool.factledger]\nledger = "ledgers/two"\n')
    assert find_ledger(tmp_path) == tmp_path / "ledgers/two"


def test_several_without_a_word_are_listed(tmp_path: Path) -> None:
    """Several ledgers and no default: they are named, so that one can be picked."""
    for name in ("one", "two"):
        put(tmp_path / f"ledgers/{name}/ledger.jsonl")
    with pytest.raises(NotFound) as refused:
        find_ledger(tmp_path)
    assert str(refused.value) == (
        f"the one ledger meant by {tmp_path}/ledgers: not found; "
        "name it: -l ledgers/one, ledgers/two"
    )


def test_no_ledger_names_the_ways(tmp_path: Path) -> None:
    """Where there is none, every way to name or make one is told."""
    with pytest.raises(NotFound) as refused:
        find_ledger(tmp_path)
    assert str(refused.value) == (
        "a ledger: not found; name one with -l PATH or in $FACTLEDGER, go to a folder with "
        "ledger.jsonl or ledgers/, or make one: 'factledger init' an empty one, 'factledger demo' "
        "one to try"
    )


@pytest.mark.parametrize(
    "text",
    [
        "[tool.other]\nledger = 'x'\n",
        "[tool.factledger]\nledger = 5\n",
        "[tool.factledger]\nother = 'x'\n",
        "[tool.factledger\n",
        "tool.factledger = 5\n",
    ],
)
def test_project_that_names_none(tmp_path: Path, text: str) -> None:
    """A project file that is broken, or says nothing of a ledger, names none."""
    (tmp_path / "pyproject.toml").write_text(text)
    assert named_default(tmp_path / "pyproject.toml") is None


def test_project_file_that_is_no_text(tmp_path: Path) -> None:
    """A file that is not UTF-8, or not there, names none."""
    (tmp_path / "pyproject.toml").write_bytes(b"\xff")
    assert named_default(tmp_path / "pyproject.toml") is None
    assert named_default(tmp_path / "nowhere.toml") is None


def test_folders_that_may_not_be_looked_into_hold_no_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a folder above is somebody else's, one further up is found."""
    found = put(tmp_path / "ledgers/one/ledger.jsonl").parent
    below = tmp_path / "a/b"
    below.mkdir(parents=True)
    status = os.stat

    def of_others(path: Any, **options: Any) -> os.stat_result:
        if str(path).startswith(str(tmp_path / "a/")):
            raise PermissionError(13, "Permission denied", str(path))
        return status(path, **options)

    monkeypatch.setattr("os.stat", of_others)
    assert find_ledger(below) == found


def test_of_a_file_of_settings_only_the_beginning_is_read(tmp_path: Path) -> None:
    """A file with a hole of gigabytes names no ledger, and takes no memory."""
    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.factledger]\nledger = "x"\n')
    assert named_default(project) == "x"
    os.truncate(project, 2**40)
    assert named_default(project) is None
