"""Mutants: a module with one edit each, and where that edit is."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from types import CodeType
from typing import Any, NamedTuple, TypeAlias

from mutation.edits import edits

Name: TypeAlias = tuple[str, str, str]
_WIDTH = 60  # characters, up to which a change is shown whole


class Mutant(NamedTuple):
    """A module with one edit, compiled.

    `place` is the definition that the edit is in, `line` the line of the source on which it
    begins, `change` what was there and what is there now. The three tell mutants of one module
    apart, whatever lines come before.
    """

    place: str
    line: str
    change: str
    number: int
    code: CodeType


class Site(NamedTuple):
    """A node that can be replaced: as a field of its parent, or a member of one."""

    place: str
    line: int
    parent: ast.AST
    field: str
    at: int | None
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        """Put a node in the place of the one that is there."""
        if self.at is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.at] = node


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines as far as they go down."""
    tree = ast.parse(source)
    for name, site, other in _named(tree, source):
        yield Mutant(*name, site.line, _compiled(tree, site, other, path))


def names(source: str) -> set[Name]:
    """Return the place, the line and the change of every mutant of a module, none of them made."""
    return {name for name, _, _ in _named(ast.parse(source), source)}


def _named(tree: ast.Module, source: str) -> Iterator[tuple[Name, Site, ast.AST]]:
    """Yield of each mutant what tells it apart, where it is, and what is put there."""
    lines = source.splitlines()
    met: Counter[Name] = Counter()
    for site in sites(tree):
        line = lines[site.line - 1].strip()
        for other in edits(site.node):
            change = _change(_text(site.node), _text(other))
            met[site.place, line, change] += 1
            again = met[site.place, line, change]
            yield (site.place, line, change if again == 1 else f"{change} ({again})"), site, other


def sites(tree: ast.AST) -> Iterator[Site]:
    """Yield every node of a module that an edit may replace.

    Left alone is what does not run or decides nothing: annotations, types, decorators,
    docstrings, imports, assertions.
    """
    yield from _below(tree, "module", 1)


def _below(parent: ast.AST, place: str, line: int) -> Iterator[Site]:
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns", "decorator_list", "bases"):
            continue
        members: list[Any] = value if isinstance(value, list) else [value]
        for at, node in enumerate(members):
            if isinstance(node, ast.AST) and not _left_alone(node):
                at_line = getattr(node, "lineno", line)
                index = at if isinstance(value, list) else None
                yield Site(place, at_line, parent, field, index, node)
                yield from _below(node, _place(place, node), at_line)


def _place(place: str, node: ast.AST) -> str:
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return place
    return node.name if place == "module" else f"{place}.{node.name}"


def _left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.Import() | ast.ImportFrom() | ast.Assert():
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
            return True
        case ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Assign(value=ast.Subscript(value=ast.Name(id="Literal"))):
            return True
    return False


def _compiled(tree: ast.Module, site: Site, other: ast.AST, path: str) -> CodeType:
    ast.copy_location(other, site.node)
    site.put(other)
    try:
        return compile(ast.fix_missing_locations(tree), path, "exec")
    finally:
        site.put(site.node)


def _text(node: ast.AST) -> str:
    """Return a node as one line: of what holds statements, the line that opens it."""
    return " ".join(ast.unparse(node).split("\n")[0].split())


def _change(before: str, after: str) -> str:
    """Return what was there and what is there now, without the words that both share if long."""
    old, new = before.split(" "), after.split(" ")
    if max(len(before), len(after)) > _WIDTH:
        head = _shared(old, new)
        old, new = old[head:], new[head:]
        tail = _shared(old[::-1], new[::-1])
        old, new = old[: len(old) - tail], new[: len(new) - tail]
    return f"{' '.join(old)} → {' '.join(new)}".strip()


def _shared(one: list[str], other: list[str]) -> int:
    """Return how many words two lists begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
