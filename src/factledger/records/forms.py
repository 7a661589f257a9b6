"""The kinds of record and their keys, as a table: enough to tell what a newer version wrote.

It is read for every line, before any class is loaded.
"""

from __future__ import annotations

from typing import Any

_CLAIM = "mode value contexts participants polarity modality attributed_to told_to told_when hedge condition text label citations inferred"
_KEYS = {
    "ledger": "format vocabulary origin title",
    "source": "id title publisher author url language published published_reason retrieved sha256 complete policy licence copy_of approximate note",
    "actor": "id category names of iso3166 wikidata note",
    "type": "id shape group required modes key single begins ends begins_by ends_by once apart quantity approximate symmetric sentence infinitive sentences note",
    "event": f"type {_CLAIM} when",
    "state": f"type {_CLAIM} since until",
    "tally": f"type {_CLAIM} count since until",
    "assessment": f"type {_CLAIM} about when since until",
    "correct": "target reason record changes settles note",
    "close": "target until citations note",
    "retract": "target reason",
    "corroborate": "target citations hedge condition note",
    "dispute": "target citations note",
    "identify": "actors claims verdict reason",
    "withdraw": "source reason citations",
    "redact": "target claim reason authority",
    "note": "text label citations",
}
_EVERY = ("kind", "backfilled", "recorded_by", "first_recorded")
KEYS = {kind: frozenset({*_EVERY, *keys.split()}) for kind, keys in _KEYS.items()}
"""The keys that the body of a record of each kind can have."""

_seen: set[tuple[str, ...]] = set()  # kinds with their keys that were found to be known


def unknown_part(body: dict[str, Any]) -> str | None:
    """Return the words for a kind or key that this version does not know, None where it knows all.

    It looks at the record itself and at the one that a correction puts in place; what stands
    deeper is read, or refused, where it is asked for.

    >>> unknown_part({"kind": "annul", "target": 3}), unknown_part({"kind": "retract", "by": "me"})
    ("kind 'annul'", "key 'by' of kind 'retract'")
    """
    form = (body["kind"], *body)
    if form not in _seen:
        if (found := _unknown(body)) is not None:
            return found
        _seen.add(form)
    record = body.get("record")
    if isinstance(record, dict) and isinstance(record.get("kind"), str):
        return unknown_part(record)
    return None


def _unknown(body: dict[str, Any]) -> str | None:
    keys = KEYS.get(body["kind"])
    if keys is None:
        return f"kind {body['kind'][:100]!r}"
    new = min(body.keys() - keys, default=None)
    return None if new is None else f"key {new[:100]!r} of kind {body['kind']!r}"


def newer_advice(reason: str) -> str:
    """Return what else to do where a record of a ledger holds a word that is not known.

    >>> newer_advice("'viewer' is not one of actor, recipient"), newer_advice("wanted some text")
    ('; or install a newer factledger, which may have written it', '')
    """
    word = (
        reason.startswith("unknown ") or " is not one of " in reason or " is EDTF, but " in reason
    )
    return "; or install a newer factledger, which may have written it" if word else ""
