"""A name that somebody gave on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import DEMO, inside, run


@pytest.mark.parametrize(
    "words",
    [
        ("log", "--by", "", "-l", DEMO),
        ("log", "--by", " ", "-l", DEMO),
        ("serve", "--host", "", "--port", "0", "-l", DEMO),
        ("bundle", "out", "29", "--licence", "", "-l", DEMO),
        ("mcp", "--drafts", "drafts", "--allow-append", "", "-l", DEMO),
        ("scale", "verify", "parts", "--dask", ""),
    ],
)
def test_an_empty_name_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    """What a variable that was not set gives names nothing: nobody listens everywhere because of it."""
    with inside(tmp_path):
        said = run(*words)
    assert (said.code, " is empty; name something, or leave the option out" in said.err) == (
        2,
        True,
    )
    assert list(tmp_path.iterdir()) == []


def test_a_name_is_taken_as_it_is() -> None:
    """Blanks around a name are its own."""
    said = run("log", "--by", " nobody ", "-l", DEMO)
    assert "nobody of the name ' nobody ' recorded anything" in said.err
