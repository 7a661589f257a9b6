"""Fuzz the readers, guided by coverage: `python tests/fuzz/run.py [--inputs N] [TARGET…]`.

It needs `pip install -e '.[dev,fuzz]'`. Each target runs in a process of its own, from its seeds
and findings; what breaks a promise, or takes more than ten seconds, is written to the findings and
tried again by every test run. Exit code 1 where there is any.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
TARGETS = ("lines", "dates", "drafts", "notes", "proofs")
LONGEST = 3000  # bytes of an input, more than the longest seed has
PATIENCE = 10  # seconds for one input
_covered = re.compile(r"^#(\d+)\s+(\w+)\s+cov: (\d+)", re.MULTILINE)


class Outcome(NamedTuple):
    """What came of fuzzing a target: how many inputs, how long, places reached, what broke."""

    target: str
    inputs: int
    seconds: float
    before: int
    after: int
    broken: int

    def __str__(self) -> str:
        rate = f"{self.inputs / self.seconds:,.0f} a second"
        return (
            f"{self.target:<8} {self.inputs:>9,} inputs in {self.seconds:>4.0f} s ({rate}), "
            f"coverage {self.before} to {self.after}, {self.broken} broken"
        )


def fuzzed(target: str, inputs: int, seed: int) -> Outcome:
    """Fuzz one target in a process of its own, and keep what broke it."""
    findings = HERE / "findings" / target
    findings.mkdir(parents=True, exist_ok=True)
    known = set(findings.iterdir())
    with TemporaryDirectory(prefix="factledger-fuzz-") as folder:
        start = time.monotonic()
        done = subprocess.run(
            [
                sys.executable, str(HERE / "run.py"), "--one", target,
                f"-runs={inputs}", f"-seed={seed}", f"-timeout={PATIENCE}", f"-max_len={LONGEST}",
                f"-artifact_prefix={findings}/", folder, str(HERE / "seeds" / target), str(findings),
            ],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
        )  # fmt: skip
        seconds = time.monotonic() - start
    new = set(findings.iterdir()) - known
    if done.returncode and not new:
        raise SystemExit(f"{target}: the fuzzer itself failed\n{done.stdout[-3000:]}")
    if new:
        print(done.stdout[-3000:], file=sys.stderr)
    met = _covered.findall(done.stdout)
    loaded = next((int(c) for _, what, c in met if what == "INITED"), 0)
    counted = max((int(n) for n, *_ in met), default=0)
    return Outcome(target, counted, seconds, loaded, int(met[-1][2]) if met else 0, len(new))


def fuzz(target: str, arguments: list[str]) -> None:
    """Fuzz one target in this process, with arguments of libFuzzer."""
    import atheris

    sys.path.insert(0, str(HERE.parent))
    with atheris.instrument_imports(
        include=["factledger", "tomllib"], enable_loader_override=False
    ):
        found = import_module(f"fuzz.targets.{target}")
    atheris.Setup([sys.argv[0], *arguments], found.one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz the targets that are named, or all, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[[], *TARGETS], metavar="TARGET")
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    given = parser.parse_args()
    with ThreadPoolExecutor(given.jobs) as pool:
        asked = [pool.submit(fuzzed, t, given.inputs, given.seed) for t in given.targets or TARGETS]
        outcomes = []
        for one in asked:
            outcomes.append(one.result())
            print(outcomes[-1], flush=True)
    sys.exit(any(outcome.broken for outcome in outcomes))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], sys.argv[3:])
    else:
        main()
