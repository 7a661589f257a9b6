"""From the body of a record to the lists of an index on which its entry stands, and under which key.

A pure reading: the same body gives the same postings, whatever keeps them.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from factledger.index.bodies import CLAIM_KINDS, DECLARED, is_whole, key_text, keys_of, opposes
from factledger.records.codec import Body
from factledger.records.plain.who import Who
from factledger.records.vocabulary import Vocabulary

_TARGETING = frozenset({"correct", "close", "retract", "corroborate", "dispute", "redact"})

Posting: TypeAlias = tuple[str, Hashable]
"""A list of an index and the key under which an entry stands on it."""

CLAIM_LIST, TYPE_LIST, IDENTITY_LIST, ERASURE_LIST = ("claims", ""), ("types", ""), ("identities", ""), ("erasures", "")  # fmt: skip
EARLY_LIST = ("early", "")
AGAINST = "against"


def postings_of(
    body: Body | None, vocabulary: Vocabulary, at: str, who: Who | None = None
) -> list[Posting]:
    """Return the lists on which an entry with this body stands, but for those by actor.

    `vocabulary` is the one that held before the entry, `at` the instant that its line bears. None
    is the body of an erased entry. `who` takes part in a claim, where that is known.
    """
    if body is None:
        return [ERASURE_LIST]
    kind = body["kind"]
    found = _content_postings(body["record"] if kind == "correct" else body, vocabulary, who)
    if body.get("backfilled", at) < at:
        found.append(EARLY_LIST)
    if kind in _TARGETING:
        found.append(("target", body["target"]))
        if kind == "redact":
            found.append(ERASURE_LIST)
            if "claim" in body:
                found.append(("readings", body["claim"]))
    elif kind == "identify":
        found.append(IDENTITY_LIST)
        found += [("target", claim) for claim in body.get("claims", ())]
    elif kind == "withdraw":
        found.append(("withdrawn", body["source"]))
    return found


def _content_postings(content: Body, vocabulary: Vocabulary, who: Who | None) -> list[Posting]:
    found: list[Posting] = []
    kind = content["kind"]
    if kind in CLAIM_KINDS:
        found.append(CLAIM_LIST)
        keys = keys_of(content, vocabulary, known=who)
        found += [("key", key) for key in keys]
        if opposes(content):
            found += [(AGAINST, key_text(key)) for key in keys if is_whole(key)]
    elif kind in DECLARED:
        found.append((f"declared:{kind}", content["id"]))
        if kind == "type":
            found.append(TYPE_LIST)
        elif kind == "actor" and "of" in content:
            found.append(("belonging", content["of"]))
    if "label" in content and (kind in CLAIM_KINDS or kind == "note"):
        found.append(("label", content["label"]))
    return found
