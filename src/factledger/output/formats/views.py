"""A standing → the row that `factledger asof` prints as CSV; its columns are an API."""

from __future__ import annotations

from factledger.output.words.standings import citation_places
from factledger.status.belief import Belief
from factledger.status.standings import Standing
from factledger.views.plain.objects import standing_object

STANDING_HEAD = (
    "entry", "label", "shape", "type", "mode", "status", "polarity", "modality", "sentence",
    "participants", "when", "since", "until", "attested", "because", "also", "alone", "contested_by",
    "differs", "support", "citations", "group", "value", "attributed_to", "hedge", "publishers",
    "quotes", "inferred", "told_to", "told_when", "condition", "end_planned",
)  # fmt: skip


def standing_row(standing: Standing, belief: Belief) -> tuple[str, ...]:
    """Return a standing as cells in the order of `STANDING_HEAD`; several values are joined with `; `."""
    values = standing_object(standing, belief)
    flat = {
        **values,
        "participants": "; ".join(f"{p.role}:{p.actor}" for p in standing.claim.participants),
        "also": "; ".join(map(str, standing.also)),
        "contested_by": "; ".join(map(str, standing.contested_by)),
        "differs": "; ".join(map(str, standing.differs)),
        "citations": "; ".join(map(str, citation_places(standing))),
        "attributed_to": "; ".join(standing.claim.attributed_to),
        "told_to": "; ".join(standing.claim.told_to),
        "publishers": "; ".join(standing.publishers),
        "inferred": "; ".join(f"{i.field}: {i.reason}" for i in standing.claim.inferred),
        "end_planned": "yes" if standing.end_planned else "no",
        "quotes": "; ".join(c.quote for c in standing.citations if c.quote),
    }
    return tuple("" if flat[name] is None else str(flat[name]) for name in STANDING_HEAD)
