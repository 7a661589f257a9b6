"""Files that are written: nothing that cannot be made again is written over."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cli_tools import DEMO, run
from factledger.cli.output_files import OutputFile, is_export, written_to

MADE_AGAIN = [
    ("export", "-o", "e.json"),
    ("export", "-o", "e.csv"),
    ("export", "-o", "e.md"),
    ("export", "-o", "e.parquet"),
    ("export", "-o", "e.arrow"),
    ("export", "-f", "timelinejs", "-o", "t.json"),
    ("plot", "-o", "p.svg"),
    ("plot", "-o", "p.png"),
    ("plot", "-o", "p.json"),
    ("plot", "-o", "p.csv"),
    ("plot", "--series", "contacts", "-o", "s.svg"),
    ("plot", "--series", "contacts", "-o", "s.json"),
    ("plot", "--series", "contacts", "-o", "s.csv"),
    ("report", "2023-04-01", "-o", "r.md"),
    ("report", "2023-04-01", "--csl", "c.json"),
]
KEPT = [
    ("export", "-o", "e.jsonl"),
    ("checkpoint", "-o", "c"),
    ("prove", "29", "-o", "p"),
    ("prove", "29", "-f", "json", "-o", "p.json"),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("words", MADE_AGAIN, ids=" ".join)
def test_an_export_is_made_again_where_it_is_forced(words: tuple[str, ...]) -> None:
    """An export is replaced by another with --force, and never without; it keeps its access."""
    if words[-1].endswith((".parquet", ".arrow")):
        pytest.importorskip("pyarrow")
    if words[-1].endswith(".png"):
        pytest.importorskip("resvg_py")
    asked, file = (*words, "-l", DEMO), Path(words[-1])
    assert run(*asked).code == 0
    data = file.read_bytes()
    again = run(*asked)
    assert again.code == 2
    assert f"{file} is there already; name another file, or replace it with --force" in again.err
    if file.suffix in (".csv", ".md", ".svg"):
        file.write_bytes(data[:-9])
    file.chmod(0o640)
    assert run(*asked, "--force").code == 0
    assert file.read_bytes() == data or file.suffix == ".arrow"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in Path().iterdir() if "part" in path.name] == []


@pytest.mark.parametrize("words", KEPT, ids=" ".join)
def test_what_may_be_the_only_one_is_not_replaced(words: tuple[str, ...]) -> None:
    """A ledger, a checkpoint and a proof stay, whatever is forced."""
    asked, file = (*words, "-l", DEMO), Path(words[-1])
    assert run(*asked).code == 0
    data = file.read_bytes()
    for more in ((), ("--force",)):
        said = run(*asked, *more)
        assert said.code == 2
        assert f"{file} is there already, and is no export that can be made again" in said.err
    assert file.read_bytes() == data


@pytest.mark.parametrize(
    "name", ["my.key", "my.key.signed", "mine.db", "ledger.jsonl.checkpoint", "draft.toml", "text.txt", "empty"]
)  # fmt: skip
@pytest.mark.parametrize("words", MADE_AGAIN[:2] + KEPT[:1], ids=" ".join)
def test_nothing_else_is_written_over(words: tuple[str, ...], name: str) -> None:
    """No option writes over a key, a ledger, a checkpoint, a draft, a text or an empty file."""
    run("key", "my.key", "-l", DEMO)
    run("copy", DEMO, "mine.db")
    run("checkpoint", "-o", "ledger.jsonl.checkpoint", "-l", DEMO)
    Path("draft.toml").write_text("[[event]]\n")
    Path("text.txt").write_text("# What stood on a day\n")
    Path("empty").touch()
    data = Path(name).read_bytes()
    for more in ((), ("--force",)):
        assert run(*words[:-1], name, "-l", DEMO, *more).code == 2
    assert Path(name).read_bytes() == data


def test_a_key_is_not_replaced_by_its_checkpoint() -> None:
    """Whatever is named as the output is looked at before anything is signed."""
    run("copy", DEMO, "mine")
    assert run("key", "my.key", "-o", "my.pub", "-l", "mine").out == ""
    assert Path("my.pub").read_text().startswith("japan-ukraine+")
    key = Path("my.key").read_bytes()
    said = run("checkpoint", "--key", "my.key", "-o", "my.key", "-l", "mine")
    assert said.code == 2
    assert Path("my.key").read_bytes() == key
    assert not Path("mine/ledger.jsonl.checkpoint").exists()


def test_a_key_is_not_made_where_its_public_half_has_no_place() -> None:
    """The file for the public key is looked at before the key is made."""
    Path("my.pub").write_text("another")
    assert run("key", "my.key", "-o", "my.pub", "-l", DEMO).code == 2
    assert not Path("my.key").exists()


def test_a_link_leads_to_what_is_written() -> None:
    """A link stays one: what it leads to is written, under the same rule."""
    Path("link.csv").symlink_to("real.csv")
    assert run("export", "-o", "link.csv", "-l", DEMO).code == 0
    assert Path("link.csv").is_symlink()
    assert run("export", "-o", "link.csv", "-l", DEMO).code == 2
    assert run("export", "-o", "link.csv", "--force", "-l", DEMO).code == 0
    assert Path("link.csv").is_symlink()
    assert is_export(Path("real.csv"))


def test_a_pipe_and_a_device_are_written_to() -> None:
    """What is no file is written to as it is."""
    assert run("export", "-f", "csv", "-o", os.devnull, "-l", DEMO).code == 0
    command = [sys.executable, "-m", "factledger", "export", "-f", "csv", "-o", "/dev/stdout"]
    done = subprocess.run([*command, "-l", DEMO], capture_output=True, check=True)
    assert done.stdout.startswith(b"entry,at,batch")


def test_a_disk_that_fails_leaves_the_file_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be written whole takes no name, and leaves what had it."""
    run("export", "-o", "e.csv", "-l", DEMO)
    before = Path("e.csv").read_bytes()

    def fail(fd: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)
    for name in ("e.csv", "new.csv"):
        said = run("export", "-o", name, "--force", "-l", DEMO)
        assert said.code == 1
        assert said.err.endswith("cannot write: no space left on device; nothing was written\n")
    assert Path("e.csv").read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["e.csv"]


def test_what_took_the_name_meanwhile_stays() -> None:
    """A file that was made while another was being written is not replaced by it."""
    import click

    with pytest.raises(click.UsageError, match="is there already"):  # noqa: SIM117
        with written_to(OutputFile(Path("x"))):
            Path("x").write_text("mine")
    assert Path("x").read_text() == "mine"


@pytest.mark.parametrize("meanwhile", [True, False])
def test_a_file_system_without_links_gets_the_file(
    meanwhile: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file has one name only, it is renamed, if the name is still free."""
    import click

    def link(part: Path, path: Path) -> None:
        if meanwhile:
            path.write_text("mine")
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", link)
    try:
        with written_to(OutputFile(Path("x"))):
            sys.stdout.write("written\n")
    except click.UsageError:
        assert meanwhile
    assert Path("x").read_text() == ("mine" if meanwhile else "written\n")
    assert [path.name for path in Path().iterdir()] == ["x"]


def test_a_new_file_has_the_access_that_new_files_have() -> None:
    """What may read a new file is what the process gives to new files."""
    before = os.umask(0o027)
    try:
        with written_to(OutputFile(Path("x"))):
            sys.stdout.write("written\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path("x").stat().st_mode) == 0o640
