"""Examples in the documentation: files that it shows, and commands with what they print."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
from sybil import Document, Example, Region
from sybil.parsers.markdown import CodeBlockParser

from loaded import folder

ROOT = Path(__file__).resolve().parent.parent
COPIED = {
    **{
        name: name
        for name in (
            "ledgers/japan-ukraine/ledger.jsonl",
            "ledgers/japan-ukraine/article.toml",
            "ledgers/three-voices/ledger.jsonl",
            "pyproject.toml",  # which of the ledgers is meant where none is named
            "ledgers/us-chiefs-of-mission/map.toml",
            "ledgers/us-chiefs-of-mission/chiefs_history.jsonl.xz",
        )
    },
    "terms.csv": "tests/data/congress/terms.csv",
}
ENVIRONMENT = {
    **{name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ},
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
    "COLUMNS": "100",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "FACTLEDGER_RECORDED_BY": "",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}
TODAY = datetime.now(UTC).date().isoformat()
VOLATILE = (r"\b[0-9-]{10}T[0-9:.]{8,15}Z", r"\b[0-9a-f]{16,64}\b")
FILE_BLOCK = re.compile(
    r"^<!-- file: (?P<name>\S+) -->\n+(?P<fence>`{3,})\w*\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


def enter_folder(namespace: dict[str, Any]) -> None:
    """Go to a new folder that holds copies of the ledgers and tables of examples, for one document."""
    namespace["_left"] = Path.cwd()
    namespace["_folder"] = folder = Path(tempfile.mkdtemp(prefix="factledger-docs-"))
    for name, origin in COPIED.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / origin, folder / name)
    os.chdir(folder)


def leave_folder(namespace: dict[str, Any]) -> None:
    """Go back, and remove the folder."""
    os.chdir(namespace["_left"])
    shutil.rmtree(namespace["_folder"])


def file_blocks(document: Document) -> Iterable[Region]:
    """Yield the blocks below `<!-- file: NAME -->`: each is written to that file."""
    for match in FILE_BLOCK.finditer(document.text):
        yield Region(match.start(), match.start("fence"), match, write_file)


def write_file(example: Example) -> None:
    """Write a block to the file that it names."""
    Path(example.parsed["name"]).write_text(example.parsed["text"], encoding="utf-8")


class ConsoleBlockParser(CodeBlockParser):
    """Run the lines of `console` blocks that begin with `$ `, and compare what they print.

    A command goes on over lines that end in a backslash. Its output, standard error included, is
    what follows up to the next command; `...` stands for anything, as in doctests. With
    FACTLEDGER_UPDATE_DOCS=1 the output shown is replaced by what is printed, where they differ.
    """

    language = "console"

    def evaluate(self, example: Example) -> str | None:
        """Return how a command's output differs from the one shown, None if it does not."""
        shown = str(example.parsed)
        examples = [Command(command, wanted) for command, wanted in commands(shown)]
        for each in examples:
            each.run()
        if os.environ.get("FACTLEDGER_UPDATE_DOCS") == "1":
            path = Path(example.path)
            text = path.read_text(encoding="utf-8")
            updated = "".join(each.updated() for each in examples)
            old, new = f"console\n{shown}```", f"console\n{updated}```"
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
            return None
        return "\n".join(each.difference() for each in examples if not each.agrees) or None


def commands(block: str) -> Iterable[tuple[str, str]]:
    """Yield each command of a block with the output that is shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        found = re.match(r"((?:.*\\\n)*.*)\n?", part)
        assert found is not None
        yield found[1], part[found.end() :]


@attrs.define
class Command:
    """A command line, the output shown, and what it printed when it was run."""

    line: str
    shown: str
    printed: str = ""
    code: int = 0

    def run(self) -> None:
        """Run the command in this folder; it is a fault of the page when the shell cannot."""
        done = subprocess.run(
            self.line,
            shell=True,
            env={**ENVIRONMENT, "PATH": f"{folder()}{os.pathsep}{ENVIRONMENT['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,  # under coverage, on a machine that is busy
        )
        self.printed, self.code = done.stdout.decode("utf-8"), done.returncode
        assert not self.printed.startswith("/bin/sh:"), f"$ {self.line}\n{self.printed}"

    @property
    def agrees(self) -> bool:
        """Return whether it printed what is shown."""
        return doctest.OutputChecker().check_output(self.shown, self.printed, doctest.ELLIPSIS)

    def difference(self) -> str:
        """Return how what it printed differs from what is shown."""
        wanted = doctest.Example("", self.shown)
        what = doctest.OutputChecker().output_difference(wanted, self.printed, doctest.ELLIPSIS)
        return f"$ {self.line}\n(exit code {self.code})\n{what}"

    def updated(self) -> str:
        """Return the example as it should be: what no second run prints again becomes `...`."""
        printed = self.shown if self.agrees else self.printed
        if printed == self.printed:
            for volatile in VOLATILE:
                printed = re.sub(volatile, "...", printed)
            printed = printed.replace(str(Path.cwd()), "...").replace(TODAY, "...")
        return f"$ {self.line}\n{printed}"
