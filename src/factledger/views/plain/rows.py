"""A view → flat rows for tables: a row a standing, its cells texts, whole numbers and lists of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factledger.status.standings import Standing
from factledger.views.plain.objects import standing_object

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.views.view import View

ROW_TEXTS = (
    "label", "shape", "group", "type", "mode", "value", "status", "alone", "polarity", "modality",
    "told_when", "hedge", "condition", "sentence", "when", "since", "until", "attested",
)  # fmt: skip
ROW_NUMBERS = ("entry", "because", "support")
ROW_TEXT_LISTS = ("actors", "names", "attributed_to", "told_to", "publishers", "sources", "quotes")
ROW_NUMBER_LISTS = ("also", "contested_by", "differs")


def view_rows(view: View) -> list[dict[str, Any]]:
    """Return the rows of the standings that a view shows, in their order."""
    return [standing_cells(standing, view.belief) for standing in view.standings]


def standing_cells(standing: Standing, belief: Belief) -> dict[str, Any]:
    """Return a standing as a flat row; `actors` are ids, `names` theirs, `attributed_to` names."""
    values: dict[str, Any] = {**standing_object(standing, belief)}
    cited = values["citations"]
    return {
        **{name: values[name] for name in (*ROW_NUMBERS, *ROW_TEXTS, *ROW_NUMBER_LISTS)},
        "actors": [p["actor"] for p in values["participants"]],
        "names": [p["name"] for p in values["participants"]],
        "attributed_to": [said["name"] for said in values["attributed_to"]],
        "told_to": [told["name"] for told in values["told_to"]],
        "publishers": values["publishers"],
        "sources": list(dict.fromkeys(c["source"] for c in cited)),
        "quotes": [c["quote"] for c in cited if c["quote"]],
    }
