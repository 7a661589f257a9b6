"""Those who take part in a claim, worked out once for all claims that name the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from factledger.named import NamedTuple
from factledger.records.claims import MOST_ACTORS

if TYPE_CHECKING:
    from factledger.records.codec import Body

Pair: TypeAlias = tuple[str, str]
"""Two actors in alphabetical order; the second is empty for a claim of one actor alone."""

People: TypeAlias = tuple[tuple[str, str, str | None], ...]
"""Role, actor and on whose behalf, in the order of a claim."""

Roles: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Each role with the actors in it, both in alphabetical order."""


class Who(NamedTuple):
    """Those who take part in a claim.

    `named` are role and actor in the order of the claim; `actors` also those on whose behalf, each
    once; `pairs` every two of them; `roles` who takes part in which role.
    """

    named: tuple[tuple[str, str], ...]
    actors: tuple[str, ...]
    pairs: tuple[Pair, ...]
    roles: Roles


def who_of(claim: Body) -> Who:
    """Return those who take part in the claim of a body.

    >>> who_of({"participants": [{"role": "party", "actor": "UKR"}, {"role": "party", "actor": "JPN"}]}).pairs
    (('JPN', 'UKR'),)
    """
    return _who(named_in(claim.get("participants", ())))


def named_in(people: Iterable[Body]) -> People:
    """Return role, actor and on whose behalf of the participants of a body."""
    return tuple([(one["role"], one["actor"], one.get("of")) for one in people])


@lru_cache(maxsize=1 << 14)
def _who(people: People) -> Who:
    actors = tuple(dict.fromkeys(a for _, *two in people for a in two if a is not None))
    named = tuple((role, actor) for role, actor, _ in people)
    return Who(named, actors, tuple(pairs_among(actors)), roles_of(named))


def roles_of(named: Iterable[tuple[str, str]]) -> Roles:
    """Return each role with the actors in it, of role and actor in any order."""
    roles: dict[str, list[str]] = {}
    for role, actor in sorted(set(named)):
        roles.setdefault(role, []).append(actor)
    return tuple((role, tuple(actors)) for role, actors in roles.items())


def ordered(one: str, other: str) -> Pair:
    """Return two actors in alphabetical order: a relationship has no direction."""
    return (one, other) if one <= other else (other, one)


def pairs_among(actors: Sequence[str]) -> list[Pair]:
    """Return every two of some actors, each two in alphabetical order.

    Of more actors than a claim can name it is every two of the first: only a forged ledger has
    such a claim, and whoever asks for it is told.
    """
    actors = actors[:MOST_ACTORS]
    return [ordered(one, other) for i, one in enumerate(actors) for other in actors[i + 1 :]]
