"""Command lines drawn by lot: every command with any of its options, files and standard streams."""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import attrs
import click

from factledger.cli.group import VERBS, cli
from fuzz import sandbox

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
    "", " ", "gazette", "letter", "x" * 3000, "\x1b[2J", "a\nb", "\u202e", "\udcff", "=1+1", "%s", "{0}",
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
    "copy other.db new.db", "reindex -l other.db", "reindex", "demo new", "completion bash",
    "disputes", "disputes --between JPN UKR --asof 2023 -f json", "disputes --asof 2024 -l other.db", "suggest -n 3",
    "suggest --between JPN UKR -f json -l other.db", "asof 2023 --contested --actor JPN", "asof 2024 --post jpn-foreign-minister",
    "why 9 --format json --asof 2023", "log -n 3 -f tsv -l other.db", "verify --seal-key seal.key --text gazette=gazette.txt",
    "postgres setup nowhere", "export -f markdown -o new.md",
)  # fmt: skip
"""Command lines that are right, and are changed here and there."""

PIECES = (
    b"", b"\x00", b"\xff\xfe", b"\n", b"\r\n", b'"', b"'", b"{", b"}", b"[[", b"]]", b"=", b",", b"\t", b"\\",
    b"-1", b"1e999", b"9" * 400, b"null", b"true", b"NaN", b"[" * 200, b"{" * 200, b"\xe2\x80\xae", b"a.b.c.",
    b'"""', b"{who}", b"{id!r}", b"2023-02-30", b"[2014,2022]", b"..", b"\x1b[2J", b"9999999-01", b" ", b"x" * 2000,
)  # fmt: skip
_ASCII = "".join(sorted(set(string.printable) - set("/~.")))  # no path leads elsewhere
# No argument can hold a zero byte.
_LETTERS = "é日\u0301\u202e\u200b\u00ad\ufeff\uffff\U0001f600\udc80\udcff\x01\x85\u2028٣²ǅß"

PATHS = (*sandbox.LEDGERS, *sandbox.FILES)
TEXTS = (*DATES, *NUMBERS, *NAMES, *WORDS)
FITTING = {
    **dict.fromkeys(("date", "to", "since", "until", "at", "published", "first", "last"), DATES),
    **dict.fromkeys(("between", "actor", "post"), NAMES),
    **dict.fromkeys(
        ("entry", "entries", "recorded", "number", "limit", "steps"), (*NUMBERS, *NAMES)
    ),
    **dict.fromkeys(("wait", "port", "expect"), NUMBERS),
    "texts": ("gazette=gazette.txt", "gazette.txt", "letter=noise", "gazette=rows.csv"),
    "host": HOSTS,
}
"""What is drawn for a parameter of a name, seven times out of eight."""
RARE = {"site": 40, "plot": 4, "redact": 3, "reindex": 3, "serve": 3, "suggest": 3}
"""Commands of which, for the time that they take, one in so many is kept."""


@attrs.frozen
class Line:
    """A command line, with what it reads and where it writes."""

    words: tuple[str, ...]
    given: bytes | None = b""  # None for an input that cannot be read
    output: str = "kept"
    errors: str = "kept"
    environment: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Change:
    """Other bytes in a file of the sandbox, before the command lines."""

    name: str
    held: bytes


def drawn_line(random: Random) -> Line:
    """Draw a command line, its standard streams, and seldom a variable of the environment."""
    words = drawn_words(random) if random.randrange(3) == 0 else changed_words(random)
    environment: tuple[tuple[str, str], ...] = ()
    if random.randrange(6) == 0:
        name = random.choice(list(ENVIRONMENT))
        environment = ((name, random.choice(ENVIRONMENT[name])),)
    return Line(
        words,
        random.choice((b"", *INPUTS, None)),
        random.choice(OUTPUTS),
        random.choice(("kept", "kept", "kept", "full")),
        environment,
    )


def drawn_words(random: Random) -> tuple[str, ...]:
    """Draw a command with some of its options and arguments, in any order."""
    verb = _kept_verb(random, lambda: random.choice(list(VERBS)))
    parts: list[tuple[str, ...]] = []
    for parameter in _command(verb).params:
        if isinstance(parameter, click.Argument):
            most = 3 if parameter.nargs == -1 else 1
            count = random.choice((most, 1, 1, 1, 1, 1, 0))
            parts += [_part(random, parameter) for _ in range(count)]
        elif random.randrange(10) < (6 if parameter.required else 2):
            parts.append(_part(random, parameter))
    if random.randrange(16) == 0:
        parts.append((_text(random),))
    if random.randrange(2):
        random.shuffle(parts)
    before = random.choice(((), (), (), ("-l", "other.db"), ("-l", "folder")))
    return (*before, verb, *(word for part in parts for word in part))


def changed_words(random: Random) -> tuple[str, ...]:
    """Draw a command line that is right, with up to two of its parts changed, or others added."""
    line = _kept_verb(random, lambda: random.choice(TRUE))
    verb, *words = line.split()
    command = _command(verb)
    parts = _parts(words, command)
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        parameter = random.choice(command.params)
        at = next((i for i, part in enumerate(parts) if part[0] in _marks(parameter)), len(parts))
        parts[at : at + 1] = [_part(random, parameter)]
    return (verb, *(word for part in parts for word in part))


def drawn_change(random: Random, folder: Path) -> Change:
    """Draw a file that need not stay whole, cut, doubled, or with other bytes in it."""
    name = random.choice(sandbox.CHANGED)
    held = bytearray((folder / name).read_bytes())
    for _ in range(random.choice((1, 1, 2, 5))):
        first, last = sorted(random.randrange(len(held) + 1) for _ in "ab")
        last = min(last, first + random.choice((0, 1, 8, 400)))
        held[first:last] = random.choice(PIECES) or held[first:last] * 3
        if random.randrange(8) == 0:
            del held[first:]
    return Change(name, bytes(held))


def _kept_verb(random: Random, draw: Callable[[], str]) -> str:
    while True:
        words = draw()
        if random.randrange(RARE.get(words.split()[0], 1)) == 0:
            return words


def _command(verb: str) -> click.Command:
    command = cli.get_command(None, verb)  # type: ignore[arg-type]
    assert command is not None
    return command


def _value(random: Random, parameter: click.Parameter) -> str:
    """Draw what fits a parameter, seven times out of eight, and else anything.

    Where a path belongs nothing is drawn but the names of the sandbox.
    """
    name, kind = parameter.name or "", parameter.type
    if name in ("address", "origin") and isinstance(kind, click.Path):
        return random.choice(sandbox.LEDGERS if random.randrange(2) else PATHS)
    read_as_path = (name, parameter.opts[0]) in (("path", "-m"), ("key_text", "--key"))
    if isinstance(kind, click.Path) or read_as_path:
        return random.choice(PATHS)
    if name != "host" and random.randrange(8) == 0:
        return _text(random)
    if isinstance(kind, click.Choice):
        return str(random.choice(list(kind.choices)))
    return random.choice(FITTING.get(name, (*DATES, *NUMBERS, *NAMES)))


def _text(random: Random) -> str:
    if random.randrange(2):
        return random.choice(TEXTS)
    letters = random.choice((_ASCII, _LETTERS))
    return "".join(random.choice(letters) for _ in range(random.randrange(9)))


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


def _part(random: Random, parameter: click.Parameter) -> tuple[str, ...]:
    if isinstance(parameter, click.Argument):
        return (_value(random, parameter),)
    many = 0 if getattr(parameter, "is_flag", False) else parameter.nargs
    return (random.choice(parameter.opts), *(_value(random, parameter) for _ in range(many)))
