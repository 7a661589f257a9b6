"""Sources as CSL-JSON: every item is one that programs which read it take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft7Validator, ValidationError

from effort import few_examples
from factledger import Ledger, Source
from factledger.output.formats.csl import csl_date, csl_object
from factledger.testing.strategies.dates import dates

ROOT = Path(__file__).parents[3]

# What the schema of CSL's input data (version 1.0.2) says of the keys that are written here, in our
# own words: a date has parts or words, and nothing has a key that is not listed.
_DATE: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "items": {"type": ["string", "number"]},
            },
        },
        "circa": {"type": ["string", "number", "boolean"]},
        "literal": {"type": "string"},
    },
}
SCHEMA = Draft7Validator(
    {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            **{
                key: {"type": "string"} for key in ("title", "publisher", "URL", "language", "note")
            },
            "id": {"type": ["string", "number"]},
            "type": {"enum": ["webpage", "document"]},
            "author": {
                "type": "array",
                "items": {"required": ["literal"], "properties": {"literal": {"type": "string"}}},
            },
            "issued": _DATE,
            "accessed": _DATE,
        },
    }
)


@pytest.mark.parametrize("name", ["japan-ukraine", "three-voices"])
def test_every_source_of_our_ledgers_is_valid(name: str) -> None:
    """Each source that is declared in a ledger is an item of the schema."""
    ledger = Ledger.open(str(ROOT / "ledgers" / name))
    registry = ledger.belief()
    found = [registry.source(source) for source in ledger.index.declared("source")]
    assert found
    for source in found:
        assert source is not None
        SCHEMA.validate(csl_object(source))


@few_examples
@given(dates())
def test_every_date_is_valid(date: str) -> None:
    """Whatever the profile can say is a date of the schema."""
    source = Source(id="s", title="S", published=date)
    SCHEMA.validate({**csl_object(source), "issued": csl_date(source.published)})  # type: ignore[arg-type]


def test_what_is_no_item_is_refused() -> None:
    """The schema is no mere yes: EDTF where a date has to be is refused."""
    with pytest.raises(ValidationError):
        SCHEMA.validate({"id": "s", "type": "webpage", "issued": "1984-06~"})
