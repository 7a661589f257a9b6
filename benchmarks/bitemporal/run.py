"""Run the bitemporal benchmark: `python benchmarks/bitemporal/run.py [options] [contenders…]`.

The rivals are installed into `benchmarks/.venv`, made when it is missing; `--here` takes this
Python as it is, and skips who is not installed. `--write` puts the tables and the picture into
docs/explanation.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # where the package `bitemporal` is

from bitemporal.contenders import NAMES
from bitemporal.machine import machine
from bitemporal.picture import picture
from bitemporal.results import Results
from bitemporal.stages import Run, base, growth, huge, large
from bitemporal.table import tables

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / "benchmarks" / ".venv"
PAGE = ROOT / "docs" / "explanation" / "benchmarks.md"
PICTURE = PAGE.with_name("benchmarks.svg")
SLOW = ("minigraf",)  # only when it is named, and at a small size


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("contenders", nargs="*", metavar="contender", help=", ".join(NAMES))
    parser.add_argument("--claims", type=int, default=200_000, help="half and five times as well")
    parser.add_argument("--questions", type=int, default=1000, help="as drawn; a pair asked once")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median is shown")
    parser.add_argument("--ten-million", action="store_true", help="fifty times the claims, once")
    parser.add_argument("--here", action="store_true", help="with this Python as it is")
    parser.add_argument("--write", action="store_true", help="into docs/explanation")
    asked = parser.parse_args()
    if unknown := set(asked.contenders) - set(NAMES):
        parser.error(f"no such contender: {', '.join(sorted(unknown))}; know {', '.join(NAMES)}")
    return asked


def python_with_rivals() -> str:
    """Return the Python of the environment that has the rivals, made where it is not up to date."""
    python, stamp = VENV / "bin" / "python", VENV / "requirements.txt"
    pins = ROOT / "benchmarks" / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != pins.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "-e", str(ROOT)]
        subprocess.run([*install, "-r", str(pins)], check=True)
        shutil.copyfile(pins, stamp)
    return str(python)


def sizes_of(claims: int) -> dict[str, int]:
    """Return how many claims there are at each size."""
    return {
        "tiny": claims // 10,
        "small": claims // 2,
        "base": claims,
        "large": claims * 5,
        "huge": claims * 50,
    }


def written(text: str, results: Results) -> None:
    """Put the tables between the marks of the page, and the picture beside it."""
    page = PAGE.read_text(encoding="utf-8")
    marked = re.compile(r"(<!-- table -->\n).*?(\n<!-- end -->)", re.DOTALL)
    PAGE.write_text(marked.sub(lambda m: m[1] + text + m[2], page), encoding="utf-8")
    PICTURE.write_text(picture(results), encoding="utf-8")


def main() -> None:
    """Measure, print the tables, and write them if asked."""
    asked = options()
    python = sys.executable if asked.here else python_with_rivals()
    names = asked.contenders or [name for name in NAMES if name not in SLOW]
    results = Results(sizes_of(asked.claims))
    often = (
        f"{asked.rounds} round{'s' if asked.rounds > 1 else ''} of {asked.questions:,} questions"
    )
    facts = f"{machine(python, ROOT)} {often}, less those about a pair already drawn."
    with tempfile.TemporaryDirectory(dir=VENV.parent, prefix=".run-") as scratch:  # on a disk
        Path(scratch).chmod(0o755)  # the server of PostgreSQL runs as another user
        run = Run(python, Path(scratch), results, asked.questions, asked.rounds)
        stages = [base, growth, large, *([huge] if asked.ten_million else [])]
        for stage in stages:
            stage(run, names)
            if asked.write:  # after each, so that a long run loses nothing
                written(tables(results, facts), results)
    print(tables(results, facts))


if __name__ == "__main__":
    main()
