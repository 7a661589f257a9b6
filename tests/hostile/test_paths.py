"""Paths, links, pipes and the environment: no file is read or written that nobody named."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from cli_tools import GAZETTE, inside, run, small_ledger
from factledger import Ledger, Refused, read_drafts
from factledger.cli.discovery import named_default
from factledger.errors import WriteRefused
from factledger.intake.documents import read_whole

SECRET = "The secret is written here. Nobody is to learn of it.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a ledger, beside a text that is none of its business."""
    small_ledger(tmp_path / "inside").close()
    (tmp_path / "secret.txt").write_text(SECRET)
    return tmp_path / "inside"


def source(name: str) -> str:
    """Return a draft that declares a source with a text, and quotes it."""
    return (
        f'[[source]]\nid = "s"\ntitle = "T"\ntext = {json.dumps(name)}\n'
        '[[note]]\ntext = "n"\nquote = "The secret"\nsource = "s"\n'
    )


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt", "{above}/secret.txt", "link.txt", "linked/secret.txt", "sub/../../secret.txt", "./../secret.txt",
        "a\0b", "\0", "pipe", "/dev/zero", "/dev/stdin", "/proc/self/environ", "loop", ".", "..", "", "~/secret.txt", "x" * 5000,
        "..\\secret.txt", "file:///etc/passwd", "C:\\secret.txt", "\ud800",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_draft_names_texts_beside_it_and_no_others(name: str, folder: Path) -> None:
    """Whoever wrote a draft does not say which other files of its reader are opened."""
    (folder / "sub").mkdir()
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "linked").symlink_to(folder.parent)
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe")
    draft = folder / "draft.json"
    tables = [
        {"kind": "source", "id": "s", "title": "T", "text": name.replace("{above}", str(folder.parent))},
        {"kind": "note", "text": "n", "citations": [{"source": "s", "quote": "The secret"}]},
    ]  # fmt: skip
    draft.write_text("\n".join(map(json.dumps, tables)))
    before = (folder / "ledger.jsonl").read_bytes()
    said = run("append", str(draft), "-l", str(folder))
    assert (said.code, said.out) == (1, "")
    assert len(said.err.splitlines()) == 1
    assert "Nobody is to learn" not in said.err
    assert (folder / "ledger.jsonl").read_bytes() == before


def test_a_text_beside_a_draft_is_read(folder: Path) -> None:
    """A text beside the draft, in a folder there or behind a link that stays there is read."""
    (folder / "sub").mkdir()
    (folder / "sub/text.txt").write_text(SECRET)
    (folder / "link.txt").symlink_to(folder / "sub/text.txt")
    for name in ("sub/text.txt", "link.txt", "./sub/text.txt"):
        (folder / "draft.toml").write_text(source(name))
        assert read_drafts(str(folder / "draft.toml"))[0].texts == {"s": SECRET}


def test_a_source_with_a_text_in_python_opens_no_file(folder: Path) -> None:
    """Only drafts in files name texts: a table given in Python is not followed."""
    with Ledger.open(folder) as ledger, pytest.raises(Refused, match="text"):
        ledger.append({"kind": "source", "id": "s", "title": "T", "text": "../secret.txt"})


def test_a_device_without_end_is_read_up_to_the_limit(folder: Path) -> None:
    """A file that is read whole has at most so many bytes; a device is no exception."""
    with pytest.raises(OSError, match="longer than 1,000 bytes"):
        read_whole(Path("/dev/zero"), 1000)
    (folder / "large").write_bytes(b"x" * 1001)
    with pytest.raises(OSError, match="longer than 1,000 bytes"):
        read_whole(folder / "large", 1000)
    assert read_whole(folder / "large", 1001) == b"x" * 1001
    with pytest.raises(OSError, match="no file can have such a name"):
        read_whole(Path("a\0b"))


@pytest.mark.parametrize("name", ["/dev/zero", "{folder}/holes"])
def test_a_text_without_end_is_refused(name: str, folder: Path) -> None:
    """A draft, a map or a text of more than 256 MiB is refused in a line."""
    with (folder / "holes").open("wb") as file:
        file.truncate(2**40)
    name = name.replace("{folder}", str(folder))
    for words in (
        ("append", name),
        ("verify", "--text", f"gazette={name}"),
        ("import", "-m", name, str(folder / "gazette.txt")),
    ):
        said = run(*words, "-l", str(folder))
        assert (said.code, said.out, len(said.err.splitlines())) == (1, "", 1)
        assert "longer than 268,435,456 bytes" in said.err


# --- links at what a ledger writes


def test_a_link_as_the_lock_is_refused(folder: Path) -> None:
    """A lock that is a link locks nothing, and what it leads to is not made."""
    for lock in (folder / "ledger.jsonl.lock", folder.parent / "x.db.lock"):
        lock.unlink(missing_ok=True)
    run("copy", str(folder), str(folder.parent / "x.db"))
    for address, lock in (
        (folder, folder / "ledger.jsonl.lock"),
        (folder.parent / "x.db", folder.parent / "x.db.lock"),
    ):
        lock.unlink(missing_ok=True)
        lock.symlink_to(folder.parent / "elsewhere")
        with Ledger.open(address) as ledger, pytest.raises(WriteRefused, match="symbolic link"):
            ledger.append(
                {"kind": "note", "text": "n", "citations": [{"source": "gazette", "locator": "l"}]}
            )
        lock.unlink()
    assert not (folder.parent / "elsewhere").exists()


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_something_else_as_the_lock_is_refused_or_serves(kind: str, folder: Path) -> None:
    """A folder as the lock is refused; nothing is waited for."""
    lock = folder / "ledger.jsonl.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir() if kind == "folder" else os.mkfifo(lock)
    (folder / "draft.toml").write_text('[[note]]\ntext = "n"\nlocator = "l"\nsource = "gazette"\n')
    said = run("append", str(folder / "draft.toml"), "-l", str(folder))
    assert said.code == (1 if kind == "folder" else 0)
    assert len(said.err.splitlines()) <= 1


def test_a_link_at_the_ledger_leads_to_one_ledger_with_one_lock(folder: Path) -> None:
    """Whatever links lead to it: the lock and what is set aside stand beside the file itself."""
    link = folder.parent / "link.jsonl"
    link.symlink_to(folder / "ledger.jsonl")
    with (folder / "ledger.jsonl").open("ab") as file:
        file.write(b'{"at":"2024')
    with Ledger.open(link) as ledger:
        ledger.append(
            {"kind": "note", "text": "n", "citations": [{"source": "gazette", "locator": "l"}]}
        )
    assert link.is_symlink()
    assert [
        p.name for p in folder.parent.iterdir() if p.name.startswith(("torn", "link.jsonl."))
    ] == []
    assert [p for p in folder.iterdir() if p.name.startswith("torn-")]


def test_what_is_set_aside_writes_through_no_link(folder: Path) -> None:
    """A link that waits under the name of a side file is taken away, and not written through."""
    tail = b'{"at":"2024'
    size = (folder / "ledger.jsonl").stat().st_size
    with (folder / "ledger.jsonl").open("ab") as file:
        file.write(tail)
    name = f"torn-{size}-{sha256(tail).hexdigest()[:16]}"
    for waiting in (name, f"{name}.part"):
        (folder / waiting).symlink_to(folder.parent / "secret.txt")
    with Ledger.open(folder) as ledger:
        ledger.append(
            {"kind": "note", "text": "n", "citations": [{"source": "gazette", "locator": "l"}]}
        )
    assert (folder.parent / "secret.txt").read_text() == SECRET
    assert not (folder / name).is_symlink()


def test_no_attributes_are_written_through_a_link(tmp_path: Path) -> None:
    """A `.gitattributes` that is a link, a pipe or no text is left alone, and ends nothing."""
    (tmp_path / "elsewhere").write_text("as it was")
    for name, make in (
        ("link", lambda path: path.symlink_to(tmp_path / "elsewhere")),
        ("dangling", lambda path: path.symlink_to(tmp_path / "nowhere")),
        ("pipe", os.mkfifo),
        ("folder", Path.mkdir),
        ("bytes", lambda path: path.write_bytes(b"\xff\xfe\n")),
    ):
        (tmp_path / name).mkdir()
        make(tmp_path / name / ".gitattributes")
        assert run("init", str(tmp_path / name)).code == 0
    assert (tmp_path / "elsewhere").read_text() == "as it was"
    assert not (tmp_path / "nowhere").exists()


def test_a_ledger_that_became_a_pipe_is_not_waited_for(folder: Path) -> None:
    """A pipe in the place of a ledger or of its project file is passed over."""
    (folder / "ledger.jsonl").unlink()
    os.mkfifo(folder / "ledger.jsonl")
    os.mkfifo(folder / "pyproject.toml")
    assert run("log", "-l", str(folder)).code == 1
    assert named_default(folder / "pyproject.toml") is None
    with inside(folder):
        assert run("log").code in (1, 2)


# --- the environment


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, "[tool.factledger]\nledger = " + "[" * 100_000, "[tool.factledger]\nledger = " + "9" * 5000,
        "[tool.factledger]\nledger = 5", "tool.factledger", "[tool.factledger]\nledger = '''\x1b[2J'''", "[tool.factledger]\nx = 1",
    ],
    ids=lambda text: ascii(text)[:40],
)  # fmt: skip
def test_a_project_file_of_others_ends_no_command(text: str, tmp_path: Path) -> None:
    """A `pyproject.toml` above, whatever it holds, names a ledger or none."""
    (tmp_path / "pyproject.toml").write_text(text)
    with inside(tmp_path):
        said = run("log")
    assert (said.code, said.out, len(said.err.splitlines())) == (2, "", 1)


@pytest.mark.parametrize(
    "value",
    [
        "/dev/zero", "/dev/null", "/proc/self/mem", "..", "/proc/", "x" * 5000, "file:x.db?mode=memory", ":memory:", "sqlite://x",
        "http://evil.example/ledger.jsonl", "-l", "--help", "$(reboot)", "\n", "\udcff", "x.db?mode=memory", "x%00.db",
    ],
    ids=ascii,
)  # fmt: skip
def test_the_environment_names_a_ledger_or_none(value: str, tmp_path: Path) -> None:
    """$FACTLEDGER is a path and nothing else: no address, no option, no command."""
    with inside(tmp_path):
        said = run("log", env={"FACTLEDGER": value})
        assert (said.code in (1, 2), said.out, len(said.err.splitlines())) == (True, "", 1)
        assert list(tmp_path.iterdir()) == []


def test_an_empty_ledger_in_memory_answers(tmp_path: Path) -> None:
    """`memory:` is a ledger without entries: it is told so."""
    for words in (
        ("log",),
        ("asof", "2020"),
        ("check",),
        ("verify",),
        ("export",),
        ("show", "1"),
        ("why", "1"),
    ):
        said = run(*words, "-l", "memory:")
        assert said.code in (0, 1)
        assert len(said.err.splitlines()) <= 1


@pytest.mark.parametrize(
    "env",
    [
        {"_FACTLEDGER_COMPLETE": "bash_complete"},
        {"_FACTLEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "factledger 'a", "COMP_CWORD": "x"},
        {"_FACTLEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "", "COMP_CWORD": "-5"},
        {"_FACTLEDGER_COMPLETE": "zsh_complete", "COMP_WORDS": "factledger \x1b[2J", "COMP_CWORD": "1"},
        {"_FACTLEDGER_COMPLETE": "fish_complete", "COMP_WORDS": "\n", "COMP_CWORD": ""},
        {"_FACTLEDGER_COMPLETE": "hostile"},
        {"_FACTLEDGER_COMPLETE": "bash_hostile"},
        {"COLUMNS": "hostile", "FORCE_COLOR": "\x1b", "TERM": "\x1b[2J"},
        {"COLUMNS": "-5", "TZ": "../../etc", "LC_ALL": "hostile"},
    ],
    ids=lambda env: " ".join(f"{k}={v!a}" for k, v in env.items()),
)  # fmt: skip
def test_the_environment_ends_no_command_with_a_traceback(
    env: dict[str, str | None], folder: Path
) -> None:
    """What a shell or anybody else sets may be nonsense."""
    said = run("log", "-l", str(folder), env=env)
    assert said.code in (0, 1, 2)
    assert "\x1b[2J" not in said.out + said.err


def test_damage_of_the_text_of_others_is_told_once(folder: Path) -> None:
    """What is read for a text is told by its name, not by what it holds."""
    (folder / "text.txt").write_bytes(GAZETTE.encode() + b"\xff")
    said = run("verify", "-l", str(folder), "--text", str(folder / "text.txt"))
    assert (
        said.err
        == f"{folder}/text.txt: source-text: the text {folder}/text.txt is not UTF-8; save it as UTF-8\n"
    )
