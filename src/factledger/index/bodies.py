"""From the body of a record to the lists of an index on which its entry stands, and under which key.

A pure reading: the same body gives the same postings, whatever keeps them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeAlias

from factledger.records.claims import SHAPES
from factledger.records.vocabulary import Key, Vocabulary, key_of

if TYPE_CHECKING:
    from factledger.records.codec import Body

CLAIM_KINDS = frozenset(SHAPES)
RETIRING = frozenset({"correct", "retract", "redact"})
DECLARED = frozenset({"source", "actor", "type"})
_TARGETING = frozenset({"correct", "close", "retract", "corroborate", "dispute", "redact"})

Posting: TypeAlias = tuple[str, Hashable]
"""A list of an index and the key under which an entry stands on it."""

Pair: TypeAlias = tuple[str, str]
"""Two actors in alphabetical order; the second is empty for a claim of one actor alone."""

CLAIM_LIST, TYPE_LIST, IDENTITY_LIST, ERASURE_LIST = ("claims", ""), ("types", ""), ("identities", ""), ("erasures", "")  # fmt: skip
EARLY_LIST = ("early", "")


def content_of(body: Body | None) -> Body:
    """Return the claim or declaration that a body puts forward, also inside a correction.

    Of another record it is the body itself, of one that was erased an object of no kind.
    """
    if body is None:
        return {"kind": ""}
    content: Body = body["record"] if body["kind"] == "correct" else body
    return content


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
    """Return every two of some actors, each two in alphabetical order."""
    if len(actors) == 2:
        return [ordered(*actors)]
    return [ordered(one, other) for i, one in enumerate(actors) for other in actors[i + 1 :]]


def keys_of(
    claim: Body, vocabulary: Vocabulary, canonical: Callable[[str], str] = str
) -> tuple[Key, ...]:
    """Return the keys under which a claim's body counts: of its state, or of those it moves."""
    if claim["kind"] not in ("event", "state"):
        return ()
    states = vocabulary.keyed(claim["type"])
    if not states:
        return ()
    who = [(p["role"], canonical(p["actor"])) for p in claim.get("participants", ())]
    return tuple(key_of(state, who) for state in states)


def postings_of(body: Body | None, vocabulary: Vocabulary, at: str) -> list[Posting]:
    """Return the lists on which an entry with this body stands, but for those by actor.

    `vocabulary` is the one that held before the entry, `at` the instant that its line bears. None
    is the body of an erased entry.
    """
    if body is None:
        return [ERASURE_LIST]
    kind = body["kind"]
    found = _content_postings(body["record"] if kind == "correct" else body, vocabulary)
    if body.get("backfilled", at) < at:
        found.append(EARLY_LIST)
    if kind in _TARGETING:
        found.append(("target", body["target"]))
        if kind == "redact":
            found.append(ERASURE_LIST)
    elif kind == "identify":
        found.append(IDENTITY_LIST)
        found += [("target", claim) for claim in body.get("claims", ())]
    elif kind == "withdraw":
        found.append(("withdrawn", body["source"]))
    return found


def _content_postings(content: Body, vocabulary: Vocabulary) -> list[Posting]:
    found: list[Posting] = []
    kind = content["kind"]
    if kind in CLAIM_KINDS:
        found.append(CLAIM_LIST)
        for key in keys_of(content, vocabulary):
            found.append(("key", key))  # noqa: PERF401  a comprehension costs more for one or none
    elif kind in DECLARED:
        found.append((f"declared:{kind}", content["id"]))
        if kind == "type":
            found.append(TYPE_LIST)
        elif kind == "actor" and "of" in content:
            found.append(("belonging", content["of"]))
    if "label" in content and (kind in CLAIM_KINDS or kind == "note"):
        found.append(("label", content["label"]))
    return found
