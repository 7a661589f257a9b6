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
from pathlib import Path
from typing import Any

from sybil import Document, Example, Region
from sybil.parsers.markdown import CodeBlockParser

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("ledgers/japan-ukraine/ledger.jsonl", "ledgers/japan-ukraine/article.toml")
ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    "COLUMNS": "100",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}
FILE_BLOCK = re.compile(
    r"^<!-- file: (?P<name>\S+) -->\n+(?P<fence>`{3,})\w*\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


def enter_folder(namespace: dict[str, Any]) -> None:
    """Go to a new folder that holds a copy of the ledger of Japan and Ukraine, for one document."""
    namespace["_left"] = Path.cwd()
    namespace["_folder"] = folder = Path(tempfile.mkdtemp(prefix="factledger-docs-"))
    for name in COPIED:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
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
    what follows up to the next command; `...` stands for anything, as in doctests.
    """

    language = "console"

    def evaluate(self, example: Example) -> str | None:
        """Return how a command's output differs from the one shown, None if it does not."""
        faults = (difference(command, shown) for command, shown in commands(str(example.parsed)))
        return "\n".join(fault for fault in faults if fault) or None


def commands(block: str) -> Iterable[tuple[str, str]]:
    """Yield each command of a block with the output that is shown below it."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        found = re.match(r"((?:.*\\\n)*.*)\n?", part)
        assert found is not None
        yield found[1], part[found.end() :]


def difference(command: str, shown: str) -> str | None:
    """Run a command in this folder; return how its output differs, None if it does not."""
    done = subprocess.run(
        command,
        shell=True,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    printed = done.stdout.decode("utf-8")
    checker, wanted = doctest.OutputChecker(), doctest.Example("", shown)
    if checker.check_output(wanted.want, printed, doctest.ELLIPSIS):
        return None
    what = checker.output_difference(wanted, printed, doctest.ELLIPSIS)
    return f"$ {command}\n(exit code {done.returncode})\n{what}"
