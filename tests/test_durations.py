"""How long the files of tests take, as it is said at the end of a long run."""

from __future__ import annotations

from pathlib import Path

import attrs

from durations import LONGEST, slowest, turn

ROOT = Path(__file__).parents[1]


@attrs.frozen
class Reported:
    """A report of one phase of a test."""

    nodeid: str
    duration: float


def test_all_phases_of_all_tests_of_a_file_are_summed_up() -> None:
    """The files come with the slowest first, and no more of them than are asked for."""
    reports = [
        Reported("a.py::test_x", 1.0),
        Reported("b.md::line:1", 2.5),
        Reported("a.py::test_y[1]", 2.0),
        Reported("c.py::test_z", 0.1),
    ]
    assert list(slowest(reports, 2)) == ["     3.0 s  a.py", "     2.5 s  b.md"]


def test_what_takes_longest_begins_first() -> None:
    """The turn of a test is that of its file or folder; all others come after, in their own order."""
    assert turn("tests/faults/test_rot.py::test_x") < turn("tests/browser/test_browser.py::test_y")
    assert turn("tests/test_text.py::test_x") == turn("README.md::line:1") == len(LONGEST)


def test_what_begins_first_is_there() -> None:
    """A file or folder that was renamed is not left to the end unseen."""
    assert [path for path in LONGEST if not (ROOT / path).exists()] == []
