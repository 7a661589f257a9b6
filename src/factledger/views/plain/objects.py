"""A view → the JSON object that `factledger asof` prints; its keys are an API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from factledger.records.claims import Citation, Claim, Inferred, Participant, Tally
from factledger.status.belief import Belief
from factledger.status.redactions import Redaction
from factledger.status.standings import Standing
from factledger.views.coordinates import Coordinates
from factledger.views.plain.shapes import (
    CitationShape,
    CoordinatesShape,
    CountShape,
    CutsShape,
    InferredShape,
    NamedShape,
    ParticipantShape,
    PlaceShape,
    RedactionShape,
    StandingShape,
    StatusWord,
    ViewShape,
)

if TYPE_CHECKING:  # a view asks for its plain values by itself
    from factledger.views.view import View


def view_object(view: View, standings: Iterable[Standing] | None = None) -> ViewShape:
    """Return a view as plain values, with the `standings` that are given, else those that it shows.

    An absent value is None. An end of a state is a date, `".."` where it is open and `""` where
    it is unknown.
    """
    shown = view.standings if standings is None else standings
    return {
        **coordinates_object(view.at),
        "standings": [standing_object(s, view.belief) for s in shown],
        "redacted": [redaction_object(r) for r in view.redacted],
    }


def coordinates_object(at: Coordinates) -> CoordinatesShape:
    """Return the coordinates of a view as plain values: its day, and how much was known."""
    return {"valid": str(at.valid), **cuts_object(at)}


def cuts_object(at: Coordinates) -> CutsShape:
    """Return how much was known as plain values: up to which entry, and published by when."""
    return {
        "recorded": {"entry": at.recorded, "at": at.recorded_at},
        "published": None if at.published is None else str(at.published),
        "head": at.head,
    }


def redaction_object(redaction: Redaction) -> RedactionShape:
    """Return the erasure of an entry as plain values."""
    return {
        "entry": redaction.number,
        "by": redaction.by,
        "at": redaction.at,
        "reason": redaction.reason,
        "authority": redaction.authority,
    }


def standing_object(standing: Standing, belief: Belief) -> StandingShape:
    """Return a standing as plain values, with exactly the keys of the API.

    `belief` knows the names, the groups of types, and the sources.
    """
    claim = standing.claim
    return {
        "entry": standing.number,
        "label": claim.label,
        "shape": claim.shape,
        "group": group_of_type(claim.type, belief),
        "type": claim.type,
        "mode": claim.mode,
        "value": claim.value,
        "count": _count(claim),
        "status": cast(StatusWord, str(standing.status)),
        "polarity": claim.polarity,
        "modality": claim.modality,
        "attributed_to": [actor_object(actor, belief) for actor in claim.attributed_to],
        "told_to": [actor_object(actor, belief) for actor in claim.told_to],
        "told_when": _text(claim.told_when),
        "hedge": claim.hedge,
        "condition": claim.condition,
        "sentence": standing.sentence,
        "participants": [participant_object(p, belief) for p in claim.participants],
        "contexts": list(claim.contexts),
        "when": _text(getattr(claim, "when", None)),
        "since": _text(getattr(claim, "since", None)),
        "until": _text(standing.until),
        "end_planned": standing.end_planned,
        "attested": _text(standing.attested),
        "because": standing.because,
        "also": list(standing.also),
        "alone": cast(StatusWord, str(standing.alone)),
        "contested_by": list(standing.contested_by),
        "differs": list(standing.differs),
        "support": standing.support,
        "publishers": list(standing.publishers),
        "inferred": [inferred_object(one) for one in claim.inferred],
        "citations": [
            {**told_object(s.citation, belief), "hedge": s.hedge} for s in standing.supports
        ],
    }


def inferred_object(inferred: Inferred) -> InferredShape:
    """Return what was inferred of a field as plain values."""
    return {"field": inferred.field, "reason": inferred.reason, "as_said": inferred.as_said}


def group_of_type(type_id: str, belief: Belief) -> str:
    """Return the group of a type; "other" where it is not declared."""
    kind = belief.vocabulary.types.get(type_id)
    return kind.group if kind else "other"


def actor_object(actor: str, belief: Belief) -> NamedShape:
    """Return an actor as plain values: its id, and the name to show."""
    return {"actor": actor, "name": belief.name(actor)}


def participant_object(participant: Participant, belief: Belief) -> ParticipantShape:
    """Return who takes part as plain values: in which role, and on whose behalf, with the names."""
    behalf = participant.of
    return {
        "role": participant.role,
        **actor_object(participant.actor, belief),
        "of": behalf,
        "of_name": None if behalf is None else belief.name(behalf),
        "as_said": participant.as_said,
    }


def citation_object(citation: Citation) -> PlaceShape:
    """Return a citation as plain values: the source, the place in its text, the seal of its words."""
    return {
        "source": citation.source,
        "start": citation.start,
        "end": citation.end,
        "sealed": citation.sealed,
    }


def told_object(citation: Citation, belief: Belief) -> CitationShape:
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


def _count(claim: Claim) -> CountShape | None:
    if not isinstance(claim, Tally):
        return None
    return {"lower": claim.count.lower, "upper": claim.count.upper}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
