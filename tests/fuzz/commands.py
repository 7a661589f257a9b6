"""Draw command lines and run them: `python tests/fuzz/commands.py [--commands N] [--jobs J] [--seed S]`.

Each example is a few command lines over the files of a sandbox, of every command with any of its
options, and any standard streams. No line may end otherwise than with exit code 0, 1 or 2, in words
and without a traceback; what a ledger held, and what was acknowledged, is there afterwards, and it
verifies. Exit code 1 where one does, with the lines that led to it; 3 where nobody can read the code.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))

import attrs  # noqa: E402
import click  # noqa: E402
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from factledger.cli.group import VERBS, cli  # noqa: E402
from factledger.web import server  # noqa: E402
from fuzz import sandbox  # noqa: E402

AT_ONCE = 1000  # examples of one child: what Hypothesis remembers grows with them
ALLOWED = {0, 1, 2}
READER_GONE = 141
_said_added = re.compile(r"^added (?:#\d+-)?#(\d+)$", re.MULTILINE)

DATES = (
    "2023-04-01", "2023", "2023-04", "2023-Q2", "today", "yesterday", "3 months ago", "2024-02-30", "..", "",
    "[2014,2022]", "2022/2024", "-0044", "9999", "0000", "10000", "2023-13", "999999999999 days ago", "1 year ago",
    "2023-04-01T12:00:00Z", "2021..2023", "2021-01-01..2023-01-01", "1..5", "5..1", "..5", "2..",
)  # fmt: skip
NUMBERS = (
    "0", "1", "2", "9", "10", "16", "19", "26", "27", "99", "-1", "+5", "1_0", "٥", "0.1", "1e9", "nan", "inf",
    "999999999999999", "9999999999999999", "9" * 400, "0x10", " 9", "#9", "#0", "#" + "9" * 30,
)  # fmt: skip
NAMES = (
    "JPN",
    "UKR",
    "RUS",
    "ito-aiko",
    "jpn-prime-minister",
    "Japan",
    "jpn",
    "nobody",
    "visit",
    "minister",
    "calls",
)
WORDS = (
    "", " ", "gazette", "letter", "x" * 3000, "\x1b[2J", "a\nb", "\u202e", "\udcff", "\x00", "=1+1", "%s", "{0}",
    "é", "日本", "--", "-", "-z", "--help", "-h", "--version", "--nonsense", "=", "json", "CONSULT", "a=b=c",
    "gazette=gazette.txt", "letter=noise", "=gazette.txt", "gazette=", "nobody=gazette.txt",
    "0" * 64, "f" * 64, "origin+00000000+AAAA", "SEAL+KEY+1+2", "127.0.0.1", "::1", "65536", "bash", "svg",
)  # fmt: skip
HOSTS = ("localhost", "127.0.0.1", "::1")
INPUTS = (
    b"",
    b"\n",
    b"\xff\x00",
    b'{"kind": "note"}',
    b"[[note]]\ntext = 'x'\n",
    b"id,who\n1,2\n",
    b"y\n",
    b"{" * 2000,
)
OUTPUTS = ("kept", "kept", "kept", "kept", "full", "closed", "gone")
ENVIRONMENT = {
    "FACTLEDGER": ("other.db", "hurt.jsonl", "", "not there", "folder", "\x1b"),
    "COLUMNS": ("1", "0", "-5", "x", "100000"),
    "FORCE_COLOR": ("1",), "NO_COLOR": ("1",), "TZ": ("Asia/Tokyo", "nonsense"),
}  # fmt: skip

TRUE = (
    "init new.jsonl --origin o", "init new.db", "append draft.toml", "append draft.json -l other.db",
    "append draft.toml draft.json --unproved --wait 0", "append -", "append draft.toml --expect #20",
    "append draft.toml --text gazette=gazette.txt --seal-key seal.key", "append draft.json --dry-run",
    "import -m map.toml rows.csv -l new.jsonl", "import -m map.toml rows.jsonl -l new.db",
    "import -m csv.toml - -l new.db --dry-run", "asof 2023-04-01", "asof 2024 --all -f json -l other.db",
    "asof 2023 --between JPN UKR --recorded 16 --published 2024-12", "asof today --actor JPN -f csv",
    "timeline --between JPN UKR --from 2020 --to 2025", "timeline --actor JPN -f json -l other.db",
    "plot --between JPN UKR -o new.svg", "plot --series contacts --per year -o new.svg", "plot --at 2023 -f json",
    "report 2024 -o new.md", "report 2024 --csl csl.json", "report 2023 --between JPN UKR --citations keys",
    "diff 2022 2024", "diff 2024 --recorded 12..18", "diff 2023 2024 --exit-code -f json -l other.db",
    "vintages 2023 --between JPN UKR", "vintages 2024 --post jpn-foreign-minister -f json", "log", "log -n 3 -f csv",
    "log -f jsonl -l other.db", "show 9", "show visit -f json", "show 16 -l other.db", "why 10 --asof 2023",
    "why 14 --asof 2023-06 --steps 3", "why 9 -l other.db", "serve --port 0", "site new", "site new -l other.db --from 2022 --to 2023",
    "redact 12 --reason r --authority a --yes --leave-traces", "redact 12 9 --reason r --authority a --yes -l other.db",
    "redact calls --reason r --authority a --yes", "check", "check -l other.db", "verify", "verify --index -l other.db",
    "verify --text gazette=gazette.txt", "verify --checkpoint new.checkpoint --key my.pub", "verify --proof entry.proof --checkpoint new.checkpoint",
    "verify --proof entry.proof --key my.pub", "checkpoint", "checkpoint --key my.key -o new.note",
    "checkpoint --key my.key --fork", "checkpoint -l other.db -o new.note", "prove 9 --checkpoint new.checkpoint",
    "prove --from old.checkpoint --checkpoint new.checkpoint -f json", "prove 3 --checkpoint new.checkpoint -o new.proof",
    "key new.key", "key --seal new.key", "key --public my.key", "export", "export -f jsonl -o new.out",
    "export -f parquet -o new.parquet", "export -f csv -l other.db", "copy . new.db", "copy other.db new.jsonl",
    "copy other.db new.db", "copy other.db new.db", "reindex -l other.db", "reindex", "demo new", "completion bash",
)  # fmt: skip
"""Command lines that are right, and are changed here and there."""

paths = st.sampled_from((*sandbox.LEDGERS, *sandbox.FILES))
texts = st.sampled_from((*DATES, *NUMBERS, *NAMES, *WORDS)) | st.text(max_size=8).filter(
    lambda text: "/" not in text and "~" not in text and ".." not in text
)


@attrs.frozen
class Line:
    """A command line, with what it reads and where it writes."""

    words: tuple[str, ...]
    given: bytes | None = b""  # None for an input that cannot be read
    output: str = "kept"
    errors: str = "kept"
    environment: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Ended:
    """How a command line ended."""

    code: object
    out: str
    err: str


# --- drawing --------------------------------------------------------------------------------------


def _values(parameter: click.Parameter) -> st.SearchStrategy[str]:
    """Return what fits a parameter, seven times out of eight, and else anything.

    Where a path belongs nothing is drawn but the names of the sandbox.
    """
    name, kind = parameter.name or "", parameter.type
    if name in ("address", "origin") and isinstance(kind, click.Path):
        return st.sampled_from(sandbox.LEDGERS) | paths
    if isinstance(kind, click.Path) or (name, parameter.opts[0]) in (
        ("path", "-m"),
        ("key_text", "--key"),
    ):
        return paths
    if name == "host":
        return st.sampled_from(HOSTS)
    fitting: st.SearchStrategy[str] = st.sampled_from((*DATES, *NUMBERS, *NAMES))
    if isinstance(kind, click.Choice):
        fitting = st.sampled_from([str(choice) for choice in kind.choices])
    elif name in ("date", "to", "since", "until", "at", "published", "first", "last"):
        fitting = st.sampled_from(DATES)
    elif name in ("between", "actor", "post"):
        fitting = st.sampled_from(NAMES)
    elif name in (
        "entry",
        "entries",
        "recorded",
        "number",
        "limit",
        "steps",
        "wait",
        "port",
        "expect",
    ):
        fitting = st.sampled_from((*NUMBERS, *NAMES))
    elif name == "texts":
        fitting = st.sampled_from(
            ("gazette=gazette.txt", "gazette.txt", "letter=noise", "gazette=rows.csv")
        )
    return st.one_of(*[fitting] * 7, texts)


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw a command line that is right, with up to two of its parts changed, or others added."""
    words = draw(st.sampled_from(TRUE)).split()
    command = cli.get_command(None, words[0])  # type: ignore[arg-type]
    assert command is not None
    parts = _parts(words[1:], command)
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2)))):
        parameter = draw(st.sampled_from(command.params))
        at = next((i for i, part in enumerate(parts) if part[0] in _marks(parameter)), len(parts))
        parts[at : at + 1] = [draw(_part(parameter))]
    return (words[0], *(word for part in parts for word in part))


def _marks(parameter: click.Parameter) -> tuple[str, ...]:
    """Return how a part begins that gives a parameter; an argument is begun by no mark."""
    return tuple(parameter.opts) if isinstance(parameter, click.Option) else ("",)


def _parts(words: Sequence[str], command: click.Command) -> list[tuple[str, ...]]:
    """Return words with each option beside its values, a bare argument behind an empty mark."""
    count = {
        mark: 0 if getattr(p, "is_flag", False) else p.nargs
        for p in command.params
        for mark in _marks(p)
    }
    parts: list[tuple[str, ...]] = []
    left = list(words)
    while left:
        taken = 1 + count.get(left[0], 0) if left[0] in count else 1
        parts.append(tuple(left[:taken]))
        del left[:taken]
    return parts


@st.composite
def _part(draw: st.DrawFn, parameter: click.Parameter) -> tuple[str, ...]:
    if isinstance(parameter, click.Argument):
        return (draw(_values(parameter)),)
    many = 0 if getattr(parameter, "is_flag", False) else parameter.nargs
    return (draw(st.sampled_from(parameter.opts)), *(draw(_values(parameter)) for _ in range(many)))


@st.composite
def words(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw a command with some of its options and arguments, in any order."""
    verb = draw(st.sampled_from(list(VERBS)))
    command = cli.get_command(None, verb)  # type: ignore[arg-type]
    assert command is not None
    parts: list[tuple[str, ...]] = []
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            most = 3 if parameter.nargs == -1 else 1
            count = draw(st.sampled_from((most, 1, 1, 1, 1, 1, 0)))
            parts += [draw(_part(parameter)) for _ in range(count)]
        elif draw(st.integers(0, 9)) < (6 if parameter.required else 2):
            parts.append(draw(_part(parameter)))
    if draw(st.integers(0, 15)) == 0:
        parts.append((draw(texts),))
    if draw(st.booleans()):
        parts = draw(st.permutations(parts))
    before = draw(st.sampled_from(((), (), (), ("-l", "other.db"), ("-l", "folder"))))
    return (*before, verb, *(word for part in parts for word in part))


def _lines() -> st.SearchStrategy[Line]:
    environment = st.lists(
        st.one_of(*(st.tuples(st.just(n), st.sampled_from(v)) for n, v in ENVIRONMENT.items())),
        max_size=1,
    ).map(tuple)
    return st.builds(
        Line,
        st.one_of(changed(), changed(), words()),
        st.sampled_from((b"", *INPUTS)) | st.none(),
        st.sampled_from(OUTPUTS),
        st.sampled_from(("kept", "kept", "kept", "full")),
        environment,
    )


# --- running --------------------------------------------------------------------------------------


def _stream(kind: str) -> io.TextIOWrapper:
    if kind == "full":
        return open("/dev/full", "w", encoding="utf-8")
    if kind == "closed":  # as `open_streams` opens it
        return os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if kind == "gone":
        reader, writer = os.pipe()
        os.close(reader)
        return os.fdopen(writer, "w", encoding="utf-8")
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _input(given: bytes | None) -> io.TextIOWrapper:
    if given is None:
        return os.fdopen(os.open(os.devnull, os.O_WRONLY), "r", encoding="utf-8")
    return io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")


def ended(line: Line) -> Ended:
    """Run a command line in this process."""
    kept = sys.stdin, sys.stdout, sys.stderr
    streams = _input(line.given), _stream(line.output), _stream(line.errors)
    before = dict(os.environ)
    os.environ.update({n: v for n, v in line.environment if "\0" not in v})
    code: object
    try:
        sys.stdin, sys.stdout, sys.stderr = streams
        with sandbox.patience():
            cli.main(line.words, "factledger")
        code = "no exit"
    except SystemExit as end:
        code = end.code
    except BaseException:
        code = f"raised\n{traceback.format_exc()}"
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept
        os.environ.clear()
        os.environ.update(before)
    said = [_said(stream) for stream in streams[1:]]
    return Ended(code, *said)


def _said(stream: io.TextIOWrapper) -> str:
    with suppress(OSError, ValueError):
        stream.flush()
        if isinstance(stream.buffer, io.BytesIO):
            return stream.buffer.getvalue().decode("utf-8", "replace")
    with suppress(OSError, ValueError):
        stream.close()
    return ""


class Sandbox:
    """The folder, what is kept of it, and the hashes that its ledgers had."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.kept = folder, kept
        self.before = sandbox.seen(folder)
        self.whole = {name: sandbox.hashes(folder / name) for name in sandbox.WHOLE}

    def judge(self, lines: Sequence[Line]) -> None:
        """Run lines one after the other from the start, and raise where a promise is broken."""
        sandbox.renewed(self.folder, self.kept, self.before)
        whole = dict(self.whole)
        for line in lines:
            stamps = sandbox.seen(self.folder)
            end = ended(line)
            self._judge_words(line, end)
            now = sandbox.seen(self.folder)
            for name in sandbox.WHOLE:
                if now.get(name) != stamps.get(name) or (name + "-journal") in now:
                    whole[name] = self._judge_ledger(name, whole[name])
            self._judge_added(line, end, whole)

    def _judge_words(self, line: Line, end: Ended) -> None:
        allowed = ALLOWED | ({READER_GONE} if line.output == "gone" else set())
        assert end.code in allowed, f"{line}\nended with {end.code}\n{end.err}"
        assert "Traceback" not in end.err, f"{line}\n{end.err}"
        if end.code == 0 or line.errors != "kept" or line.output != "kept":
            return
        assert end.err.strip() or end.out.strip(), f"{line}\nended with {end.code}, without a word"

    def _judge_ledger(self, name: str, before: list[str]) -> list[str]:
        after = sandbox.hashes(self.folder / name)
        assert after[: len(before)] == before, f"{name} lost entries: {after[-1:]}"
        return after

    def _judge_added(self, line: Line, end: Ended, whole: dict[str, list[str]]) -> None:
        found = _said_added.search(end.out) if end.code == 0 else None
        if found is None or "-l" in line.words or "--ledger" in line.words or line.environment:
            return
        last = int(found[1])
        assert last == len(whole["ledger.jsonl"]), f"{line}\nsaid {found[0]}, and it is not there"


def _nothing(*_: object, **__: object) -> None:
    """Neither serve for ever, nor open a browser."""


def tried(folder: Path, kept: Path, count: int, number: int) -> int:
    """Try so many examples in this process; return how many command lines they were."""
    server.serve, click.launch = _nothing, _nothing  # type: ignore[assignment]
    made, ran = Sandbox(folder, kept), 0

    @seed(number)
    @settings(
        max_examples=count, database=None, deadline=None, print_blob=False,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    @given(st.lists(_lines(), min_size=1, max_size=3))
    def judged(lines: list[Line]) -> None:
        nonlocal ran
        ran += len(lines)
        made.judge(lines)

    judged()
    return ran


def in_child(act: Callable[[], int]) -> tuple[int, int]:
    """Do it in a child that owns nothing but the sandbox; return its exit code and what it counted."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            sandbox.become_nobody()
            os.write(writer, b"%d" % act())
            code = 0
        except PermissionError:
            traceback.print_exc()
            code = 3
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        counted = int(told.read() or 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), counted


def shard(examples: int, number: int) -> tuple[int, int]:
    """Try examples in a sandbox of their own."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # where a sync costs little
    with tempfile.TemporaryDirectory(dir=memory, prefix="factledger-commands-") as name:
        above, started = Path(name), Path.cwd()
        folder, kept = above / "here", above / "kept"
        folder.mkdir()
        sandbox.lay(folder)
        shutil.copytree(folder, kept, symlinks=True, copy_function=shutil.copy2)
        (above / "tmp").mkdir()
        for path in (above, above / "tmp", kept, *kept.rglob("*")):
            if os.geteuid() == 0:
                os.chown(path, sandbox.NOBODY, sandbox.NOBODY, follow_symlinks=False)
        for one in ("TMPDIR", "HOME", "XDG_CACHE_HOME"):
            os.environ[one] = str(above / "tmp")
        os.environ["FACTLEDGER_TRACEBACK"] = "1"
        for one in ("FACTLEDGER", "NO_COLOR", "FORCE_COLOR"):
            os.environ.pop(one, None)
        tempfile.tempdir = None
        os.chdir(folder)
        try:
            return in_child(partial(tried, folder, kept, examples, number))
        finally:
            os.chdir(started)


def main(arguments: Sequence[str] | None = None) -> int:
    """Try as many command lines as are asked for, on all processors or on some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commands", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    given: Any = parser.parse_args(arguments)
    sandbox.load_all()
    start, ran, number, codes = time.monotonic(), 0, given.seed, {0}
    if given.jobs > 1:
        return _many(given)
    while ran < given.commands and codes == {0}:
        left = given.commands - ran
        code, count = shard(min(AT_ONCE, max(10, left // 2)), number)
        ran, number = ran + count, number + 1
        codes.add(code)
    seconds = time.monotonic() - start
    print(f"{ran:,} command lines in {seconds:,.0f} s ({ran / seconds:,.0f} a second)", flush=True)
    return max(codes)


def _many(given: Any) -> int:
    """Share the work among processes, each with seeds of its own."""
    import subprocess

    share = -(-given.commands // given.jobs)
    children = [
        subprocess.Popen(
            [sys.executable, __file__, "--commands", str(share), "--jobs", "1",
             "--seed", str(given.seed + 1_000_000 * job)]
        )
        for job in range(given.jobs)
    ]  # fmt: skip
    return max(child.wait() for child in children)


if __name__ == "__main__":
    sys.exit(main())
