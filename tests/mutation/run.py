"""Run the mutation tests: `python tests/mutation/run.py [MODULE…] [--jobs N] [--write]`.

It prints how many mutants of each module are noticed, which is that a test fails or never ends.
It exits 1 where fewer than 90 % are, or where one survives that `survivors.toml` does not list.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # where the package `mutation` is

from mutation.mutants import mutants
from mutation.page import HEAD, PAGE, Figures, with_figures, with_survivors
from mutation.survivors import Survivor, as_toml, listed, survivor
from mutation.trials import outcomes, untouched

ROOT = Path(__file__).resolve().parents[2]
WANTED = 0.9  # of the mutants of each module

# Of the modules in `status`: all of them decide how claims stand, which `_STANDING` shows.
_STANDING = (
    " docs/explanation/status.md status/things/things status/bearing status/inertia"
    " status/redactions status/enumeration_compared views/view status/timeline status/tracks/tracks status/tracks/changes views/views"
    " status/status ledger/ledger"
)
_THINGS = "status/things/alone status/things/things"
_OF_STATUS = {
    "bearing": "status/bearing",
    "belief": "status/belief status/registry",
    "effects/begun": "status/effects/begun status/effects/endings",
    "effects/enders": "status/effects/enders status/effects/endings",
    "effects/endings": "status/effects/endings status/effects/enders",
    "groups": "status/registry",
    "inertia": "status/inertia",
    "live/keys": "status/live/live status/belief",
    "live/live": "status/live/live",
    "live/readings": "status/live/live status/belief",
    "live/voices": "status/live/live status/belief",
    "merging": "status/neighbours",
    "neighbours": "status/neighbours",
    "redactions": "status/redactions",
    "registry": "status/registry checks/checks",
    "spans": "status/spans",
    "standings": "status/standings status/belief",
    "things/agreeing": f"status/things/dated {_THINGS}",
    "things/alone": _THINGS,
    "things/apart": f"status/things/dated {_THINGS}",
    "things/contests": f"status/things/contests {_THINGS}",
    "things/dated": f"status/things/dated {_THINGS}",
    "things/following": f"status/things/dated {_THINGS}",
    "contrary/measured": _THINGS,
    "contrary/tellings": f"status/contrary/contrary {_THINGS}",
    "contrary/opposed": f"status/things/dated {_THINGS}",
    "things/pieces": f"status/things/dated {_THINGS}",
    "things/rooms": f"status/things/dated {_THINGS}",
    "things/rows": f"status/things/dated {_THINGS}",
    "things/taken": f"status/things/taken {_THINGS}",
    "timeline": "status/timeline status/spans status/belief",
    "tracks/changes": "status/tracks/changes status/spans",
    "tracks/joint": "status/tracks/tracks status/spans status/belief",
    "tracks/own": f"status/tracks/tracks {_THINGS}",
    "tracks/track": "status/tracks/tracks status/tracks/changes",
    "uniting": "status/neighbours",
}

# The tests of each module, from the quickest to the longest: a mutant runs them up to the first
# that fails.
TESTS = {
    "dates/edtf": "dates/edtf_vectors dates/edtf dates/seasons dates/advice dates/queries"
    " dates/edtf_differential",
    "records/reading": "records/reading records/codec records/records checks/admission",
    "records/codec": "records/codec records/kinds",
    **{f"status/{module}": own + _STANDING for module, own in _OF_STATUS.items()},
    "views/view": "views/view ledger/ledger views/projections index/index ledgers views/views",
    "views/differences": "views/differences views/steps views/vintages",
}


def files_of(module: str) -> list[Path]:
    """Return the files of the tests of a module, in the order in which they are run."""
    return [_file_of(name) for name in dict.fromkeys(TESTS[module].split())]


def _file_of(name: str) -> Path:
    """Return a page of the documentation, or the file of tests that is meant."""
    path = ROOT / "tests" / name
    return ROOT / name if name.endswith(".md") else path.with_name(f"test_{path.name}.py")


def tried(module: str, jobs: int, every: int = 1) -> tuple[Figures, list[Survivor]]:
    """Return the figures of a module, and the mutants of it that survive.

    Of the mutants the first is tried, and of the others each that is `every` further on.
    """
    path = ROOT / "src" / "factledger" / f"{module}.py"
    tests = [str(path), *map(str, files_of(module))]
    usual = untouched(tests)
    if usual.code:
        sys.exit(f"run: the tests of {module} fail as it is: python -m pytest {' '.join(tests)}")
    found = list(mutants(path.read_text(encoding="utf-8"), str(path)))[::every]
    ended = dict(
        outcomes(
            f"factledger.{module.replace('/', '.')}", found, tests, 3 * usual.seconds + 5, jobs
        )
    )
    survived = [survivor(module, mutant) for mutant in found if ended[mutant] == "survived"]
    late = sum(outcome == "timed out" for outcome in ended.values())
    return Figures(module, len(found), late, len(survived)), survived


def told(figures: Figures, survived: Sequence[Survivor], whole: bool = True) -> bool:
    """Return whether a module is as it should be, and print what is not.

    Where not the `whole` of it was tried, what is listed may survive unseen.
    """
    known = {one.mutant for one in listed() if one.module == figures.module}
    new = [one for one in survived if one.mutant not in known]
    gone = known - {one.mutant for one in survived} if whole else set()
    print(figures.row, flush=True)
    if figures.noticed < WANTED:
        print(
            f"\n{figures.module}: fewer than {WANTED:.0%} are noticed; write the tests that are missing"
        )
    if new:
        print("\nNot in survivors.toml; write a test, or list them with the reason:\n")
        print("\n".join(map(as_toml, new)))
    for _, place, line, change in sorted(gone):
        print(f"\nListed, but noticed; take it out of survivors.toml: {place}: {line}: {change}")
    return figures.noticed >= WANTED and not new and not gone


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=", ".join(TESTS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at once")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only the Nth mutants")
    parser.add_argument("--write", action="store_true", help="into docs/explanation/mutation.md")
    asked = parser.parse_args()
    if unknown := set(asked.modules) - set(TESTS):
        parser.error(f"no such module: {', '.join(sorted(unknown))}; know {', '.join(TESTS)}")
    return asked


def main() -> int:
    """Run what the command line asks for."""
    asked, started = options(), time.monotonic()
    figures, good = [], True
    print(HEAD)
    for module in asked.modules or TESTS:
        found, survived = tried(module, asked.jobs, asked.every)
        figures.append(found)
        good = told(found, survived, asked.every == 1) and good
    if asked.write:
        page = with_figures(PAGE.read_text(encoding="utf-8"), figures)
        PAGE.write_text(with_survivors(page, listed()), encoding="utf-8")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = used.ru_utime + used.ru_stime
    print(
        f"\n{time.monotonic() - started:.0f} s, {asked.jobs} at once: {busy:.0f} s of a processor"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
