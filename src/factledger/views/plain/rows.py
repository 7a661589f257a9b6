"""A view → flat rows for tables: a row a standing, its cells texts, whole numbers and lists of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from factledger.status.standings import Standing
from factledger.views.plain.objects import standing_object

if TYPE_CHECKING:
    from factledger.status.belief import Belief
    from factledger.views.view import View

Column: TypeAlias = Literal["number", "text", "numbers", "texts"]
"""What the cells of a column are; each may be None."""

_TEXTS = (
    "label", "shape", "group", "type", "mode", "value", "status", "alone", "polarity", "modality",
    "told_when", "hedge", "condition", "sentence", "when", "since", "until", "end_planned", "attested",
)  # fmt: skip
_LISTS = ("attributed_to", "told_to", "publishers", "sources", "quotes")
ROW_COLUMNS: dict[str, Column] = {
    **dict.fromkeys(("entry", "because", "support"), "number"),
    **dict.fromkeys(_TEXTS, "text"),
    **dict.fromkeys(("also", "contested_by", "differs"), "numbers"),
    **dict.fromkeys(("actors", "names", *_LISTS), "texts"),
}


def view_rows(view: View) -> list[dict[str, Any]]:
    """Return the rows of the standings that a view shows, in their order."""
    return [standing_cells(standing, view.belief) for standing in view.standings]


def standing_cells(standing: Standing, belief: Belief) -> dict[str, Any]:
    """Return a standing as a flat row; `actors` are ids, `names` theirs, `attributed_to` names."""
    values: dict[str, Any] = {**standing_object(standing, belief)}
    cited = values["citations"]
    values |= {
        "actors": [p["actor"] for p in values["participants"]],
        "names": [p["name"] for p in values["participants"]],
        "attributed_to": [said["name"] for said in values["attributed_to"]],
        "told_to": [told["name"] for told in values["told_to"]],
        "sources": list(dict.fromkeys(c["source"] for c in cited)),
        "end_planned": "yes" if values["end_planned"] else "no",
        "quotes": [c["quote"] for c in cited if c["quote"]],
    }
    return {name: values[name] for name in ROW_COLUMNS}
