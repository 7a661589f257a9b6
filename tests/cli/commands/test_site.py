"""`factledger site`: where it writes, and where it does not."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_tools import inside, run, small_ledger
from factledger.cli.commands.site import unfinished
from factledger.log.stores.placing.begun_files import begun_path
from web_tools import ARTICLE


def test_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """A folder with anything in it is refused, and so is a file; nothing is overwritten."""
    (tmp_path / "mine.txt").write_text("mine")
    said = run("site", str(tmp_path), "-l", str(ARTICLE))
    assert (said.code, list(tmp_path.iterdir())) == (1, [tmp_path / "mine.txt"])
    assert (
        said.err
        == f"{tmp_path}: cannot write: the folder is not empty; name a new one; nothing was written\n"
    )
    said = run("site", str(tmp_path / "mine.txt"), "-l", str(ARTICLE))
    assert said.code == 1
    assert "cannot write" in said.err
    said = run("site", str(tmp_path / "new"), "-l", str(ARTICLE), "--from", "2023", "--to", "2022")
    assert said.code == 2
    assert "turn them around" in said.err


def failing(ledger: object, first: object, last: object) -> Iterator[tuple[str, bytes]]:
    """Yield one file, and fail at the next."""
    yield "index.html", b"<p>"
    raise OSError(28, "No space left on device")


def test_a_site_is_there_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written to its end leaves nothing behind, and what was killed is done away with."""
    small_ledger(tmp_path / "small").close()
    words = ("site", str(tmp_path / "pages"), "-l", str(tmp_path / "small"))
    with monkeypatch.context() as patched:
        patched.setattr("factledger.web.site.site", failing)
        assert run(*words).code == 1
        assert [path.name for path in tmp_path.iterdir()] == ["small"]
    left = begun_path(tmp_path / "pages")  # of a run that was killed
    (left / "day").mkdir(parents=True)
    (left / "day" / "old.html").write_text("old")
    (left / "index.html").write_text("old")
    assert run(*words).code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pages", "small"]
    assert "old" not in {path.stem for path in (tmp_path / "pages").rglob("*")}


def test_a_site_that_cannot_be_begun_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no more files can be opened, not even an empty folder stays."""
    monkeypatch.setattr(
        "factledger.cli.commands.site._FOLDER", os.O_RDONLY | os.O_CREAT | os.O_EXCL
    )
    with pytest.raises(FileExistsError), unfinished(tmp_path / "pages"):
        raise AssertionError
    assert not [*tmp_path.iterdir()]


def test_what_others_named_so_is_not_deleted(tmp_path: Path) -> None:
    """A link or a file under the name of what was begun stays, and so do files behind a link in such a folder."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    link, file, left = (begun_path(tmp_path / "pages") for _ in range(3))
    link.symlink_to(mine)
    file.write_text("mine")
    left.mkdir()
    (left / "linked").symlink_to(mine)
    with unfinished(tmp_path / "pages"):
        pass
    assert (mine / "letter.txt").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"mine", link.name, file.name, "pages"}
    assert [*(tmp_path / "pages").iterdir()] == []


def test_two_that_write_one_site_do_not_meet(tmp_path: Path) -> None:
    """While one process writes a site, another is told so."""
    small_ledger(tmp_path / "small").close()
    begun = begun_path(tmp_path / "pages")
    begun.mkdir()
    held = os.open(begun, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    said = run("site", str(tmp_path / "pages"), "-l", str(tmp_path / "small"))
    os.close(held)
    assert (said.code, "another process is writing it" in said.err) == (1, True)
    assert begun.exists()


def test_a_site_in_the_folder_where_one_stands(tmp_path: Path) -> None:
    """The folder stays the one that it was; an empty one elsewhere may be replaced."""
    small_ledger(tmp_path / "small").close()
    for name, at in (("here", "."), ("there", str(tmp_path / "there"))):
        (tmp_path / name).mkdir()
        with inside(tmp_path / name):
            assert run("site", at, "-l", str(tmp_path / "small")).code == 0
            assert Path("index.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "small", "there"]
