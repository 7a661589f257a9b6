"""What becomes of a test for want of a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from needed import program

PACKAGES = (Path(__file__).parents[1] / ".ci" / "packages").read_text(encoding="utf-8").split("\n")


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_a_program_that_is_not_there_is_told_with_its_package(
    ci: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine of one's own skips the test; where CI=true promises all, it fails."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no nowhere-there here: apt-get install nowhere"):
        program("nowhere-there", "nowhere")


@pytest.mark.parametrize(
    "package", ["strace", "golang-go", "pandoc", "chromium", "sqlite3", "postgresql"]
)
def test_the_list_names_what_the_tests_need(package: str) -> None:
    """`.ci/packages` is what to install to have all tests."""
    assert package in PACKAGES
