"""Survivors: the mutants that no test notices, each with the reason, as `survivors.toml` lists them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import NamedTuple

from mutation.mutants import Mutant

LIST = Path(__file__).with_name("survivors.toml")


class Survivor(NamedTuple):
    """A mutant that no test notices, and why that is so."""

    module: str
    place: str
    line: str
    change: str
    reason: str = ""

    @property
    def mutant(self) -> tuple[str, str, str, str]:
        """Return what tells its mutant apart from all others."""
        return self[:4]


def survivor(module: str, mutant: Mutant) -> Survivor:
    """Return a mutant of a module as a survivor, without a reason yet."""
    return Survivor(module, mutant.place, mutant.line, mutant.change)


def listed() -> list[Survivor]:
    """Return the survivors of the list, in its order."""
    found = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return [Survivor(module, **fields) for module, members in found.items() for fields in members]


def as_toml(survivor: Survivor) -> str:
    """Return a survivor as the list writes it."""
    fields = survivor._asdict()
    module = fields.pop("module")
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    return "\n".join([f"[[{json.dumps(module)}]]", *lines, ""])
