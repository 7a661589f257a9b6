"""`factledger bundle`: a folder with entries, their proofs, and how to verify them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cli_tools import ROOT, run

TIMES = ROOT / "tests/data/times"


def test_a_bundle_is_verified_where_it_is(here: Path) -> None:
    """Of the checkpoint that is kept; by its own script, and by factledger."""
    said = run("bundle", "handed", "9", "#4")
    assert said.out.startswith("wrote 9 files, 0.0 MB, for the checkpoint of 13 entries; ")
    assert said.out.endswith("handed/README.md says how to verify them\n")
    key = Path("public").read_text().strip()
    script = [sys.executable, "handed/verify.py", key]
    assert subprocess.run(script, capture_output=True, check=False).returncode == 0
    found = run("verify", "--proof", "handed/entries.proof", "--key", "public")
    first, *rest = found.out.splitlines()
    assert first.startswith("handed/entries.proof: proved: ")
    assert " are in the checkpoint of 13 entries, signed by small+" in first
    assert rest[0].startswith("#1 2024-12-01T09:00:00.000000Z {")


def test_a_bundle_of_an_actor_tells_what_stood(here: Path) -> None:
    """Named by a name, on a date, for an older checkpoint."""
    said = run(
        "bundle", "handed", "--actor", "Japan", "--asof", "2023-04-01", "--checkpoint", "old"
    )
    assert "for the checkpoint of 12 entries" in said.out
    report = Path("handed/report.md").read_text(encoding="utf-8")
    assert report.startswith("# Japan on 1 April 2023")
    page = Path("handed/README.md").read_text(encoding="utf-8")
    assert "python3 verify.py NAME+ID+KEY" in page


def test_a_time_is_checked_and_told(here: Path) -> None:
    """One that is for another checkpoint stops the bundle, before anything is written."""
    said = run("bundle", "handed", "--time", str(TIMES / "small.tsr"))
    assert (said.code, said.out) == (1, "")
    assert "times/small.tsr: it is for a file of sha256 ee270a" in said.err
    assert not Path("handed").exists()


def test_a_time_that_fits_stands_in_the_page(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what was verified and what was not; the root is read from its file."""
    from factledger.log.proofs.times.statement import TimeStatement
    from factledger.output.bundles import bundle as made

    given: list[bytes | None] = []

    def told(data: bytes, _: object, roots: bytes | None, place: str) -> TimeStatement:
        given.append(roots)
        return TimeStatement("it says so", None if roots else "who says so")

    monkeypatch.setattr(made, "read_time", told)
    root = TIMES / "root.pem"
    run("bundle", "handed", "--time", str(TIMES / "small.tst"), "--time-root", str(root))
    page = Path("handed/README.md").read_text(encoding="utf-8")
    assert "- `times/small.tst`: it says so.\n" in page
    assert given == [root.read_bytes()]
    assert Path("handed/times/small.tst").read_bytes() == (TIMES / "small.tst").read_bytes()


def test_nothing_is_written_over(here: Path) -> None:
    """A folder that is not empty is left as it is."""
    Path("handed").mkdir()
    Path("handed/mine").write_text("mine")
    said = run("bundle", "handed")
    assert (said.code, said.out) == (1, "")
    assert "handed: cannot write: the folder is not empty; name a new one" in said.err
    assert [p.name for p in Path("handed").iterdir()] == ["mine"]


def test_a_bundle_without_a_signature_says_so(here: Path) -> None:
    """The page asks for a checkpoint that others keep."""
    Path("ledger.jsonl.checkpoint").unlink()
    run("bundle", "handed")
    assert "Nobody signed the checkpoint" in Path("handed/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("9", "--actor", "JPN"), ("9", "--asof", "2023")])
def test_entries_and_a_question_are_two_ways_to_choose(words: tuple[str, ...], here: Path) -> None:
    """Which of them is meant is asked."""
    said = run("bundle", "handed", *words)
    assert said.code == 2
    assert "name entries, or ask with --between, --actor or --asof; not both" in said.err


def test_several_entries_are_proved_by_one_file(here: Path) -> None:
    """Their content is shown below, each with its number."""
    run("prove", "9", "4", "-o", "two")
    said = run("verify", "--proof", "two", "--key", "public").out.splitlines()
    assert said[0].startswith("two: proved: 2 entries of small, 4, 9, are in the checkpoint of 13")
    assert [line.split(" ")[0] for line in said[1:]] == ["#4", "#9"]
    found = run("prove", "9", "4", "--format", "json")
    assert '"entries": [' in found.out


def test_texts_that_stay_behind_are_told(here: Path) -> None:
    """With --texts a note names each source whose text is not in the bundle, and why."""
    said = run("bundle", "handed", "--texts")
    assert said.code == 0
    assert "note: without the text of gazette: no licence is stated\n" in said.err
    assert not Path("handed/texts").exists()
