"""`factledger init`: a new ledger, and what git is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import inside, run
from factledger import (
    Ledger,
)
from factledger.cli.git_attributes import IGNORED


def test_init_makes_a_ledger_that_git_leaves_alone(tmp_path: Path) -> None:
    """A new folder has a ledger of one entry, and tells git not to touch its lines."""
    with inside(tmp_path):
        said = run("init", "notes", "--title", "Our notes")
    assert (said.code, said.out) == (0, "made notes, with entry #1\n")
    attributes = (tmp_path / "notes/.gitattributes").read_text()
    assert attributes == "ledger.jsonl* -text merge=binary\n"
    header = Ledger.open(tmp_path / "notes").header
    assert header is not None
    assert (header.origin, header.title) == ("notes", "Our notes")


@pytest.mark.parametrize(
    ("folder", "origin"), [("our notes", "our-notes"), ("日本", "ledger"), ("v1.2_x", "v1.2_x")]
)
def test_init_names_the_origin_after_the_folder(tmp_path: Path, folder: str, origin: str) -> None:
    """What an identifier cannot hold becomes a hyphen; where nothing is left it is `ledger`."""
    run("init", str(tmp_path / folder))
    header = Ledger.open(tmp_path / folder).header
    assert header is not None
    assert header.origin == origin


@pytest.mark.parametrize("verb", ["init", "demo"])
def test_name_of_a_folder_cannot_act_on_the_terminal(tmp_path: Path, verb: str) -> None:
    """What the user named is shown with its control characters as escapes."""
    with inside(tmp_path):
        said = run(verb, "a\x1b[2Jb")
    assert (said.code, "a\\x1b[2Jb" in said.out, "\x1b" in said.out) == (0, True, False)


def test_init_keeps_what_git_attributes_say(tmp_path: Path) -> None:
    """A .gitattributes that is there gains a line, once."""
    (tmp_path / ".gitattributes").write_text("*.png binary\n")
    run("init", str(tmp_path), "--origin", "mine")
    again = "*.png binary\nledger.jsonl* -text merge=binary\n"
    assert (tmp_path / ".gitattributes").read_text() == again


def test_init_tells_git_what_not_to_keep(tmp_path: Path) -> None:
    """A .gitignore names locks, remains and keys; one that is there gains what it lacks."""
    ignored = IGNORED.decode()
    run("init", str(tmp_path / "a"))
    assert (tmp_path / "a/.gitignore").read_text() == ignored
    (tmp_path / "b").mkdir()
    (tmp_path / "b/.gitignore").write_text("*.key\nmine")
    run("init", str(tmp_path / "b"))
    assert (tmp_path / "b/.gitignore").read_text() == "*.key\nmine\n" + ignored.replace(
        "*.key\n", ""
    )


def test_init_of_a_ledger_in_sqlite(tmp_path: Path) -> None:
    """A path that ends in .db is a file, its name the origin, and git needs to know nothing."""
    assert (
        run("init", str(tmp_path / "large.db")).out
        == f"made {tmp_path / 'large.db'}, with entry #1\n"
    )
    header = Ledger.open(tmp_path / "large.db").header
    assert header is not None
    assert header.origin == "large"
    assert not (tmp_path / ".gitattributes").exists()
