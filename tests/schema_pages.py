"""The schemas of the JSON that goes in and out, made from the code: `python tests/schema_pages.py`."""

from __future__ import annotations

import inspect
import json
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, is_typeddict

import attrs

from factledger.checks import proposals
from factledger.dates.dated import Edtf
from factledger.records.claims import ROLES, Claim
from factledger.records.declarations import Source
from factledger.records.kinds import KINDS, class_of
from factledger.views.plain import answer_shapes, shapes, time_shapes

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "schemas"
Schema = dict[str, Any]
OUTPUTS: dict[str, Any] = {
    "asof": shapes.ViewShape,
    "standing": shapes.StandingShape,
    "diff": answer_shapes.DifferenceShape,
    "why": answer_shapes.AccountShape,
    "disputes": answer_shapes.DisputesShape,
    "timeline": time_shapes.LanesShape,
    "series": time_shapes.CurvesShape,
    "entry": shapes.AddressedShape,
    "log": list[shapes.EntryShape],
    "vintages": list[answer_shapes.VintageShape],
    "suggest": list[answer_shapes.SuggestionShape],
    "search": answer_shapes.SearchShape,
    "holders": list[time_shapes.TenureShape],
    "gaps": list[time_shapes.GapShape],
    "overlaps": list[time_shapes.OverlapShape],
}
_PLAIN: dict[Any, str] = {str: "string", int: "integer", bool: "boolean", type(None): "null"}


# --- what goes out: from the shapes


def output_schema(name: str) -> Schema:
    """Return the schema of what a command prints."""
    defs: dict[str, Schema] = {}
    found = of_hint(OUTPUTS[name], defs)
    return named(name, found, defs)


def named(name: str, schema: Schema, defs: dict[str, Schema]) -> Schema:
    """Return a schema with its name, which bears the number of the shapes, and its parts."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:factledger:schema:{name}:{shapes.SCHEMA}",
        **schema,
        **({"$defs": dict(sorted(defs.items()))} if defs else {}),
    }


def of_hint(hint: Any, defs: dict[str, Schema]) -> Schema:
    """Return the schema of a type; what has a name goes to `defs`."""
    if is_typeddict(hint):
        return _referred(hint, defs)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is dict and parts[1] is not Any:
        return {"type": "object", "additionalProperties": of_hint(parts[1], defs)}
    if origin in (list, tuple):
        return {"type": "array", "items": of_hint(parts[0], defs)}
    if origin in (types.UnionType, typing.Union):
        return _one_of([of_hint(part, defs) for part in parts])
    if attrs.has(hint) and hint is not Edtf:
        return _part(hint, defs)
    if hint is Edtf:
        return {"type": "string"}
    return {"type": _PLAIN.get(hint, "object")}


def _one_of(parts: list[Schema]) -> Schema:
    """Return the schema of what is one of several, in short where all are plain."""
    if all(set(part) == {"type"} for part in parts):
        return {"type": [part["type"] for part in parts]}
    return {"anyOf": parts}


def _referred(shape: Any, defs: dict[str, Schema]) -> Schema:
    name = shape.__name__.removesuffix("Shape")
    if name not in defs:
        defs[name] = {}
        hints = typing.get_type_hints(shape)
        said = (inspect.getdoc(shape) or "").split("\n")[0]
        told = {"description": said} if shape.__doc__ and said else {}
        defs[name] = {
            **told,
            "type": "object",
            "properties": {key: of_hint(held, defs) for key, held in hints.items()},
            "required": list(hints),
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


# --- what goes in, and what lines hold: from the classes of the records


def record_schema() -> Schema:
    """Return the schema of a record as its line has it."""
    defs: dict[str, Schema] = {}
    for kind in KINDS:
        defs[kind] = _record(kind, defs)
    return named("record", {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in KINDS]}, defs)


def draft_schema() -> Schema:
    """Return the schema of one record of a draft, with the shorthand."""
    kinds = [kind for kind in KINDS if kind != "ledger"]
    defs: dict[str, Schema] = {}
    for kind in kinds:
        defs[kind] = _with_shorthand(kind, _record(kind, defs), defs)
    for part in ("About", "Citation"):
        _loosen(part, defs)
    return named("draft", {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds]}, defs)


def _record(kind: str, defs: dict[str, Schema]) -> Schema:
    cls = class_of(kind)
    fields = attrs.fields(cls)
    said = (inspect.getdoc(cls) or "").split("\n\n")[0]
    return {
        "description": " ".join(said.split()),
        "type": "object",
        "properties": {
            "kind": {"const": kind},
            **{field.name: _field(field, defs) for field in fields},
        },
        "required": ["kind", *(f.name for f in fields if f.default is attrs.NOTHING)],
        "additionalProperties": False,
    }


def _part(cls: type[Any], defs: dict[str, Schema]) -> Schema:
    """Return the schema of what records are made of, such as a citation, by its name."""
    if cls.__name__ not in defs:
        fields = attrs.fields(cls)
        defs[cls.__name__] = {
            "description": (inspect.getdoc(cls) or "").split("\n")[0],
            "type": "object",
            "properties": {field.name: _field(field, defs) for field in fields},
            "required": [f.name for f in fields if f.default is attrs.NOTHING],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _field(field: attrs.Attribute[Any], defs: dict[str, Schema]) -> Schema:
    words = list(_allowed(field.validator))
    if words:
        return {"enum": words}
    parts = get_args(field.type)
    if Source in parts:
        kinds = ("event", "state", "tally", "assessment", "source", "actor", "type")
        return {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds]}
    held = [part for part in parts if part is not type(None)]
    optional = isinstance(field.type, types.UnionType) and len(held) == 1  # left out, never null
    return of_hint(held[0] if optional else field.type, defs)


def _allowed(validator: Any) -> Iterator[str]:
    """Yield the words that a validator takes, nothing where it takes any."""
    if inspect.isfunction(validator):
        yield from inspect.getclosurevars(validator).nonlocals.get("allowed", ())


# --- the shorthand of drafts


_WHO: Schema = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("actor", "of", "as_said")},
            "required": ["actor"],
            "additionalProperties": False,
        },
    ]
}
_ENTRY: Schema = {"type": ["integer", "string"]}


def _with_shorthand(kind: str, schema: Schema, defs: dict[str, Schema]) -> Schema:
    """Return the schema of a kind of record as a draft may write it."""
    known: dict[str, Schema] = schema["properties"]
    cls = class_of(kind)
    known.pop("backfilled", None)
    if issubclass(cls, Claim):
        known |= {
            role: {"anyOf": [*_WHO["anyOf"], {"type": "array", "items": _WHO}]} for role in ROLES
        }
    if "citations" in known:
        place = _part(attrs.fields(cls).citations.type.__args__[0], defs)
        citing = defs[place["$ref"].rpartition("/")[2]]["properties"]
        known |= {name: citing[name] for name in ("source", *proposals._CITING)}
    if kind in proposals._ENDING:
        known["before"] = {"type": "string"}
    if kind == "tally":
        known["count"] = {"anyOf": [known["count"], {"type": "integer"}, {"type": "string"}]}
    beside = {"state": "series", "source": "text"}.get(kind)
    if beside:
        known[beside] = {"type": "string"}
    for name, held in known.items():
        if name in ("target", "by"):
            known[name] = _ENTRY
        elif held == {"type": "array", "items": {"type": "integer"}}:
            known[name] = {"type": "array", "items": _ENTRY}
    if kind == "correct":
        known["change"] = {"type": "object"}
        schema["required"].remove("record")
        schema["anyOf"] = [{"required": ["record"]}, {"required": ["change"]}]
    return schema


def _loosen(part: str, defs: dict[str, Schema]) -> None:
    """Let a part of a draft name entries by label, and leave out what stands beside it."""
    schema = defs[part]
    if "target" in schema["properties"]:
        schema["properties"]["target"] = _ENTRY
    schema["required"] = [name for name in schema["required"] if name != "source"]


# --- the files


def schemas() -> dict[str, Schema]:
    """Return every schema by the name of its file."""
    return {
        **{name: output_schema(name) for name in OUTPUTS},
        "record": record_schema(),
        "draft": draft_schema(),
    }


def text_of(schema: Schema) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / f"{name}.json").write_text(text_of(schema), encoding="utf-8")
