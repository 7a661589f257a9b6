"""Where words are: the entries that hold them, newest first, and what these are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import attrs

from factledger.errors import FieldError
from factledger.index.search.terms import EntryTerms, facet_values
from factledger.index.search.wanted import Wanted, facet_term, words_in
from factledger.status.belief import Belief

MOST_WORDS = 20  # of one search
FOUND_AT_ONCE = 50  # entries, unless another number is asked for
COUNTED = 500  # entries, the newest, whose facets are counted
_READ = 2_000  # entries, at an earlier cut; older ones are passed over
_TOLD = 12  # values of a facet


@attrs.frozen
class SearchResult:
    """The entries that hold all words of a search, newest first, and how many there are.

    A `total` of 10,000 means that many or more.

    `numbers` are those from the `first` on. `facets` tell for `type`, `source`, `actor` and `year`
    which values are most frequent among the newest `COUNTED` of all, with how many entries.
    `beginnings` is true where no entry has the words, and these have words that begin so.
    """

    numbers: tuple[int, ...]
    total: int
    first: int = 0
    facets: dict[str, dict[str, int]] = attrs.field(factory=dict)
    beginnings: bool = False

    def __bool__(self) -> bool:
        return self.total > 0

    def __len__(self) -> int:
        return self.total


def search(
    belief: Belief,
    words: str,
    *,
    kind: str | None = None,
    type: str | None = None,
    source: str | None = None,
    actor: str | None = None,
    year: str | int | None = None,
    first: int = 0,
    most: int = FOUND_AT_ONCE,
) -> SearchResult:
    """Return the entries in which all words occur, and that are of the facets that are given.

    Where no entry has them as whole words, those with words that begin so are found. Case and
    accents do not count. Raises `FieldError` for more than `MOST_WORDS` words.
    """
    given = words_in(words)
    if len(given) > MOST_WORDS:
        told = f"wanted {MOST_WORDS} words at most, found {len(given)}; give fewer"
        raise FieldError("search", told)
    chosen = {"kind": kind, "type": type, "source": source, "actor": actor, "year": year}
    facets = tuple(
        facet_term(name, str(value)) for name, value in chosen.items() if value is not None
    )
    wanted = Wanted(tuple(given), facets)
    total, newest = _newest(belief, wanted)
    if not total and given:
        wanted = wanted._replace(beginnings=True)
        total, newest = _newest(belief, wanted)
    return SearchResult(
        numbers=tuple(_some(belief, wanted, newest, first, most)),
        total=total,
        first=first,
        facets=facets_counted(belief, newest),
        beginnings=wanted.beginnings and total > 0,
    )


def _newest(belief: Belief, wanted: Wanted) -> tuple[int, list[int]]:
    """Return how many entries hold what is wanted, and the newest of them.

    At an earlier cut each is read, for it may be found by a name that was given later.
    """
    cut, index = belief.recorded, belief.index
    if not _earlier(belief):
        total = index.found(wanted, cut)
        return total, index.find(wanted, cut, 0, COUNTED) if total else []
    terms = EntryTerms(index, cut)
    kept = [n for n in index.find(wanted, cut, 0, _READ) if wanted.fits(terms.of(n))]
    return len(kept), kept


def _earlier(belief: Belief) -> bool:
    return belief.recorded < belief.index.written


def _some(belief: Belief, wanted: Wanted, newest: list[int], first: int, most: int) -> list[int]:
    """Return those from the `first` on, out of the newest where they are among them."""
    if first + most <= len(newest) or len(newest) < COUNTED or _earlier(belief):
        return newest[first : first + most]
    return belief.index.find(wanted, belief.recorded, first, most)


def facets_counted(belief: Belief, numbers: Sequence[int]) -> dict[str, dict[str, int]]:
    """Return the most frequent values of each facet of some entries, with how many have it."""
    counts: dict[str, Counter[str]] = {}
    belief.index.look_ahead((), numbers)
    for body in map(belief.index.body, numbers):
        for facet, values in facet_values(body or {"kind": ""}).items():
            counts.setdefault(facet, Counter()).update(values)
    return {facet: dict(count.most_common(_TOLD)) for facet, count in counts.items()}
