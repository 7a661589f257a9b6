"""A view → flat rows, for CSV and for tab-separated text."""

from __future__ import annotations

from factledger.output.formats.views import standing_object
from factledger.output.words.standings import places
from factledger.status.standings import Standing

COLUMNS = (
    "entry", "label", "shape", "type", "mode", "status", "polarity", "modality", "sentence",
    "participants", "when", "since", "until", "attested", "because", "also", "contested_by",
    "support", "citations",
)  # fmt: skip


def standing_row(standing: Standing) -> tuple[str, ...]:
    """Return a standing as cells in the order of `COLUMNS`; several values are joined with `; `."""
    values = standing_object(standing)
    flat = {
        **values,
        "participants": "; ".join(f"{p.role}:{p.actor}" for p in standing.claim.participants),
        "also": "; ".join(map(str, standing.also)),
        "contested_by": "; ".join(map(str, standing.contested_by)),
        "citations": "; ".join(map(str, places(standing))),
    }
    return tuple("" if flat[name] is None else str(flat[name]) for name in COLUMNS)
