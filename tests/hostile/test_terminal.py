"""Terminal escapes: whatever a ledger, a draft, a file or an argument holds, a terminal is safe."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cli_tools import Said, inside, run, small_ledger
from effort import LONG
from factledger import FactledgerError, Ledger, Problem, Refused
from factledger.cli.commands.show import entry_lines
from factledger.cli.commands.why import account_of
from factledger.cli.outcome import error_lines
from factledger.cli.progress import Progress
from factledger.cli.text.why import why_lines
from factledger.output.formats.entries import addressed_entry, entry_object
from factledger.text import show
from hostile_tools import ATTACKS, forged, hostile_texts, leaks, toml

COLOURED: dict[str, str | None] = {"FORCE_COLOR": "1"}
"""Else click takes out escapes that ought never to have come so far."""

CLAIMS = 500
IN_LEDGER = CLAIMS * 16
IN_DRAFTS, IN_ROWS, IN_ARGUMENTS, IN_ERRORS = 6000, 3000, 900, 2500


def test_twenty_thousand_texts_are_tried() -> None:
    """The tests of this file print at least 20,000 texts that hide or act."""
    assert IN_LEDGER + IN_DRAFTS + IN_ROWS + IN_ARGUMENTS + IN_ERRORS >= 20_000


def clean(said: Said, *, keep: str = "\n") -> Said:
    """Return what was said, once it is sure that nothing in it hides or acts."""
    assert leaks(said.out, keep=keep) == []
    assert leaks(said.err) == []
    return said


# --- from a ledger


def bodies() -> Iterator[dict[str, Any]]:
    """Yield a source, actors, a type and claims, and records about them, hostile in every text."""
    texts = iter(hostile_texts(IN_LEDGER * 2))
    yield {"kind": "source", "id": next(texts), "title": next(texts), "publisher": next(texts)}
    yield {"kind": "actor", "id": next(texts), "category": "country", "names": [next(texts)]}
    yield {
        "kind": "type",
        "id": "odd",
        "shape": "event",
        "sentence": "{actor} [is {value}]" + next(texts),
        "group": next(texts),
    }
    yield from (claim(number, texts) for number in range(CLAIMS))


def claim(number: int, texts: Iterator[str]) -> dict[str, Any]:
    """Return a claim or a word on one, with sixteen hostile texts or more taken."""
    citation = {"source": next(texts), "locator": next(texts), "quote": next(texts)}
    common = {"note": next(texts), "citations": [citation]}
    kinds: list[dict[str, Any]] = [
        {"kind": "corroborate", "target": 5, **common},
        {"kind": "dispute", "target": 5, **common},
        {"kind": "note", "text": next(texts), "label": next(texts), "citations": [citation]},
        {"kind": "retract", "target": max(6, number), "reason": next(texts)},
        {"kind": "withdraw", "source": next(texts), "reason": next(texts)},
        {"kind": "redact", "target": 5, "reason": next(texts), "authority": next(texts)},
    ]
    event = {
        "kind": ("event", "state")[number % 2],
        "type": "odd" if number % 3 else next(texts),
        "mode": next(texts),
        "label": next(texts),
        "value": next(texts),
        "text": next(texts),
        "participants": [
            {"role": "actor", "actor": next(texts), "of": next(texts), "as_said": next(texts)}
        ],
        "citations": [citation],
        "inferred": [{"field": "when", "reason": next(texts)}],
    }
    dated = {"when": "2020"} if number % 2 == 0 else {"since": "2020", "until": ".."}
    return kinds[number // 4 % 6] if number % 4 == 3 else {**event, **dated}


@lru_cache(maxsize=1)
def _forged(folder: Path) -> Path:
    return forged(folder, bodies(), erased={5, 9}).parent


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a ledger that is hostile in every text, with hashes that fit."""
    return _forged(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize(
    "words",
    [
        ("log",),
        ("log", "--limit", "3"),
        ("asof", "2021"),
        ("asof", "2021", "--all"),
        ("asof", "1900"),
        ("check",),
        ("verify",),
        ("verify", "--index"),
        ("timeline",),
        ("timeline", "--format", "csv"),
        ("timeline", "--format", "json"),
        ("report", "2021"),
        ("plot", "--format", "csv"),
        ("plot", "--series", "contacts", "--format", "csv"),
        ("prove", "5"),
        ("reindex",),
    ],
    ids=" ".join,
)
def test_nothing_of_a_ledger_acts_on_a_terminal(words: tuple[str, ...], hostile: Path) -> None:
    """What a ledger holds is printed with every character that hides or acts as an escape."""
    clean(run(*words, "-l", str(hostile), env=COLOURED))


@pytest.mark.parametrize("words", [("log",), ("asof", "2021", "--all")], ids=" ".join)
@pytest.mark.parametrize("form", ["tsv", "csv", "json", "jsonl"])
def test_no_format_acts_on_a_terminal(words: tuple[str, ...], form: str, hostile: Path) -> None:
    """The formats for programs carry no such character either; of JSON every value is kept."""
    said = clean(
        run(*words, "-l", str(hostile), "--format", form, env=COLOURED),
        keep="\t\n" if form == "tsv" else "\n",
    )
    if form == "json" and words == ("log",):
        found = json.loads(said.out)
        with Ledger.open(hostile) as ledger:
            assert found == [entry_object(entry) for entry in ledger.entries()]


def test_no_entry_acts_on_a_terminal_when_it_is_shown_or_explained(hostile: Path) -> None:
    """`show` and `why` print every entry with what hides or acts as an escape."""
    with Ledger.open(hostile) as ledger:
        for entry in ledger.entries():
            lines = [
                *entry_lines(addressed_entry(entry, ledger.index), "\x1bgone"),
                *map(show, why_lines(account_of(ledger, entry, "2021"))),
            ]
            assert leaks("\n".join(lines)) == []
    for number in range(1, 40, 1 if LONG else 4):
        for words in (["show"], ["show", "--format", "json"], ["why"], ["why", "--asof", "2021"]):
            clean(run(*words, str(number), "-l", str(hostile), env=COLOURED))


def test_a_wrapped_line_hides_nothing_either(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal, where lines are wrapped, nothing hides or acts either."""
    monkeypatch.setattr("factledger.cli.terminal.Layout.of_output", lambda: _narrow())
    for words in (("log",), ("asof", "2021", "--all"), ("why", "6")):
        clean(run(*words, "-l", str(hostile), env=COLOURED))


def _narrow() -> Any:
    from factledger.cli.terminal import Layout

    return Layout(40)


def test_an_export_in_csv_is_a_table_that_can_be_read(hostile: Path) -> None:
    """Whatever the cells hold, a CSV export has as many cells in each row as it has columns."""
    said = run("export", "--format", "csv", "-l", str(hostile))
    rows = list(csv.reader(io.StringIO(said.out), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == CLAIMS + 5


# --- from drafts, maps, rows


def tables(count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield tables of a draft, each with four hostile texts, none of which can be appended."""
    texts = iter(hostile_texts(count, seed=2))
    for number in range(count // 4):
        one, two, three, four = (next(texts) for _ in range(4))
        yield (
            ("actor", {"id": one, "category": two, "names": [three], "iso3166": four}),
            ("event", {"type": one, "mode": two, "when": three, "actor": four}),
            ("source", {"id": one, "title": two, "published": three, "language": four}),
            ("retract", {"target": one, "reason": two, three or "x": four}),
            ("close", {"target": one, "until": two, "note": three, "quote": four, "source": four}),
        )[number % 5]


@pytest.mark.parametrize("form", ["toml", "json"])
def test_nothing_of_a_draft_acts_on_a_terminal(form: str, tmp_path: Path) -> None:
    """What is wrong with a draft is told, a problem a line, with what hides or acts as an escape."""
    small_ledger(tmp_path).close()
    draft = tmp_path / f"draft.{form}"
    drawn = list(tables(IN_DRAFTS // 2))
    for start in range(0, len(drawn), 150):
        some = drawn[start : start + 150]
        text = toml(some) if form == "toml" else _json_lines(some)
        draft.write_text(text, encoding="utf-8")
        said = clean(run("append", str(draft), "-l", str(tmp_path)))
        assert said.code == 1
        assert said.out == ""
        assert said.err.startswith(str(draft))


def _json_lines(some: list[tuple[str, dict[str, Any]]]) -> str:
    return "\n".join(json.dumps({"kind": kind, **table}) for kind, table in some)


MAP = """
[ledger]
origin = "rows"
[[source]]
id = "s"
title = "S"
[[actor]]
id = "JPN"
category = "country"
names = ["Japan"]
iso3166 = "JPN"
[row]
key = "{key}"
[[row.actor]]
id = "{who}"
category = "person"
names = ["{name}"]
[row.claim]
kind = "event"
type = "CONSULT"
mode = "visit"
when = "{when}"
text = "{text}"
participants = [{ role = "actor", actor = "JPN" }, { role = "recipient", actor = "{who}" }]
"""


def test_nothing_of_a_row_acts_on_a_terminal(tmp_path: Path) -> None:
    """What is wrong with the rows of a file is told with what hides or acts as an escape."""
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    texts = hostile_texts(IN_ROWS, seed=3)
    with (tmp_path / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["key", "who", "name", "when", "text"])
        for at in range(0, len(texts), 5):
            fine = [f"k{at}", f"p{at}", "A name", "2020", "A text."]
            mixed = zip(texts[at : at + 5], fine, strict=True)
            writer.writerow(
                [bad if at // 5 % 5 == i or at % 2 else ok for i, (bad, ok) in enumerate(mixed)]
            )
    said = clean(
        run(
            "import",
            "--map",
            str(tmp_path / "map.toml"),
            str(tmp_path / "rows.csv"),
            "-l",
            str(tmp_path / "new"),
            "--dry-run",
            env={"FACTLEDGER_PROBLEMS": "all"},
        )
    )
    assert said.code == 1
    assert len(said.err.splitlines()) > 300


@pytest.mark.parametrize("text", ATTACKS, ids=ascii)
def test_nothing_of_a_map_acts_on_a_terminal(text: str, tmp_path: Path) -> None:
    """What is wrong with a map, or with the columns of a file, is told with escapes."""
    rows, path = tmp_path / "rows.csv", tmp_path / "map.toml"
    rows.write_text("key\n1\n", encoding="utf-8")
    for wrong in (
        toml([("row", {text: text})]),
        MAP.replace(
            '"{when}"', "[[1], " + toml([("x", {"y": text})]).split("= ", 1)[1].strip() + "]"
        ),
        MAP.replace("when =", toml([("x", {text: 1})]).split("\n", 1)[1].split(" =")[0] + " ="),
        MAP.replace("{when}", "{" + toml([("x", {"y": text})]).split('"')[3] + "}"),
        f"[input]\nformat = {toml([('x', {'y': text})]).split('= ', 1)[1]}",
    ):
        path.write_text(wrong, encoding="utf-8")
        said = clean(run("import", "-m", str(path), str(rows), "-l", str(tmp_path / "new")))
        assert said.code == 1


# --- from names of files and arguments


@pytest.mark.parametrize("text", ATTACKS, ids=ascii)
def test_no_name_of_a_file_acts_on_a_terminal(text: str, tmp_path: Path) -> None:
    """A file whose name hides or acts is named with escapes, whatever is said of it."""
    name = text.replace("/", "_").replace("\0", "_") or "_"
    folder = tmp_path / name
    with inside(tmp_path):
        clean(run("init", name))
        clean(run("demo", name))
        clean(run("init", f"{name}.db"))
        (tmp_path / f"{name}.toml").write_bytes(b"=")
        for words in (
            ("append", f"{name}.toml", "-l", name),
            ("append", f"{name}.toml.missing", "-l", name),
            ("import", "-m", f"{name}.toml", name),
            ("verify", "-l", name, "--text", name),
            ("verify", "-l", name, "--text", f"{name}={name}"),
            ("copy", name, f"{name}.db"),
            ("copy", name, f"{name}.copy"),
            ("copy", f"{name}.missing", name),
            ("reindex", "-l", f"{name}.db"),
            ("log", "-l", f"{name}.missing"),
            ("asof", "2020", "-l", f"{name}.toml"),
        ):
            clean(run(*words))
        clean(run("log", env={"FACTLEDGER": f"{name}.missing"}))
        (folder / "ledger.jsonl").write_bytes(b"{}\n")
        clean(run("log", "-l", name))
    with inside(folder):
        clean(run("log"))


def words_around(text: str) -> list[tuple[str, ...]]:
    """Return command lines in which a text stands at every place."""
    return [
        (text,),
        ("asof", text),
        ("asof", "2020", text),
        ("asof", "2020", "--between", text, "JPN"),
        ("asof", "2020", "--actor", text),
        ("asof", "2020", "--recorded", text),
        ("asof", "2020", "--published", text),
        ("asof", "2020", "--format", text),
        ("asof", "2020", f"--{text}"),
        ("log", "--limit", text),
        ("log", text),
        ("show", text),
        ("why", text),
        ("why", "9", "--asof", text),
        ("append", "draft.toml", "--expect", text),
        ("append", "draft.toml", "--wait", text),
        ("append", text),
        ("init", "x", "--origin", text),
        ("init", f"new/{text}", "--title", text),
        ("completion", text),
        ("verify", "--text", f"gazette={text}"),
        ("import", text, "--map", text),
    ]


@pytest.mark.parametrize("kept", ["jsonl", "sqlite"])
def test_no_argument_acts_on_a_terminal(kept: str, tmp_path: Path) -> None:
    """A command line that hides or acts is answered with escapes, in a line, and without a crash."""
    small_ledger(tmp_path).close()
    (tmp_path / "draft.toml").write_text(
        '[[note]]\ntext = "a"\nlocator = "b"\nsource = "gazette"\n'
    )
    if kept == "sqlite":
        run("copy", str(tmp_path), str(tmp_path / "small.db"))
    env = {"FACTLEDGER": str(tmp_path / "small.db") if kept == "sqlite" else str(tmp_path)}
    drawn = hostile_texts(60, seed=4, surrogates=True)
    texts = [
        t.replace("\ud800", "\udc80") for t in drawn if "\0" not in t
    ]  # as a system gives them
    with inside(tmp_path):
        for text in texts[: IN_ARGUMENTS // 2 // len(words_around("")) + 1]:
            for words in words_around(text):
                said = clean(run(*words, env={**COLOURED, **env}))
                assert len(said.err.splitlines()) <= 1 or "Usage" in said.err


# --- from errors and progress


@pytest.mark.parametrize(
    "make",
    [
        lambda text: Refused([Problem(text, text, text)]),
        lambda text: FactledgerError(text),
    ],
    ids=["problem", "error"],
)
def test_no_error_acts_on_a_terminal(
    make: Callable[[str], FactledgerError], capsys: pytest.CaptureFixture[str]
) -> None:
    """An error is told in one line whatever it holds."""
    from factledger.cli.outcome import outcome

    texts = hostile_texts(IN_ERRORS // 2, seed=5, surrogates=True)
    for text in texts:

        def fail(text: str = text) -> None:
            raise make(text)

        assert outcome(fail) == 1
    said = capsys.readouterr().err
    assert leaks(said) == []
    assert len(said.splitlines()) == len(texts)
    assert error_lines(make("x"))


def test_progress_writes_nothing_but_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar holds numbers and words of ours; its only escapes hide the cursor and show it again."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("factledger.cli.progress.sys", SimpleNamespace(stderr=terminal))
    monkeypatch.setattr("factledger.cli.progress.monotonic", iter(range(100)).__next__)
    monkeypatch.setenv("TERM", "xterm")
    with Progress("looked at rows", 10) as progress:
        progress.add(3)
    written = terminal.getvalue()
    assert "looked at rows" in written
    assert leaks(written.replace("\x1b[?25l", "").replace("\x1b[?25h", ""), keep="\r\n") == []
