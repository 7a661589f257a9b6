"""A view → the JSON object and the rows that `factledger asof` prints; its keys are an API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from factledger.output.words.standings import citation_places
from factledger.records.claims import Citation
from factledger.status.redactions import Redaction
from factledger.status.standings import Standing
from factledger.views.view import View

STANDING_COLUMNS = (
    "entry", "label", "shape", "type", "mode", "status", "polarity", "modality", "sentence",
    "participants", "when", "since", "until", "attested", "because", "also", "contested_by",
    "support", "citations",
)  # fmt: skip


def view_object(view: View, standings: Iterable[Standing] | None = None) -> dict[str, Any]:
    """Return a view as plain values; `standings` are those to tell, else the ones that it shows.

    What is absent is None. An end of a state is a date, `".."` where it is open and `""` where
    it is unknown.
    """
    at = view.at
    told = view.standings if standings is None else standings
    return {
        "valid": str(at.valid),
        "recorded": {"entry": at.recorded, "at": at.recorded_at},
        "published": None if at.published is None else str(at.published),
        "head": at.head,
        "standings": [standing_object(s) for s in told],
        "redacted": [redaction_object(r) for r in view.redacted],
    }


def redaction_object(redaction: Redaction) -> dict[str, Any]:
    """Return what is not known any more, and who ordered it."""
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
        "contested_by": list(standing.contested_by),
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
        "citations": "; ".join(map(str, citation_places(standing))),
    }
    return tuple("" if flat[name] is None else str(flat[name]) for name in STANDING_COLUMNS)


def citation_object(citation: Citation) -> dict[str, Any]:
    """Return where it was said: the source, the place in its text, and the seal of its words."""
    return {
        "source": citation.source,
        "start": citation.start,
        "end": citation.end,
        "sealed": citation.sealed,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)
