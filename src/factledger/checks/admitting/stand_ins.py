"""What stands for a refused declaration until its draft is refused, so that nothing else of it is at fault."""

from __future__ import annotations

from typing import Any

from factledger.records.claims import SHAPES
from factledger.records.codec import Body
from factledger.records.reading import read_record
from factledger.status.belief import Belief
from factledger.text import is_slug, nearest


def stand_in(before: Belief, body: Any) -> Body | None:
    """Return a declaration with what can be read of a refused one, None where it says no free name.

    It is tried, and never written: who wrote the draft is told what is wrong with it, and not that
    all claims name what is not declared.
    """
    kind, name = (body.get("kind"), body.get("id")) if isinstance(body, dict) else (None, None)
    if kind not in ("source", "actor", "type") or not isinstance(name, str) or not is_slug(name):
        return None
    if before.has(kind, name) or (kind == "type" and name in before.vocabulary.types):
        return None
    found = _least(kind, name, body)
    for field, value in body.items():
        more = {**found, field: value}
        if field not in _NAMING and not isinstance(read_record(more), tuple):
            found = more
    return found


_NAMING = ("of", "copy_of")  # who or what was perhaps refused as well


def _least(kind: str, name: str, body: Body) -> Body:
    """Return a declaration of a name that has only what every one of its kind has."""
    if kind == "source":
        return {"kind": kind, "id": name, "title": name}
    if kind == "actor":
        return {"kind": kind, "id": name, "category": "group", "names": [name]}
    return {"kind": kind, "id": name, "shape": nearest(str(body.get("shape")), SHAPES) or SHAPES[0]}
