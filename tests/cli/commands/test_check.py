"""`factledger check`: what is wrong in a ledger, a line each."""

from __future__ import annotations

from pathlib import Path

from cli_tools import busy_ledger, run, small_ledger


def test_check_of_a_sound_ledger_is_silent(tmp_path: Path) -> None:
    """Nothing wrong, nothing said."""
    busy_ledger(tmp_path).close()
    said = run("check", "-l", str(tmp_path))
    assert (said.code, said.out, said.err) == (0, "", "")


def test_check_tells_each_problem_with_its_place(tmp_path: Path) -> None:
    """Each problem is a line that begins with file and line, and the code is 1."""
    ledger = small_ledger(tmp_path)
    ledger._kept.store.erase([11])
    said = run("check", "-l", str(tmp_path))
    place = f"{tmp_path.resolve()}/ledger.jsonl:11"
    reason = "its content is missing, and no redact record says that it was erased"
    assert (said.code, said.out) == (1, f"{place}: redaction: {reason}\n")


def test_unfinished_append_is_noted(tmp_path: Path) -> None:
    """What an append left that never finished is told on standard error; the ledger is sound."""
    small_ledger(tmp_path).close()
    with (tmp_path / "ledger.jsonl").open("ab") as file:
        file.write(b'{"at":"2024')
    for verb in ("check", "verify"):
        said = run(verb, "-l", str(tmp_path))
        assert said.code == 0
        assert "note: 11 bytes of an unfinished append after entry 12, ignored" in said.err
