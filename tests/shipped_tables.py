"""The tables that commands read, made of the TOML that people read: `python tests/shipped_tables.py` writes them.

Reading TOML would take longer, at every start, than most answers.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import factledger
from factledger import ModeEffect, ModeSentence, Type
from factledger.records.codec import to_body

PACKAGE = Path(factledger.__file__).parent
VOCABULARY = "records/vocabulary.json"
VERSIONS = ("records/vocabulary.toml", "records/vocabulary-2.toml")
SENTENCES = "records/sentences.toml"
_BY_MODE = ("begins_by", "ends_by")


def parsed(name: str) -> dict[str, Any]:
    """Return what a file of the package says in TOML."""
    return tomllib.loads((PACKAGE / name).read_text(encoding="utf-8"))


def vocabulary() -> list[dict[str, Any]]:
    """Return the types that each version of the vocabulary adds or changes, whole, with their words."""
    words = parsed(SENTENCES)["types"]
    known: dict[str, Any] = {}
    found = []
    for table in map(parsed, VERSIONS):
        told = {name: {**known.get(name, {}), **fields} for name, fields in table["types"].items()}
        known.update(told)
        types = [to_body(type_of(name, told[name], words.get(name, {}))) for name in told]
        found.append({"contexts": table.get("contexts", []), "types": types})
    return found


def type_of(name: str, fields: dict[str, Any], words: dict[str, Any]) -> Type:
    """Return a type with the fields of its versions, and with the words of its sentences in every mode."""
    effects: dict[str, Any] = {
        field: _effects(fields[field]) for field in _BY_MODE if field in fields
    }
    own: dict[str, Any] = {
        field: words[field] for field in ("sentence", "infinitive") if field in words
    }
    modes = words.get("modes", {})
    sentences = [ModeSentence(mode=mode, **modes[mode]) for mode in modes]
    given: dict[str, Any] = {**fields, **effects, **own, "sentences": sentences}
    return Type(id=name, **given)


def _effects(by_mode: dict[str, list[str]]) -> list[ModeEffect]:
    return [ModeEffect(mode=mode, types=types) for mode, types in by_mode.items()]


TABLES: dict[str, Callable[[], object]] = {
    VOCABULARY: vocabulary,
    "dates/wording/en.json": lambda: parsed("dates/wording/en.toml"),
}


def text_of(name: str) -> str:
    """Return the text of a table, as its file has it."""
    return json.dumps(TABLES[name](), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for name in TABLES:
        (PACKAGE / name).write_text(text_of(name), encoding="utf-8")
