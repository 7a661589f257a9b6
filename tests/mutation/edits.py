"""Edits: what a node of Python can be changed into, so that a test ought to fail."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from functools import singledispatch
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)

_OPPOSITE_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_OPPOSITE_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
# What is easily taken for one another: in Python, and in this project.
_NAMES = (
    ("all", "any"),
    ("max", "min"),
    ("list", "sorted"),
    ("bisect_left", "bisect_right"),
    ("BEGINNING", "FOREVER"),
    ("OPEN", "UNKNOWN"),
)
_ATTRIBUTES = (
    ("first", "last"),
    ("earliest", "latest"),
    ("since", "until"),
    ("start", "end"),
    ("maybe", "surely"),
    ("DEFINITE", "POSSIBLE"),
    ("NOT_YET", "ENDED"),
)
_OPPOSITE_NAMES = {a: b for pair in _NAMES for a, b in (pair, pair[::-1])}
_OPPOSITE_ATTRIBUTES = {a: b for pair in _ATTRIBUTES for a, b in (pair, pair[::-1])}


@singledispatch
def edits(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that can stand in place of one, each of them wrong."""
    yield from ()


# --- values and names


@edits.register
def of_constant(node: ast.Constant) -> Iterator[ast.AST]:
    """Another truth value, the next number, another text."""
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int():
            yield ast.Constant(node.value + 1)
        case str():
            yield ast.Constant(f"XX{node.value}XX" if node.value else "XX")


@edits.register
def of_name(node: ast.Name) -> Iterator[ast.AST]:
    """Its opposite."""
    if node.id in _OPPOSITE_NAMES:
        yield _with(node, id=_OPPOSITE_NAMES[node.id])


@edits.register
def of_attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    """Its opposite."""
    if node.attr in _OPPOSITE_ATTRIBUTES:
        yield _with(node, attr=_OPPOSITE_ATTRIBUTES[node.attr])


# --- operators


@edits.register
def of_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    """Each comparison turned round, and moved by what is equal."""
    for at, operator in enumerate(node.ops):
        for other in _OPPOSITE_COMPARISONS[type(operator)]:
            yield _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


@edits.register
def of_and_or(node: ast.BoolOp) -> Iterator[ast.AST]:
    """`or` for `and`, `and` for `or`."""
    yield _with(node, op=ast.And() if isinstance(node.op, ast.Or) else ast.Or())


@edits.register
def of_arithmetic(node: ast.BinOp) -> Iterator[ast.AST]:
    """The operator that undoes it."""
    if type(node.op) in _OPPOSITE_OPERATORS:
        yield _with(node, op=_OPPOSITE_OPERATORS[type(node.op)]())


@edits.register
def of_sign(node: ast.UnaryOp) -> Iterator[ast.AST]:
    """The operand without its `not` or minus."""
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


# --- conditions


@edits.register
def of_condition(node: ast.If | ast.While | ast.IfExp) -> Iterator[ast.AST]:
    """The test negated, where no edit of the test alone does the same."""
    match node.test:
        case ast.UnaryOp(op=ast.Not()) | ast.Compare(ops=[_]):
            return
        case test:
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))


@edits.register
def of_comprehension(node: ast.comprehension) -> Iterator[ast.AST]:
    """Each of its conditions left out."""
    yield from _without(node, "ifs")


# --- what is gathered, given and returned


@edits.register
def of_set(node: ast.Set) -> Iterator[ast.AST]:
    """Each member left out."""
    if len(node.elts) > 1:
        yield from _without(node, "elts")


@edits.register
def of_dict(node: ast.Dict) -> Iterator[ast.AST]:
    """Each item left out."""
    for at in range(len(node.keys)):
        keys, values = node.keys[:], node.values[:]
        del keys[at], values[at]
        yield _with(node, keys=keys, values=values)


@edits.register
def of_call(node: ast.Call) -> Iterator[ast.AST]:
    """Each named argument left out."""
    yield from _without(node, "keywords")


@edits.register
def of_lambda(node: ast.Lambda) -> Iterator[ast.AST]:
    """None returned."""
    yield _with(node, body=ast.Constant(None))


@edits.register
def of_value(node: ast.Return | ast.Assign | ast.AnnAssign) -> Iterator[ast.AST]:
    """None returned, or assigned."""
    match node.value:
        case None | ast.Constant(value=None):
            return
        case _:
            yield _with(node, value=ast.Constant(None))


# --- statements


@edits.register
def of_effect(node: ast.Expr | ast.AugAssign | ast.Raise | ast.Delete) -> Iterator[ast.AST]:
    """Nothing done."""
    yield ast.Pass()


@edits.register
def of_next_round(node: ast.Continue) -> Iterator[ast.AST]:
    """No further round."""
    yield ast.Break()


@edits.register
def of_last_round(node: ast.Break) -> Iterator[ast.AST]:
    """One more round."""
    yield ast.Continue()


def _without(node: ast.AST, field: str) -> Iterator[ast.AST]:
    """Yield the node without one of the members of a field, each in turn."""
    members = getattr(node, field)
    for at in range(len(members)):
        yield _with(node, **{field: [*members[:at], *members[at + 1 :]]})


def _with(node: Node, **fields: object) -> Node:
    found = copy.copy(node)
    for name, value in fields.items():
        setattr(found, name, value)
    return found
