"""Files of tests that are loaded before they are looked through."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from preloading import load, mine


def test_each_worker_begins_with_a_part_of_its_own() -> None:
    """Each loads all files in the end, and no two begin with the same."""
    files = [Path(name) for name in "abcdefg"]
    orders = [mine(files, worker, 3) for worker in range(3)]
    assert ["".join(map(str, order)) for order in orders] == ["abcdefg", "cdefgab", "efgabcd"]


def test_a_file_is_loaded_under_the_name_that_pytest_gives_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is looked through later is there already; of one that cannot be loaded pytest will tell."""
    room = tmp_path / "preloaded_room"
    room.mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    (room / "test_broken.py").write_text("import no_such_module")
    (room / "test_left_out.py").write_text("import pytest; pytest.skip(allow_module_level=True)")
    (room / "test_it.py").write_text("")
    load([*sorted(room.iterdir()), tmp_path.parent / "test_of_others.py"], tmp_path)
    loaded = [name for name in sys.modules if name.startswith("preloaded_room.")]
    assert loaded == ["preloaded_room.test_it"]
