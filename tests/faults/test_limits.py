"""A machine that gives little: few open files, little memory, small files, folders that cannot be written."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli_tools import inside, run
from effort import LONG, some
from faults.machine import mounted, scratch
from faults.oracle import Broken
from faults.plan import STORES
from faults.test_killed_commands import NAMES, Act, killer, lay, lines_of

STEP = 2 if LONG else 43
COMMANDS = (
    "append draft.json -l LEDGER", "redact 13 --reason r --authority a --yes --leave-traces -l LEDGER",
    "copy LEDGER new.jsonl", "copy LEDGER new.db", "checkpoint --key my.key -l LEDGER", "reindex -l LEDGER",
    "import -m map.toml rows.csv -l new.jsonl", "import -m map.toml rows.csv -l new.db", "verify -l LEDGER",
    "site pages -l LEDGER", "export -f json -o new.json -l LEDGER", "asof 2024 -l LEDGER", "check -l LEDGER",
    "report 2024 -o new.md -l LEDGER", "plot -o new.svg -l LEDGER", "key new.key -l LEDGER", "init other.jsonl",
    "init other.db", "merge theirs.jsonl -l LEDGER", "merge-driver base.jsonl ours.jsonl theirs.jsonl",
    "prove 5 -o new.proof -l LEDGER", "checkpoint -o new.txt -l LEDGER", "bundle pages 5 -l LEDGER",
    "import -m map.toml bad.csv -l new.jsonl --reject new.csv",
    "source add gazette.txt --licence CC0-1.0 -l LEDGER", "scale seal LEDGER parts",
    "scale fold LEDGER parts -o new.lines", "scale fold LEDGER parts -o new.parquet", "scale verify LEDGER parts",
    "scale import new.jsonl parts rows.csv -m map.toml", "demo new", "export -o new.parquet -l LEDGER",
    "export -o new.arrow -l LEDGER", "export -o new.csv -l LEDGER", "plot -o new.png -l LEDGER",
    "draft marks.csv --source gazette --text gazette.txt -o new.toml -l LEDGER", "diff 2023 2024 -l LEDGER",
    "search visit -l LEDGER", "timeline -l LEDGER", "suggest -l LEDGER", "why 13 -l LEDGER",
)  # fmt: skip
LIMITS = (
    *(("NOFILE", most) for most in range(3, 17)),
    *(("FSIZE", most) for most in (0, 1, 100, 1_000, 5_000, 20_000, 50_000, 100_000, 200_000)),
    *(("AS", extra << 16) for extra in (0, 1, 2, 4, 8, 16, 32, 64, 128, 256)),
)
WHOLE = {
    *(f"new.{end}" for end in ["md", "svg", "png", "json", "key", "proof", "txt", "csv", "toml", "lines", "parquet", "arrow"]),
    "new/ledger.jsonl", "pages",
}  # fmt: skip
READING = ("asof", "verify", "check", "diff", "search", "timeline", "suggest", "why")


def tried() -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield commands and limits, every so many of all."""
    pairs = [(words, limit) for words in COMMANDS for limit in LIMITS]
    yield from pairs[::STEP]


def limit_everywhere(act: Act, above: Path, store: str) -> int:
    """Carry out commands under limits, and judge what they said and left; return how many."""
    start, folder = above / "start", above / "folder"
    lay_out(start, store)
    lines = list(tried())
    for line, (name, most) in lines:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(start, folder)
        words = [NAMES[store] if word == "LEDGER" else word for word in line.split()]
        code, _ = act(folder, None, words, **{name: most})
        what = f"{line} with {name} {most}"
        judge_said(what, code, (above / "said").read_text())
        judge_left(what, act, folder, start, code, store)
    return len(lines)


def lay_out(folder: Path, store: str) -> None:
    """Lay out a ledger, a key, rows and a draft."""
    lay(folder, store)
    body = '{"kind": "actor", "id": "X", "category": "group", "names": ["X"]}'
    (folder / "draft.json").write_text(body)
    (folder / "marks.csv").write_text("quote\nTwo envoys met in Vienna.\n")
    rows = (folder / "rows.csv").read_text()
    (folder / "bad.csv").write_text(f"{rows}x,never,2026-02-01T00:00:00Z\n")
    with inside(folder):
        assert run("export", "-o", "base.jsonl", "-l", NAMES[store]).code == 0
        for name in ("ours", "theirs"):
            shutil.copy("base.jsonl", f"{name}.jsonl")
            more = body.replace("X", name)
            assert run("append", "-", "-l", f"{name}.jsonl", stdin=more.encode()).code == 0


def judge_said(what: str, code: int, said: str) -> None:
    """Raise Broken unless a command ended well, or in one line that says what is wrong."""
    if code not in (0, 1, 2) or "Traceback" in said:
        raise Broken(f"{what} ended with {code}: {said}")
    lines = said.strip().splitlines()
    if code and len(lines) != 1:
        raise Broken(f"{what} ended with {code}, in {len(lines)} lines: {said}")


def judge_left(what: str, act: Act, folder: Path, start: Path, code: int, store: str) -> None:
    """Raise Broken unless the ledger is what it was, or whole and further, and nothing is half there."""
    before, after = (lines_of(where / NAMES[store]) for where in (start, folder))
    if [line[1] for line in after[: len(before)]] != [line[1] for line in before]:
        raise Broken(f"{what} took entries away")
    said = folder.with_name("said")
    if act(folder, None, ["verify", "-l", NAMES[store]])[0] and not (code and "redact" in what):
        raise Broken(f"{what} left what does not verify: {said.read_text()}")
    new = {
        str(path.relative_to(folder)) for path in folder.rglob("*")
        if not (start / path.relative_to(folder)).exists()
    }  # fmt: skip
    left = {name for name in new if name.endswith(".part") and not (folder / name).is_dir()}
    half = {name for name in new & WHOLE if code == 1}
    if left or half:
        raise Broken(f"{what} left {left | half} behind")


@pytest.mark.parametrize("store", STORES)
def test_limits(store: str, record_property: Callable[[str, object], None]) -> None:
    """Under any limit a command does its work or says in a line why not, and leaves nothing half written."""
    with scratch() as above, killer() as act:
        record_property("commands under limits", limit_everywhere(act, above, store))


@pytest.mark.parametrize("store", STORES)
def test_read_only_media(store: str, record_property: Callable[[str, object], None]) -> None:
    """Of a medium that cannot be written all is read, whoever asks, and a writer is told so."""
    with scratch() as above, killer() as act:
        start, folder = above / "start", above / "folder"
        lay_out(start, store)
        folder.mkdir()
        with mounted(folder, "--bind", str(start)):
            subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
            for line in some(COMMANDS, 2):
                words = [NAMES[store] if word == "LEDGER" else word for word in line.split()]
                code, _ = act(folder, None, words)
                said = (above / "said").read_text()
                judge_said(line, code, said)
                reads = words[0] in READING
                reads |= words[0] == "reindex" and store == "jsonl"  # there is none
                if reads != (code == 0):
                    raise Broken(f"{line} on a read-only medium ended with {code}: {said}")
        record_property("commands on read-only media", len(some(COMMANDS, 2)))
