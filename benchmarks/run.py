"""Run every benchmark and print one table: `python benchmarks/run.py`, from the project's folder.

Each row is a ratio to a rival or a floor of the same run. `--write` puts the table into
docs/explanation/speed.md.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import edtf_parse
import log
import startup
import views
from measure import Row

PAGE = Path("docs/explanation/speed.md")
HEAD = "| what | factledger | rival or floor, same run | ratio | wanted | met |\n| --- | --- | --- | --- | --- | --- |"


def parsing() -> Iterator[Row]:
    """Yield the parse of plain dates, uncached, against the library `edtf`."""
    texts = edtf_parse.TEXTS["plain dates"]
    ours = edtf_parse.microseconds(edtf_parse.by_factledger, texts, 1000)
    theirs = edtf_parse.microseconds(edtf_parse.by_edtf, texts, 5)
    yield Row("parse a plain date", ours, "`edtf`", theirs, "µs", "≤ 0.02", ours <= theirs / 50)


def table() -> str:
    """Return the table of all benchmarks, with the machine below."""
    rows = [*startup.rows(), *parsing(), *log.rows(), *views.rows()]
    machine = f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}"
    return "\n".join([HEAD, *map(str, rows), "", f"Measured with {machine}."])


def main() -> None:
    """Print the table, and write it into the page if asked."""
    found = table()
    print(found)
    if "--write" in sys.argv:
        text = PAGE.read_text(encoding="utf-8")
        marked = re.compile(r"(<!-- table -->\n).*?(\n<!-- end -->)", re.DOTALL)
        PAGE.write_text(marked.sub(lambda m: m[1] + found + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
