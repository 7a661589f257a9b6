"""What a type checker sees of the public names: every use that is right, every option misspelt."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from mypy import api as mypy

FOLDER = Path(__file__).parent / "typed"
MISSPELT = FOLDER / "misspelt.py"


def seen_by_mypy(file: Path) -> set[int]:
    """Return the lines of a file in which mypy finds an error."""
    said, failed, _ = mypy.run(["--strict", "--no-error-summary", str(file)])
    assert not failed, failed
    return {int(line) for line in re.findall(rf"{file.name}:(\d+): error", said)}


def seen_by_pyrefly(file: Path) -> set[int]:
    """Return the lines of a file in which pyrefly finds an error."""
    command = [sys.executable, "-m", "pyrefly", "check", "--output-format", "json", str(file)]
    found = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    return {error["line"] for error in found["errors"]}


CHECKERS = {"mypy": seen_by_mypy, "pyrefly": seen_by_pyrefly}


@pytest.mark.parametrize("seen", CHECKERS.values(), ids=CHECKERS)
def test_a_misspelt_option_is_refused(seen: Callable[[Path], set[int]]) -> None:
    """Each public call with an option that there is not is an error to either checker."""
    lines = MISSPELT.read_text(encoding="utf-8").splitlines()
    wanted = {number for number, line in enumerate(lines, 1) if line.endswith("# refused")}
    assert seen(MISSPELT) == wanted


@pytest.mark.parametrize("seen", CHECKERS.values(), ids=CHECKERS)
def test_what_is_right_is_not_refused(seen: Callable[[Path], set[int]]) -> None:
    """Every option that there is, and what each call gives, is as either checker expects."""
    assert seen(FOLDER / "api.py") == set()
