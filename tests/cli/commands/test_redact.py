"""`factledger redact`: what it asks, what it says, and what is left."""

from __future__ import annotations

import os
import pty
import select
from pathlib import Path

import pytest

from cli_tools import Said, process, run, small_ledger
from factledger import Citation, Dispute, Ledger, Note

CITED = Citation(source="gazette", locator="page 3")
ORDER = ("--reason", "asked for", "--authority", "the editor")


def answered(answer: str, *words: str) -> tuple[int, str]:
    """Return the code and the words of a command at a terminal where somebody types an answer."""
    ours, theirs = pty.openpty()
    with process(*words, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        os.write(ours, answer.encode() + b"\n")
        found = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                found += os.read(ours, 1 << 16)
            except OSError:  # Linux says so when the other end is closed
                break
        code = running.wait(60)
    os.close(ours)
    return code, found.decode()


@pytest.mark.parametrize(
    ("answer", "code", "gone"), [("y", 0, True), ("n", 1, False), ("", 1, False)]
)
def test_erasing_is_asked_for_at_a_terminal(
    answer: str, code: int, gone: bool, tmp_path: Path
) -> None:
    """What will go is shown, and nothing goes without a yes."""
    small_ledger(tmp_path).close()
    found, said = answered(answer, "redact", "9", "-l", str(tmp_path), *ORDER)
    assert "#9 The Prime Minister of Japan visited Ukraine" in said
    assert "Erase this for good? [y/N]" in said
    assert "Traceback" not in said
    assert (found, Ledger.open(tmp_path).entry(9).record is None) == (code, gone)


def test_what_will_still_tell_is_shown_before_it_is_asked(tmp_path: Path) -> None:
    """Whoever answers knows what stays; nothing is erased without a yes."""
    with small_ledger(tmp_path) as ledger:
        ledger.append(
            {"kind": "actor", "id": "doe", "category": "person", "names": ["Doe"]},
            {"kind": "event", "type": "CONSULT", "actor": "doe", "recipient": "UKR", "when": "2023",
             "source": "gazette", "locator": "p. 1"},
        )  # fmt: skip
    found, said = answered("n", "redact", "14", "-l", str(tmp_path), *ORDER)
    assert found == 1
    assert "still told: 'doe', whom nothing else names, in #13" in said.partition("Erase this")[0]


def test_erasing_in_a_script_needs_a_yes(tmp_path: Path) -> None:
    """Where nobody can be asked, the option that answers is named, and nothing is erased."""
    small_ledger(tmp_path).close()
    said = run("redact", "9", "-l", str(tmp_path), *ORDER)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(
        "Error: erasing cannot be undone, and nobody is asked here; give --yes"
    )
    assert len(Ledger.open(tmp_path)) == 12


def test_without_a_yes_nothing_is_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who does not confirm is told so by the exit code, and the ledger stays as it was."""
    small_ledger(tmp_path).close()
    monkeypatch.setattr("factledger.cli.commands.redact.confirmed", lambda *_: False)
    assert run("redact", "9", "-l", str(tmp_path), *ORDER) == Said(1, "", "")
    assert len(Ledger.open(tmp_path)) == 12


def test_what_is_about_the_erased_is_named(tmp_path: Path) -> None:
    """Entries that are about it still say what they say; whoever erases looks at them too."""
    with small_ledger(tmp_path) as ledger:
        ledger.append(Dispute(target=9, citations=[CITED], note="he stayed at home"))
    said = run("redact", "9", "-l", str(tmp_path), *ORDER, "--yes")
    lines = said.out.splitlines()
    assert lines[1] == "still there: #13 disputes #9, citing gazette: he stayed at home"


def test_erasing_says_what_it_did_and_what_it_cannot_reach(tmp_path: Path) -> None:
    """Each entry is named, by number or label, with the record of it; then what is left to do."""
    small_ledger(tmp_path).close()
    said = run("redact", "visit", "#11", "-l", str(tmp_path), *ORDER, "--yes")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        "redacted #9, as #13 says",
        "redacted #11, as #14 says",
        "Not reached: copies, exports, proofs, drafts and backups, the history of a git repository, torn-… files, "
        "what browsers keep of pages, and what the disk keeps of the old file",
    ]
    assert run("verify", "-l", str(tmp_path)).out.startswith(
        "14 entries verified, 2 of them redacted"
    )


def test_erasing_what_others_need_is_refused_with_its_place(tmp_path: Path) -> None:
    """The place comes first, then what names it and what to do; the ledger stays as it was."""
    small_ledger(tmp_path).close()
    before = (tmp_path / "ledger.jsonl").read_bytes()
    said = run("redact", "8", "-l", str(tmp_path), *ORDER, "--yes")
    reason = "actor 'ito-aiko' is named in #10; redact it too, or correct #8 first"
    assert (said.code, said.out) == (1, "")
    assert said.err == f"{tmp_path}/ledger.jsonl:8: redaction-bears: {reason}\n"
    assert (tmp_path / "ledger.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("redact", *ORDER), "Missing argument 'N|LABEL...'"),
        (("redact", "9", "--reason", "r"), "Missing option '--authority'"),
        (("redact", "9", "--authority", "a"), "Missing option '--reason'"),
    ],
)
def test_erasing_needs_entries_a_reason_and_an_authority(
    words: tuple[str, ...], wanted: str, tmp_path: Path
) -> None:
    """What is missing is named."""
    small_ledger(tmp_path).close()
    said = run(*words, "-l", str(tmp_path))
    assert (said.code, wanted in said.err) == (2, True)


def test_many_redactions_are_counted_in_a_view(tmp_path: Path) -> None:
    """The first five are told, and how many more there are."""
    with small_ledger(tmp_path) as ledger:
        notes = [Note(text=str(n), citations=[CITED]) for n in range(6)]
        ledger.append(*notes)
        ledger.redact(*range(13, 19), reason="r", authority="a")
    lines = run("asof", "2023-04-01", "-l", str(tmp_path)).out.splitlines()
    start = lines.index("Not known any more")
    assert lines[start + 1] == "  redacted   #13 was redacted by #19 on 2024-12-01: r (a)"
    assert lines[start + 6] == "  redacted   1 more; 'factledger log' lists them"
