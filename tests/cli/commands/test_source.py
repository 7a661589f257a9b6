"""`factledger source`: the texts of sources, added, listed and forgotten."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_tools import GAZETTE, inside, run, small_ledger
from factledger.web.pages.entry import entry_page
from factledger.web.query import PageQuery

ADD = ("source", "add", "letter.txt", "--title", "A letter", "--published", "2024-05")
VISIT = """\
[[event]]
type = "CONSULT"
mode = "visit"
actor = "JPN"
recipient = "UKR"
when = 2023-03-21
source = "letter"
quote = "we met"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small ledger, with a letter beside it."""
    small_ledger(tmp_path).close()
    (tmp_path / "letter.txt").write_text("Dear reader, we met on 21 March 2023.")
    return tmp_path


def test_add_declares_a_source_and_keeps_its_text(folder: Path) -> None:
    """From then on no text need be given: to append, to verify, or to see the sentence."""
    with inside(folder):
        said = run(*ADD, "--licence", "CC0-1.0", "--author", "Ito Aiko")
        assert said.out == f"added #13; keeps its text in {folder}/texts/letter.txt\n"
        assert run("append", "-", stdin=VISIT.encode()).out == "added #14\n"
        assert "    Dear reader, ‹we met› on 21 March 2023.\n" in run("why", "14").out
        assert run("verify").out.splitlines()[1:] == ["1 citation of letter proved (1 quoted)"]
        assert run("source", "list").out.splitlines() == [
            "gazette: no text",
            f"letter: kept in {folder}/texts/letter.txt",
        ]
        again = run(*ADD, "--licence", "CC0-1.0")
        assert again.out.startswith("already there: #13; keeps its text in ")
        assert run("source", "forget", "letter").out == (
            "the text of letter is kept no longer; what the ledger quotes of it stays\n"
        )
        assert '    "we met"\n' in run("why", "14").out
        assert len(run("verify").out.splitlines()) == 1


def test_the_pages_show_the_sentence(folder: Path) -> None:
    """The words are marked in it; of a sealed source none is shown."""
    with inside(folder):
        run(*ADD, "--licence", "CC0-1.0")
        run("append", "-", stdin=VISIT.encode())
        (folder / "sealed.txt").write_text("They met in Oslo.")
        run("source", "add", "sealed.txt", "--title", "S", "--policy", "sealed")
        run(
            "append",
            "-",
            stdin=VISIT.replace("letter", "sealed").replace("we met", "met in").encode(),
        )
    ledger = small_ledger(folder / "other")
    ledger.close()
    from factledger import Ledger

    ledger = Ledger.open(folder)
    [shown] = entry_page(ledger, 14, PageQuery()).citations
    assert str(shown.passage) == "Dear reader, ‹we met› on 21 March 2023."
    [sealed] = entry_page(ledger, 16, PageQuery()).citations
    assert (sealed.passage, sealed.quote) == (None, None)


def test_a_sealed_text_stays_where_it_is(folder: Path) -> None:
    """Only its place is noted; that it is not there, or another, is listed."""
    with inside(folder):
        said = run(*ADD, "--policy", "sealed", "--id", "private")
        assert said.out == "added #13; its text stays in letter.txt\n"
        assert (
            run("source", "list").out.splitlines()[1] == f"private: outside, in {folder}/letter.txt"
        )
        (folder / "letter.txt").write_text("Another.")
        told = f"private: {folder}/letter.txt is not the text that was cited, or cannot be read"
        assert run("source", "list").out.splitlines()[1] == told
        said = run(*ADD, "--policy", "sealed", "--id", "private")
        assert (said.code, "source-text: the text has the SHA-256" in said.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add",), "'add' wants the FILE with the text"),
        (("forget",), "'forget' wants a SOURCE"),
        (("list", "x"), "'list' wants nothing else"),
        (("add", "letter.txt"), "source 'letter' is not declared yet: give its --title"),
        (
            ("add", "letter.txt", "--title", "A"),
            "its text is to be kept: say under which --licence",
        ),
        (("add", "gazette.txt"), "its text is to be kept: say under which --licence"),
    ],
)
def test_source_is_told_what_it_needs(folder: Path, words: tuple[str, ...], told: str) -> None:
    """Nothing is kept without a licence or a policy, and nothing is written."""
    before = (folder / "ledger.jsonl").read_bytes()
    with inside(folder):
        said = run("source", *words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert (folder / "ledger.jsonl").read_bytes() == before
    assert not (folder / "texts").exists()


def test_a_text_that_is_not_there_cannot_be_forgotten(folder: Path) -> None:
    """The way to see which are is told."""
    with inside(folder):
        said = run("source", "forget", "gazette")
    assert said.err == (
        "Error: the text of source 'gazette': not found; 'factledger source list' tells of each\n"
    )
    assert GAZETTE
