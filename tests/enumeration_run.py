"""Compare factledger with the judge on many small ledgers: `python tests/enumeration_run.py --ledgers 50000`.

Prints the least ledger of each difference, as lines and what both say, and ends with the counts;
exit code 1 if there is a difference. `--draft` adds each as a draft, to be tried by hand.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from enumeration_search import THEMES, Tried, Wish, least, tried


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare as many ledgers as asked for, and say what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ledgers", type=int, default=1000, help="how many, 1000 if not said")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--shown", type=int, default=20, help="how many differences to print")
    parser.add_argument("--theme", choices=THEMES, help="what the claims are of")
    parser.add_argument("--plain", action="store_true", help="claims alone, no words about them")
    parser.add_argument("--sqlite", action="store_true", help="ask the index in a SQLite file")
    parser.add_argument("--draft", action="store_true", help="print each as a draft as well")
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args(arguments)
    seeds = range(asked.first, asked.first + asked.ledgers)
    ask = partial(tried, wish=Wish(asked.theme, not asked.plain, asked.sqlite))
    if asked.processes > 1:
        with ProcessPoolExecutor(asked.processes) as pool:
            found = list(pool.map(ask, seeds, chunksize=50))
    else:
        found = [ask(seed) for seed in seeds]
    return report(dict(zip(seeds, found, strict=True)), asked.shown, asked.draft)


def report(found: dict[int, Tried], shown: int, drafts: bool) -> int:
    """Print the differences, the least ledger of each, and the counts."""
    differing = {seed: one.difference for seed, one in found.items() if one.difference}
    told: set[str] = set()
    for seed, difference in differing.items():
        if len(told) < shown and (text := str(less := least(difference))) not in told:
            told.add(text)
            print(f"--- seed {seed}\n{text}\n", *([less.draft, ""] if drafts else []), sep="\n")
    cuts = sum(one.cuts for one in found.values())
    unclear = sum(one.unclear for one in found.values())
    over = sum(one.overstated for one in differing.values())
    print(
        f"{len(found)} ledgers at {cuts} cuts: {len(differing)} differ, {over} of them in a day that "
        f"is definite and should not be; {unclear} cuts are not clear"
    )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
