"""The house: how much one must read for one question, and that every name and room is found once."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import factledger

ROOT = Path(factledger.__file__).parent
ROOMS = "factledger."


def module_of(path: Path) -> str:
    """Return the dotted name of a file of the package."""
    parts = ("factledger", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {module_of(path): path for path in sorted(ROOT.rglob("*.py"))}


@cache
def tree_of(module: str) -> ast.Module:
    """Return what a module says."""
    return ast.parse(FILES[module].read_text(encoding="utf-8"))


# --- what one must read


def imported(module: str) -> Iterator[str]:
    """Yield the modules of the package that a module imports when it is loaded.

    What it imports in a function, or for the type checker alone, does not count: one can read
    the module without reading that.
    """
    for node in tree_of(module).body:
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def closure(module: str) -> set[str]:
    """Return a module with all that is loaded for it, the packages that these lie in included."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in FILES and name not in found and name != "factledger":
            found.add(name)
            waiting += [*imported(name), name.rpartition(".")[0]]
    return found


def lines(modules: set[str]) -> int:
    """Return how many lines these modules have."""
    return sum(len(FILES[name].read_text(encoding="utf-8").splitlines()) for name in modules)


@pytest.mark.parametrize(
    ("module", "most"),
    [
        ("factledger.status.spans", 780),  # from when to when a claim by itself is definite
        ("factledger.status.timeline", 3_000),  # how a claim stands that meets no other
        (
            "factledger.status.bearing",
            4_900,
        ),  # how claims stand that meet, and what they do to one another
        ("factledger.views.view", 3_650),  # what stood on a date, and how it is asked
    ],
)
def test_one_question_can_be_understood_alone(module: str, most: int) -> None:
    """Whoever wants to know how one question is answered need not read the whole house."""
    assert lines(closure(module)) <= most


def test_an_import_counts_where_it_is_loaded() -> None:
    """The rule of the statuses needs dates and nothing that is live; a way to it counts as well."""
    spans = closure("factledger.status.spans")
    assert {name.split(".")[1] for name in spans} == {
        "caching",
        "dates",
        "errors",
        "named",
        "status",
    }
    assert "factledger.status.belief" not in spans
    assert spans < closure("factledger.status.timeline") < closure("factledger.views.view")


# --- where a thing is


def defined(tree: ast.Module) -> Iterator[str]:
    """Yield the public names that a module defines: its functions, classes, aliases, constants."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))


def test_a_public_name_means_one_thing() -> None:
    """No two modules define the same name; a name that is imported is the one that is meant.

    Apart from the function of a command, which bears the name of its file, and from `LAWS`,
    under which each file of laws lists its own.
    """
    homes: dict[str, list[str]] = defaultdict(list)
    for module in FILES:
        for name in {n for n in defined(tree_of(module)) if not n.startswith("_")}:
            of_command = module == f"factledger.cli.commands.{name}"
            of_laws = name == "LAWS" and module.startswith("factledger.testing.laws.")
            if not (of_command or of_laws):
                homes[name].append(module.removeprefix(ROOMS))
    clashes = [f"{name}: {', '.join(found)}" for name, found in homes.items() if len(found) > 1]
    assert not clashes, "\n".join(sorted(clashes))


def test_no_room_is_crowded() -> None:
    """A folder holds twelve files at most, so that one can take it in; a command is a file each."""
    rooms: dict[str, int] = defaultdict(int)
    for path in FILES.values():
        if path.name != "__init__.py":
            rooms[str(path.parent.relative_to(ROOT))] += 1
    crowded = {room: files for room, files in rooms.items() if files > 12}
    assert crowded.keys() == {"cli/commands"}
