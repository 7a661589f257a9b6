"""Help: one summary a verb, and examples that can be pasted."""

from __future__ import annotations

import json
import shlex
import shutil
import socket
import subprocess
from importlib import import_module
from pathlib import Path

import click
import pytest

from cli_page import cli_page, path_of_page
from cli_tools import GAZETTE, ROOT, inside, run
from factledger.cli.group import VERBS, Verb, module_of
from needed import program

DRAFT = """\
[[event]]
type = "CONSULT"
actor = "JPN"
recipient = "UKR"
when = "2024"
source = "article"
quote = "in Vienna"
"""
SOURCE = '[[source]]\nid = "article"\ntitle = "An article"\ntext = "article.txt"\n'


def verb_named(name: str) -> Verb:
    """Return a verb by its name."""
    module = module_of(name)
    found = getattr(import_module(f"factledger.cli.commands.{module}"), module)
    assert isinstance(found, Verb)
    return found


@pytest.mark.parametrize("name", VERBS)
def test_summary_is_the_first_line_of_the_help(name: str) -> None:
    """The list of verbs says of each what its own help begins with."""
    verb = verb_named(name)
    assert (verb.help or "").partition("\n")[0] == VERBS[name]
    assert verb.name == name


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_has_an_example(name: str) -> None:
    """Each verb shows at least one line to paste, and its help shows them unwrapped."""
    verb = verb_named(name)
    said = run(name, "-h").out
    assert verb.examples
    assert all(f"  {line}\n" in said for line in verb.examples)
    assert any(f"factledger {name}" in line for line in verb.examples)


EXAMPLES = [(name, line) for name in VERBS for line in verb_named(name).examples]


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_example_runs_as_it_stands(
    name: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the help shows can be pasted where a ledger, a draft and a text are."""
    monkeypatch.setattr("factledger.web.server.serve", lambda *_: None)  # it would go on for ever
    monkeypatch.setattr("factledger.web.server.listening", lambda *_: socket.socket())
    monkeypatch.setattr(click, "launch", lambda _: 0)
    with inside(tmp_path):
        if name not in ("init", "demo"):
            folder = tmp_path / "ledgers/japan-ukraine"
            shutil.copytree(ROOT / "ledgers/japan-ukraine", folder)
        if name == "demo" and "asof" in line:
            run("demo")
        if name == "merge-driver":
            subprocess.run([program("git", "git"), "init", "--quiet"], check=True)
        if name in ("copy", "reindex", "merge"):
            run("copy", "ledgers/japan-ukraine", "large.db")
        if name in ("add", "append", "draft", "source", "verify"):
            prepare_article(tmp_path, name)
        if name in ("checkpoint", "prove", "verify"):
            prepare_proofs(proved=name == "verify")
        if name in ("import", "scale"):
            shutil.copytree(ROOT / "tests/data/congress", tmp_path, dirs_exist_ok=True)
        said = run(*plain_words(line))
        assert (said.code, said.err) == (0, "")


def prepare_article(folder: Path, name: str) -> None:
    """Put an article and a draft of it where the examples expect them."""
    (folder / "article.txt").write_text(GAZETTE)
    selector = {"type": "TextQuoteSelector", "exact": "Vienna"}
    (folder / "marks.json").write_text(json.dumps([{"target": {"selector": selector}}]))
    (folder / "source.toml").write_text(SOURCE)
    (folder / "draft.toml").write_text(DRAFT)
    assert run("append", "source.toml").code == 0
    if name == "verify":
        assert run("append", "draft.toml", "--text", "article=article.txt").code == 0


def prepare_proofs(*, proved: bool) -> None:
    """Make a key, a checkpoint and a proof where the examples expect them."""
    Path("mine.pub").write_text(run("key", "mine.key").out)
    run("checkpoint", "--key", "mine.key", "-o", "old.checkpoint")
    if proved:
        run("prove", "29", "-o", "29.tlog-proof")


def plain_words(line: str) -> list[str]:
    """Return the arguments of a command line, without what the shell makes of their output."""
    inner = line.removeprefix('eval "$(').removesuffix(')"').partition(" > ")[0]
    return shlex.split(inner)[1:]


def test_help_lists_all_verbs_and_the_exit_codes() -> None:
    """`factledger --help` is the map: every verb with its summary, how a ledger is found, the codes."""
    said = " ".join(run("--help").out.split())
    assert all(f"{name} {summary}" in said for name, summary in VERBS.items())
    assert "Exit codes: 0 done, 1 the ledger says no, 2 the command was misused" in said


def test_no_verb_shows_the_help() -> None:
    """Without a verb the help is shown, as an answer to a misuse."""
    said = run()
    assert said.code == 2
    assert said.err.startswith("Usage: factledger")


def test_reference_page_is_made_from_the_help() -> None:
    """`docs/reference/cli.md` says what the commands say: `python tests/cli_page.py` writes it."""
    assert path_of_page().read_text(encoding="utf-8") == cli_page()


def test_unknown_verb_is_none() -> None:
    """The group has no verb of another name."""
    from factledger.cli.group import cli

    assert cli.get_command(click.Context(cli), "nothing") is None
