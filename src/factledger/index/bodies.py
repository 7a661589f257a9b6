"""What the body of a record says to an index: the claim or declaration, its actors, its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from factledger.records.claims import MOST_ACTORS, SHAPES
from factledger.records.vocabulary import NEWEST, Key, Vocabulary, key_of, shipped

if TYPE_CHECKING:
    from factledger.records.codec import Body

CLAIM_KINDS = frozenset(SHAPES)
RETIRING = frozenset({"correct", "retract", "redact"})
DECLARED = frozenset({"source", "actor", "type"})

Pair: TypeAlias = tuple[str, str]
"""Two actors in alphabetical order; the second is empty for a claim of one actor alone."""


def content_of(body: Body | None) -> Body:
    """Return the claim or declaration that a body puts forward, also inside a correction.

    Of another record it is the body itself, of one that was erased an object of no kind.
    """
    if body is None:
        return {"kind": ""}
    content: Body = body["record"] if body["kind"] == "correct" else body
    return content


def vocabulary_of(header: Body) -> Vocabulary:
    """Return the shipped vocabulary that the first record of a ledger names.

    A number that no version has is refused where it is read or checked; here it is the newest.
    """
    version = header.get("vocabulary")
    known = type(version) is int and 1 <= version <= NEWEST
    return shipped(version if known else NEWEST)


def puts_claim(body: Body | None) -> bool:
    """Return whether a body puts a claim forward, of its own or in a correction."""
    return content_of(body)["kind"] in CLAIM_KINDS


def puts_declaration(body: Body | None) -> bool:
    """Return whether a body declares a source, an actor or a type, also in a correction."""
    return content_of(body)["kind"] in DECLARED


def identifiers(claim: Body) -> list[str]:
    """Return the actors that a claim's body names, each once, in order: who, and on whose behalf."""
    found: dict[str, None] = {}
    for participant in claim.get("participants", ()):
        found[participant["actor"]] = None
        if "of" in participant:
            found[participant["of"]] = None
    return list(found)


def ordered(one: str, other: str) -> Pair:
    """Return two actors in alphabetical order: a relationship has no direction."""
    return (one, other) if one <= other else (other, one)


def pairs_among(actors: list[str]) -> list[Pair]:
    """Return every two of some actors, each two in alphabetical order.

    Of more actors than a claim can name it is every two of the first: only a forged ledger has
    such a claim, and whoever asks for it is told.
    """
    if len(actors) == 2:
        return [ordered(*actors)]
    actors = actors[:MOST_ACTORS]
    return [ordered(one, other) for i, one in enumerate(actors) for other in actors[i + 1 :]]


def keys_of(
    claim: Body, vocabulary: Vocabulary, canonical: Callable[[str], str] = str
) -> tuple[Key, ...]:
    """Return the keys under which a claim's body counts: of its state, or of those it moves."""
    if claim["kind"] not in ("event", "state"):
        return ()
    states = vocabulary.keyed(claim["type"], claim.get("mode"))
    if not states:
        return ()
    who = [(p["role"], canonical(p["actor"])) for p in claim.get("participants", ())]
    return tuple(key_of(state, who) for state in states)
