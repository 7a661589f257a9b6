"""`factledger verify`: the chain, and what citations, checkpoints and the index say of it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from cli_tools import AT, DEMO, GAZETTE, entropy, inside, run, small_ledger
from factledger import (
    Actor,
    Citation,
    Event,
    Ledger,
    Participant,
    Source,
    parse_public_key,
)
from factledger.log.proofs.times.opentimestamps import MAGIC
from ledger.tables import changed


def test_verify_sums_up(tmp_path: Path) -> None:
    """The number of entries and the head say which ledger was verified."""
    ledger = small_ledger(tmp_path)
    said = run("verify", "-l", str(tmp_path))
    assert (said.code, said.out) == (0, f"12 entries verified, head {ledger.head}\n")


def test_verify_proves_citations_against_a_text(tmp_path: Path) -> None:
    """A text proves the citations of its source, which need not be named."""
    small_ledger(tmp_path).close()
    with inside(tmp_path):
        said = run("verify", "--text", "gazette.txt")
    assert said.out.splitlines()[1:] == ["3 citations of gazette proved (3 quoted)"]


def test_verify_of_sealed_citations(tmp_path: Path) -> None:
    """Sealed citations are proved by whoever holds the text; a source without any has none."""
    ledger = Ledger.create(tmp_path, origin="x", clock=lambda: AT, entropy=entropy)
    ledger.append(
        Source(id="gazette", title="G", policy="sealed"),
        Source(id="other", title="O"),
        Actor(id="JPN", category="country", names=["Japan"]),
        Event(
            type="CONSULT", when="2023", participants=[Participant(role="actor", actor="JPN")],
            citations=[Citation(source="gazette", quote="visited Kyiv on 21 March 2023")],
        ),
        texts={"gazette": GAZETTE, "other": "Other."},
    )  # fmt: skip
    (tmp_path / "gazette.txt").write_text(GAZETTE)
    (tmp_path / "other.txt").write_text("Other.")
    with inside(tmp_path):
        said = run("verify", "--text", "gazette.txt", "--text", "other=other.txt")
    assert said.out.splitlines()[1:] == [
        "1 citation of gazette proved (1 sealed)",
        "0 citations of other proved",
    ]


def test_verify_tells_which_citations_a_changed_text_breaks(tmp_path: Path) -> None:
    """A changed text is told by its hash, then each citation that moved or is gone; code 1."""
    small_ledger(tmp_path).close()
    changed = "News. " + GAZETTE.replace("seven times", "eight times")
    (tmp_path / "changed.txt").write_text(changed)
    with inside(tmp_path):
        said = run("verify", "--text", "gazette=changed.txt")
    lines = [line.replace(f"{tmp_path.resolve()}/", "") for line in said.out.splitlines()[1:]]
    assert said.code == 1
    assert lines[0].startswith("source gazette: source-text: the text has the SHA-256 ")
    assert lines[0].endswith("; 0 of 3 citations stand in it at their place")
    assert lines[1:] == [
        "ledger.jsonl:9: citation-proved: gazette: its words moved to 34-63",
        "ledger.jsonl:10: citation-proved: gazette: its words moved to 281-322",
        "ledger.jsonl:11: citation-proved: gazette: 229-273 does not hold the words that were cited",
    ]


def test_verify_of_a_text_that_is_not_the_one_but_holds_all(tmp_path: Path) -> None:
    """A text with another hash in which every passage stands is told, and is no success."""
    small_ledger(tmp_path).close()
    (tmp_path / "longer.txt").write_text(GAZETTE + "An afterword.")
    with inside(tmp_path):
        said = run("verify", "--text", "gazette=longer.txt")
    assert said.code == 1
    assert said.out.splitlines()[1].endswith("; 3 of 3 citations stand in it at their place")


def test_verify_asks_which_source_a_text_is_of(tmp_path: Path) -> None:
    """Where neither hash nor number of sources tells, the sources are listed."""
    ledger = small_ledger(tmp_path)
    ledger.append(Source(id="other", title="O"), texts={"other": "Other."})
    (tmp_path / "stray.txt").write_text("Stray.")
    with inside(tmp_path):
        said = run("verify", "--text", "stray.txt")
    assert said.err == (
        "Error: the source of this text: not found; say which: --text SOURCE=FILE (gazette, other)\n"
    )


def test_a_changed_line_is_damage(copied: Path) -> None:
    """A line that another program changed does not verify, and the entry is named."""
    for statement in (
        "DROP TRIGGER record_unchanged",
        "UPDATE record SET salt = salt || '' WHERE seq = 9",
    ):
        changed(copied, statement)
    assert run("verify", "-l", str(copied)).code == 0
    changed(copied, "UPDATE record SET body = replace(body, '1', '2') WHERE seq = 29")
    said = run("verify", "-l", str(copied))
    assert said.code == 1
    assert said.err.startswith(f"{copied}:29: damaged: ")


def test_verify_of_an_index(copied: Path) -> None:
    """A row that differs from the one that the lines make is a problem, and the code is 1."""
    assert run("verify", "--index", "-l", str(copied)).out.startswith("75 entries verified, head ")
    changed(copied, "DELETE FROM posting WHERE list = 'label' AND key = 'c09'")
    assert run("verify", "-l", str(copied)).code == 0
    said = run("verify", "--index", "-l", str(copied))
    assert (said.code, said.out) == (1, f"{copied}: index-agrees: posting: missing: label c09 31\n")
    run("reindex", "-l", str(copied))
    assert run("verify", "--index", "-l", str(copied)).code == 0
    assert run("verify", "--index", "-l", DEMO).code == 0


def test_verify_of_an_index_that_is_behind(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that lacks entries is a problem; no text is asked about, for it would tell half."""
    changed(copied, "DROP TABLE progress")
    monkeypatch.setattr("factledger.ledger.indexed_store._BEHIND", 10)
    said = run("verify", "-l", str(copied), "--text", str(tmp_path / "none.txt"))
    assert (said.code, said.out) == (
        1,
        f"{copied}: index-complete: the index ends at entry 0, the log at entry 75; "
        "'factledger reindex' brings it up\n",
    )
    assert run("log", "-l", str(copied)).code == 1
    assert run("reindex", "-l", str(copied)).out == "75 entries indexed\n"
    assert run("log", "-l", str(copied)).code == 0


def test_the_ledger_extends_the_checkpoints_that_were_made_of_it(here: Path) -> None:
    """Each is told on a line of its own, with who signed it, if that was asked."""
    said = run("verify", "--checkpoint", "new", "--checkpoint", "old", "--key", "public")
    id_ = parse_public_key(Path("public").read_text().strip()).short
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[1:] == [
        f"new: the ledger extends this checkpoint of 13 entries, signed by {id_}",
        f"old: the ledger extends this checkpoint of 12 entries, signed by {id_}",
    ]
    said = run("verify", "--checkpoint", "new", "--key", Path("public").read_text().strip())
    assert said.out.endswith(f"signed by {id_}\n")
    said = run("verify", "--checkpoint", "new")
    assert said.out.endswith("checkpoint of 13 entries, signature not verified\n")
    run("checkpoint", "-o", "plain")
    assert run("verify", "--checkpoint", "plain").out.endswith("of 13 entries, not signed\n")


def test_a_public_key_is_read_from_a_file_of_any_name(here: Path) -> None:
    """A plus in its name, as keys have them, does not hide the file."""
    Path("public").rename("small+key+.pub")
    said = run("verify", "--checkpoint", "new", "--key", "small+key+.pub")
    assert (said.code, said.err) == (0, "")
    assert run("verify", "--checkpoint", "new", "--key", "small+no+.pub").code == 1
    assert run("verify", "--checkpoint", "new", "--key", "+" * 5000).code == 1


def test_letters_that_look_alike_are_told_apart(here: Path) -> None:
    """An origin with a Cyrillic letter in it is shown with an escape in the place of the letter."""
    Path("new").write_text(Path("new").read_text().replace("small", "sm\u0430ll"))
    said = run("verify", "--checkpoint", "new")
    told = "foreign: it is a checkpoint of 'sm\\u0430ll', this ledger is 'small'"
    assert (said.code, said.out.splitlines()[1]) == (1, f"new: checkpoint: {told}")
    said = run("verify", "--checkpoint", "new", "--key", "public")
    assert (said.code, said.err.count("but by sm\\u0430ll+")) == (1, 1)


def test_what_does_not_fit_is_a_problem(here: Path) -> None:
    """A ledger that was cut: what fits is said, what does not ends with code 1."""
    lines = Path("ledger.jsonl").read_bytes().splitlines(keepends=True)
    Path("ledger.jsonl").write_bytes(b"".join(lines[:12]))
    said = run("verify", "--checkpoint", "new", "--checkpoint", "old")
    assert said.code == 1
    assert said.out.splitlines()[1:] == [
        "old: the ledger extends this checkpoint of 12 entries, signature not verified",
        "new: checkpoint: truncated: the checkpoint is of 13 entries, the ledger has 12",
    ]
    refused = run("checkpoint", "--key", "secret")
    assert (refused.code, refused.out) == (1, "")
    told = "truncated: the checkpoint is of 13 entries, the ledger has 12, says "
    assert f"ledger.jsonl: {told}" in refused.err
    assert refused.err.endswith(
        "; nothing was signed; restore the ledger from a copy, or sign a second history with --fork\n"
    )


def promised(checkpoint: str) -> bytes:
    """Return an OpenTimestamps file in which a calendar promises a time for a checkpoint."""
    calendar = b"https://calendar.example.org"
    word = bytes.fromhex("83dfe30d2ef90c8e") + bytes([len(calendar) + 1, len(calendar)]) + calendar
    return MAGIC + b"\x01\x08" + sha256(checkpoint.encode()).digest() + b"\x00" + word


def test_a_time_says_up_to_which_entry_it_is(here: Path) -> None:
    """Of the checkpoint that is given, or is kept; what was not verified is told in the same line."""
    for name in ("old", "new"):
        Path(f"{name}.ots").write_bytes(promised(Path(name).read_text()))
    told = "OpenTimestamps: it is for this checkpoint; not verified: any time: it is promised by "
    said = run("verify", "--time", "new.ots")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[2].startswith("new.ots: for the entries up to #13, recorded 20")
    assert told in said.out
    both = run(
        "verify",
        "--checkpoint",
        "old",
        "--checkpoint",
        "new",
        "--time",
        "old.ots",
        "--time",
        "new.ots",
    )
    assert [line.partition(", recorded")[0] for line in both.out.splitlines()[3:]] == [
        "old.ots: for the entries up to #12",
        "new.ots: for the entries up to #13",
    ]


def test_a_time_of_another_checkpoint_is_a_fault(here: Path) -> None:
    """Its file is named first; without any checkpoint, or for a changed ledger, no time is told."""
    Path("old.ots").write_bytes(promised(Path("old").read_text()))
    said = run("verify", "--time", "old.ots")
    assert said.code == 1
    assert said.out.splitlines()[2].startswith("old.ots: it is for a file of SHA-256 ")
    lines = Path("ledger.jsonl").read_bytes().splitlines(keepends=True)
    Path("ledger.jsonl").write_bytes(b"".join(lines[:9]))
    cut = run("verify", "--checkpoint", "old", "--time", "old.ots")
    assert (cut.code, "old.ots" in cut.out) == (1, False)
    Path("ledger.jsonl.checkpoint").unlink()
    assert "none is kept: give --checkpoint" in run("verify", "--time", "old.ots").err
    assert "--time-root verifies a --time" in run("verify", "--time-root", "public").err
