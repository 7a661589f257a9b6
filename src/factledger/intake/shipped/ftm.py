"""FollowTheMoney statements → rows with an entity each, as its own JSON has them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from factledger.intake.reading.row import FileRow, row_hash

STATEMENT_COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
)  # fmt: skip
"""The columns of a file of statements."""
_ENTITY = "id"  # the property by which a statement says that there is an entity


def ftm_rows(rows: Iterable[FileRow]) -> Iterator[FileRow]:
    """Yield an entity for all statements of one that stand together, under the cells of its JSON.

    It stands at the line of its first statement; the hash is of its JSON. Values of a property come
    in their order, each once; their languages and the time of each are not kept.
    """
    for _, group in groupby(rows, lambda row: row.cells.get("entity_id", row.fault)):
        statements = [*group]
        wrong = next((row for row in statements if row.fault is not None), None)
        yield wrong or _entity(statements)


def _entity(statements: list[FileRow]) -> FileRow:
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for row in statements:
        if row.cells["prop"] != _ENTITY and row.cells["value"]:
            values[row.cells["prop"]][row.cells["value"]] = None
    first = statements[0].cells
    cells = {
        "id": first["entity_id"],
        "schema": first["schema"],
        "datasets[0]": first["dataset"],
        "first_seen": min(row.cells["first_seen"] for row in statements),
    }
    for prop, held in values.items():
        cells |= {f"properties.{prop}[{i}]": value for i, value in enumerate(held)}
    raw = json.dumps(cells, ensure_ascii=False, sort_keys=True).encode()
    return FileRow(statements[0].line, row_hash(raw), cells, None, raw)
