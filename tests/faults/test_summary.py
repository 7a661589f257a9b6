"""A row that does not run is said to be left out, with the reason; never passed over."""

from __future__ import annotations

import subprocess
from pathlib import Path

import attrs
import pytest

from faults import machine
from faults.summary import summary


@attrs.define
class Reported:
    """What pytest would report of a test."""

    nodeid: str
    when: str = "call"
    longrepr: object = None
    user_properties: list[tuple[str, object]] = attrs.Factory(list)


def test_what_ran_and_what_was_skipped_is_counted() -> None:
    """One line says how many rows ran and which did not, another how often what was tried."""
    ran = [
        Reported("tests/faults/test_killed.py::test_killed[a]", user_properties=[("kills", 1200)]),
        Reported("tests/faults/test_killed.py::test_killed[b]", user_properties=[("kills", 34)]),
        Reported("tests/faults/test_killed.py::test_killed[b]", when="teardown"),
        Reported("tests/log/stores/test_stores.py::test_x"),
    ]
    why = ("test_power_cut.py", 7, "Skipped: no right to mount")
    skipped = [Reported("tests/faults/test_power_cut.py::test_power_cut[ext4]", "setup", why)]
    assert list(summary(ran, skipped)) == [
        "faults: 2 rows run, 1 skipped: power cut ext4 (no right to mount)",
        "faults: 1,234 kills",
    ]
    assert list(summary(ran[3:], [])) == []


@pytest.mark.parametrize("everything", [False, True])
def test_a_row_that_should_run_fails_where_it_cannot(
    everything: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all faults are to run, none is skipped."""
    monkeypatch.setattr(machine, "_ALL", everything)
    outcome = pytest.fail.Exception if everything else pytest.skip.Exception
    with pytest.raises(outcome, match=r"no nowhere-there \(Debian package nowhere\)"):
        machine.need_program("nowhere-there", "nowhere")


@pytest.mark.parametrize("asked", [None, "1"])
def test_a_right_that_a_machine_does_not_give_fails_only_where_it_was_asked_for(
    asked: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody can install is skipped, also in CI, unless all faults are asked for by name."""
    monkeypatch.setattr(machine, "_ALL", True)
    monkeypatch.setattr(machine, "_STRICT", asked)
    outcome = pytest.fail.Exception if asked else pytest.skip.Exception
    with pytest.raises(outcome, match="no right to trace a process"):
        machine.forbidden("right to trace a process")


@pytest.mark.parametrize(
    ("said", "able", "fails"),
    [("busy", True, True), ("busy", False, False), ("unknown filesystem type", True, False)],
)
def test_a_mount_that_should_be_possible_fails(
    said: str, able: bool, fails: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where mounting is allowed, a row that cannot mount is no row to skip."""
    monkeypatch.setattr(machine, "_ALL", True)
    monkeypatch.setattr(machine, "_STRICT", None)
    monkeypatch.setattr(machine, "_may_mount", lambda: able)
    done = subprocess.CompletedProcess([], 1, b"", said.encode())
    monkeypatch.setattr("subprocess.run", lambda *_, **__: done)
    outcome = pytest.fail.Exception if fails else pytest.skip.Exception
    with pytest.raises(outcome, match=said), machine.mounted(tmp_path):
        pass
