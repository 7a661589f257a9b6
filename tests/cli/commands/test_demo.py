"""`factledger demo`: the ledger that ships, to be tried."""

from __future__ import annotations

from pathlib import Path

from cli_tools import ROOT, inside, run


def test_demo_writes_the_ledger_that_ships(tmp_path: Path) -> None:
    """The demo is found by the next command, and git leaves its lines alone."""
    with inside(tmp_path):
        said = run("demo")
        assert said.out == (
            "wrote ledgers/japan-ukraine: 75 entries; next: factledger asof 2023-04-01\n"
        )
        assert "Fumio Kishida visited Ukraine" in run("asof", "2023-04-01").out
    folder = tmp_path / "ledgers/japan-ukraine"
    assert (folder / ".gitattributes").read_text() == "ledger.jsonl* -text merge=binary\n"


def test_demo_in_a_folder_of_choice_says_how_to_name_it(tmp_path: Path) -> None:
    """Elsewhere the next command has to say where."""
    with inside(tmp_path):
        assert run("demo", "try").out.endswith("next: factledger asof 2023-04-01 -l try\n")


def test_demo_that_cannot_be_written(tmp_path: Path) -> None:
    """Where the disk refuses, that is told."""
    (tmp_path / "file").write_text("")
    with inside(tmp_path):
        said = run("demo", "file/x")
    assert (said.code, said.err) == (
        1,
        "file/x/ledger.jsonl: cannot write: not a directory; nothing was written\n",
    )


def test_demo_is_the_ledger_of_the_article() -> None:
    """What ships is byte for byte the ledger that the project keeps."""
    shipped = ROOT / "src/factledger/demo/ledger.jsonl"
    assert shipped.read_bytes() == (ROOT / "ledgers/japan-ukraine/ledger.jsonl").read_bytes()
