"""`factledger merge-driver`: two people append, and git merges what both said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli_tools import inside, run, small_ledger
from factledger import Ledger
from factledger.errors import LogError
from needed import program

VISIT = """\
[[event]]
type = "CONSULT"
mode = "visit"
actor = "JPN"
recipient = "UKR"
when = "2024"
source = "gazette"
locator = "page {}"
"""


def visit(folder: Path, page: int) -> None:
    """Append a visit that is told on a page."""
    with inside(folder):
        assert run("append", "-", stdin=VISIT.format(page).encode()).code == 0


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """Return a folder with three versions of a ledger under names that git gives them."""
    small_ledger(tmp_path / "l").close()
    file = tmp_path / "l/ledger.jsonl"
    shutil.copy(file, tmp_path / "base")
    visit(tmp_path / "l", 1)
    shutil.copy(file, tmp_path / "ours")
    shutil.copy(tmp_path / "base", file)
    visit(tmp_path / "l", 2)
    shutil.copy(file, tmp_path / "theirs")
    return tmp_path


def entries(file: Path, folder: Path) -> list[str]:
    """Return the pages that the claims of a version cite, after the small ledger."""
    shutil.copy(file, folder / "l/ledger.jsonl")
    with Ledger.open(folder / "l") as ledger:
        return [e.record.citations[0].locator for e in ledger.entries(13)]  # type: ignore[union-attr]


def test_ours_holds_what_both_said(versions: Path) -> None:
    """It goes on from its own lines, so what was signed of it still holds; the others are not touched."""
    before = {name: (versions / name).read_bytes() for name in ("base", "ours", "theirs")}
    with inside(versions):
        said = run("merge-driver", "base", "ours", "theirs", "--by", "Anna")
    assert (said.code, said.out, said.err) == (0, "", "ledger.jsonl: added #14\n")
    after = {name: (versions / name).read_bytes() for name in before}
    assert after["ours"].startswith(before["ours"])
    assert (after["base"], after["theirs"]) == (before["base"], before["theirs"])
    assert entries(versions / "ours", versions) == ["page 1", "page 2"]


@pytest.mark.parametrize(
    ("ours", "theirs"), [("base", "theirs"), ("theirs", "base"), ("ours", "ours")]
)
def test_a_side_that_only_goes_on_is_taken_as_it_is(versions: Path, ours: str, theirs: str) -> None:
    """Where one side did not append, the other's lines stand, with their hashes."""
    shutil.copy(versions / ours, versions / "a")
    with inside(versions):
        assert run("merge-driver", "base", "a", theirs).code == 0
    wanted = "theirs" if "theirs" in (ours, theirs) else "ours"
    assert (versions / "a").read_bytes() == (versions / wanted).read_bytes()


@pytest.mark.parametrize("ours", ["ours", "base"])
def test_a_disk_that_refuses_leaves_ours_as_it_is(
    ours: str, versions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is merged takes the place of a version whole, or not at all."""

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = (versions / ours).read_bytes()
    monkeypatch.setattr("factledger.cli.commands.merge_driver.write_durably", refuse)
    with inside(versions):
        said = run("merge-driver", "base", ours, "theirs")
    assert (said.code, said.err) == (
        1,
        f"{ours}: cannot write: no space left on device; nothing was written\n",
    )
    assert (versions / ours).read_bytes() == before


def test_a_conflict_leaves_ours_as_it_is(versions: Path) -> None:
    """Git is told no, and its user which entry and why."""
    for name, title in (("ours", "A"), ("theirs", "B")):
        shutil.copy(versions / name, versions / "l/ledger.jsonl")
        with inside(versions / "l"):
            run("append", "-", stdin=f'[[source]]\nid = "x"\ntitle = "{title}"\n'.encode())
        shutil.copy(versions / "l/ledger.jsonl", versions / name)
    before = (versions / "ours").read_bytes()
    with inside(versions):
        said = run("merge-driver", "base", "ours", "theirs")
    assert said.code == 1
    assert "declared-once: source 'x' is declared in #14, otherwise" in said.err
    assert (versions / "ours").read_bytes() == before


@pytest.mark.parametrize("words", [(), ("a", "b"), ("--install", "a", "b", "c")])
def test_wanted_is_one_of_two_things(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Either the driver is set up, or three versions are given."""
    with inside(tmp_path):
        said = run("merge-driver", *words)
    assert said.code == 2
    assert "wanted --install, or the three files BASE OURS THEIRS" in said.err


def test_install_wants_a_clone_and_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of a clone, or without git, it is said what is missing."""
    program("git", "git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with inside(tmp_path):
        assert "go into a clone" in run("merge-driver", "--install").err
        monkeypatch.setenv("PATH", str(tmp_path))
        assert "git was not found; install it" in run("merge-driver", "--install").err


def test_two_people_and_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two clones append and one merges: both claims are there, and whoever knows no driver gets a conflict."""
    git = program("git", "git")
    scripts = tmp_path / "bin"
    scripts.mkdir()
    (scripts / "factledger").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m factledger "$@"\n')
    (scripts / "factledger").chmod(0o755)
    monkeypatch.setenv("PATH", f"{scripts}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Anna")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "anna@example.org")

    def did(folder: Path, *words: str) -> int:
        done = subprocess.run(
            [git, *words], cwd=folder, capture_output=True, text=True, check=False
        )
        return done.returncode

    one, other = tmp_path / "one", tmp_path / "other"
    with inside(tmp_path):
        run("init", "one")
    small_ledger(tmp_path / "small").close()
    shutil.copy(tmp_path / "small/ledger.jsonl", one)
    did(one, "init", "--quiet", "--initial-branch=main")
    did(one, "add", "-A")
    assert did(one, "commit", "-m", "Begin") == 0
    did(tmp_path, "clone", "--quiet", "one", "other")
    for page, folder in ((1, one), (2, other)):
        visit(folder, page)
        assert did(folder, "commit", "-am", f"Page {page}") == 0
    assert sorted(p.name for p in one.iterdir() if p.name != ".git") == [
        ".gitattributes", ".gitignore", "ledger.jsonl", "ledger.jsonl.lock"
    ]  # fmt: skip
    assert did(one, "status", "--porcelain") == 0
    assert did(other, "pull", "--no-rebase", "--no-edit") == 1  # no driver yet
    assert did(other, "merge", "--abort") == 0
    with inside(other):
        for _ in range(2):
            said = run("merge-driver", "--install")
            assert said.out.startswith(
                "git merges each ledger.jsonl of this clone with 'factledger merge-driver"
            )
    assert (other / ".git/info/attributes").read_text().count("merge=factledger") == 1
    assert did(other, "pull", "--no-rebase", "--no-edit") == 0
    with Ledger.open(other) as ledger:
        pages = [e.record.citations[0].locator for e in ledger.entries(13)]  # type: ignore[union-attr]
        assert (pages, ledger.verify(), ledger.check()) == (["page 2", "page 1"], (), ())
    assert did(one, "pull", "--quiet", "../other", "main") == 0
    assert (one / "ledger.jsonl").read_bytes() == (other / "ledger.jsonl").read_bytes()


def test_what_is_missing_is_named_in_the_order_in_which_it_was_asked_for(versions: Path) -> None:
    """Of versions that are not there the first is told, with what to read."""
    for name in ("theirs", "ours", "base"):
        (versions / name).unlink()
        with inside(versions):
            said = run("merge-driver", "base", "ours", "theirs")
        assert (said.code, said.out) == (2, "")
        assert f"File '{name}' does not exist" in said.err


@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_what_is_wrong_is_told_of_the_version_that_git_named(name: str, versions: Path) -> None:
    """The copy that is worked on has no name that anybody could look up."""
    lines = (versions / name).read_bytes().splitlines(keepends=True)
    (versions / name).write_bytes(b"".join([*lines[:4], lines[4].upper(), *lines[5:]]))
    with inside(versions):
        said = run("merge-driver", "base", "ours", "theirs")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(f"{name}:5: damaged: ")


def test_another_refusal_is_told_as_it_is(versions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the log that names neither copy passes."""
    monkeypatch.setattr(Ledger, "merge", raising(LogError("elsewhere: no")))
    with inside(versions):
        said = run("merge-driver", "base", "ours", "theirs")
    assert (said.code, said.err) == (1, "Error: elsewhere: no\n")


def raising(error: Exception) -> Callable[..., None]:
    """Return a function that raises."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail
