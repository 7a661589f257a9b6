"""`factledger site`: where it writes, and where it does not."""

from __future__ import annotations

from pathlib import Path

from cli_tools import run
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
