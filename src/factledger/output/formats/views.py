"""A view → the JSON object and the rows that `factledger asof` prints; its keys are an API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from factledger.output.words.standings import citation_places
from factledger.records.claims import Citation
from factledger.status.belief import Belief
from factledger.status.redactions import Redaction
from factledger.status.standings import Standing
from factledger.views.coordinates import Coordinates
from factledger.views.view import View

STANDING_COLUMNS = (
    "entry", "label", "shape", "type", "mode", "status", "polarity", "modality", "sentence",
    "participants", "when", "since", "until", "attested", "because", "also", "alone", "contested_by",
    "differs", "support", "citations",
)  # fmt: skip


def view_object(view: View, standings: Iterable[Standing] | None = None) -> dict[str, Any]:
    """Return a view as plain values, with the `standings` that are given, else those that it shows.

    An absent value is None. An end of a state is a date, `".."` where it is open and `""` where
    it is unknown.
    """
    shown = view.standings if standings is None else standings
    return {
        **coordinates_object(view.at),
        "standings": [standing_object(s) for s in shown],
        "redacted": [redaction_object(r) for r in view.redacted],
    }


def coordinates_object(at: Coordinates) -> dict[str, Any]:
    """Return the coordinates of a view as plain values: its day, and how much was known."""
    return {"valid": str(at.valid), **cuts_object(at)}


def cuts_object(at: Coordinates) -> dict[str, Any]:
    """Return how much was known as plain values: up to which entry, and published by when."""
    return {
        "recorded": {"entry": at.recorded, "at": at.recorded_at},
        "published": None if at.published is None else str(at.published),
        "head": at.head,
    }


def redaction_object(redaction: Redaction) -> dict[str, Any]:
    """Return the erasure of an entry as plain values."""
    return {
        "entry": redaction.number,
        "by": redaction.by,
        "at": redaction.at,
        "reason": redaction.reason,
        "authority": redaction.authority,
    }


def standing_object(standing: Standing) -> dict[str, Any]:
    """Return a standing as plain values, with exactly the keys of the API."""
    claim = standing.claim
    return {
        "entry": standing.number,
        "label": claim.label,
        "shape": claim.shape,
        "type": claim.type,
        "mode": claim.mode,
        "status": str(standing.status),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "sentence": standing.sentence,
        "participants": [
            {"role": p.role, "actor": p.actor, "of": p.of, "as_said": p.as_said}
            for p in claim.participants
        ],
        "when": _text(getattr(claim, "when", None)),
        "since": _text(getattr(claim, "since", None)),
        "until": _text(standing.until),
        "attested": _text(standing.attested),
        "because": standing.because,
        "also": list(standing.also),
        "alone": str(standing.alone),
        "contested_by": list(standing.contested_by),
        "differs": list(standing.differs),
        "support": standing.support,
        "citations": [citation_object(c) for c in standing.citations],
    }


def standing_row(standing: Standing) -> tuple[str, ...]:
    """Return a standing as cells in the order of `STANDING_COLUMNS`; several values are joined with `; `."""
    values = standing_object(standing)
    flat = {
        **values,
        "participants": "; ".join(f"{p.role}:{p.actor}" for p in standing.claim.participants),
        "also": "; ".join(map(str, standing.also)),
        "contested_by": "; ".join(map(str, standing.contested_by)),
        "differs": "; ".join(map(str, standing.differs)),
        "citations": "; ".join(map(str, citation_places(standing))),
    }
    return tuple("" if flat[name] is None else str(flat[name]) for name in STANDING_COLUMNS)


def citation_object(citation: Citation) -> dict[str, Any]:
    """Return a citation as plain values: the source, the place in its text, the seal of its words."""
    return {
        "source": citation.source,
        "start": citation.start,
        "end": citation.end,
        "sealed": citation.sealed,
    }


def told_object(citation: Citation, belief: Belief) -> dict[str, Any]:
    """Return a citation with its quote, and the publisher and date of its source."""
    source = belief.source(citation.source)
    published = source.published if source else None
    return {
        **citation_object(citation),
        "quote": citation.quote,
        "locator": citation.locator,
        "publisher": source.publisher if source else None,
        "published": None if published is None else str(published),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
