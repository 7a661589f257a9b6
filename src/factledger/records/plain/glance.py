"""Claims of forms that were met before: who takes part in what, read off the bytes of a body.

A body that differs from one that was read in nothing but its texts and numbers is read as well: its
keys are known, and it is known at which places its texts say what an index asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from factledger.log.canonical import canonical_text, shape_fault
from factledger.log.forms import Forms, picked
from factledger.named import NamedTuple
from factledger.records.forms import unknown_part
from factledger.records.plain.who import who_of

if TYPE_CHECKING:
    from factledger.records.codec import Body
    from factledger.records.plain.who import Who

_LONGEST = 1 << 14  # bytes of a body whose form is remembered
_KINDS = ("event", "state")
_SHARED = ("kind", "type", "mode")
_TELLING = frozenset({"polarity", "backfilled"})  # these make a claim stand on other lists


class PlainForm(NamedTuple):
    """The form of a claim: its keys, and the places of its texts.

    `shared` picks kind, type, mode if it has one, and role and actor of each who takes part, with
    that on whose behalf where `behalf` says so; `label` is the place of its label, 0 for none.
    """

    keys: tuple[str, ...]
    shared: Callable[[list[bytes]], tuple[bytes, ...]]
    mode: bool
    behalf: tuple[bool, ...]
    label: int


class Glance(NamedTuple):
    """What was seen of a claim: its form, the texts that it shares with others, and its label."""

    form: PlainForm
    shared: tuple[bytes, ...]
    label: str | None


_forms: Forms[PlainForm] = Forms()


def glance(body: bytes) -> Glance | None:
    """Return what is seen at a glance of the claim of a body, None where its form was not met before."""
    found = _forms.known(body)
    if found is None:
        return None
    parts, form = found
    label = parts[form.label].decode() if form.label else None
    return Glance(form, form.shared(parts), label)


def learn_claim(body: bytes, claim: Body) -> None:
    """Remember the form of the body of a plain claim; `claim` is its value."""
    if claim["kind"] not in _KINDS or not _TELLING.isdisjoint(claim) or len(body) > _LONGEST:
        return
    if not _forms.takes(body) or shape_fault(claim) or not _is_formed(claim):
        return
    told = canonical_text(_marked(claim)).encode().split(b'"')
    if canonical_text(claim).encode() == body:
        behalf = tuple("of" in one for one in claim.get("participants", ()))
        marks = [b"@%d" % i for i in range(2 + ("mode" in claim) + 2 * len(behalf) + sum(behalf))]
        label = told.index(b"@label") if "label" in claim else 0
        shared = picked([told.index(mark) for mark in marks])
        _forms.learn(body, PlainForm(tuple(claim), shared, "mode" in claim, behalf, label))


def _is_formed(claim: Body) -> bool:
    """Return whether texts stand where an index looks for them."""
    people = claim.get("participants", [])
    told = [claim.get(name, "") for name in ("type", "mode", "label")]
    if type(people) is not list or any(type(one) is not dict for one in people):
        return False
    told += [one.get(name) for one in people for name in ("role", "actor")]
    told += [one["of"] for one in people if "of" in one]
    return "type" in claim and all(type(one) is str for one in told)


def _marked(claim: Body) -> Body:
    """Return a claim with empty texts, but for marks where those stand that are picked."""
    found: Body = _blank(claim)
    marks = map("@{}".format, range(len(claim) + 3 * len(found.get("participants", ()))))
    asked = [(found, name) for name in _SHARED if name in claim]
    people = found.get("participants", ())
    asked += [(one, name) for one in people for name in ("role", "actor", "of") if name in one]
    for (table, name), mark in zip(asked, marks, strict=False):
        table[name] = mark
    if "label" in claim:
        found["label"] = "@label"
    return found


def _blank(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _blank(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_blank(held) for held in value]
    return "" if isinstance(value, str) else value


def claim_seen(seen: Glance) -> tuple[Body, Who] | None:
    """Return kind, type and mode of a claim, and who takes part; None where that is none we know."""
    form, shared = seen.form, seen.shared
    claim = _claim(form.keys, shared[: 2 + form.mode])
    return None if claim is None else (claim, _who(form.behalf, shared[2 + form.mode :]))


@lru_cache(maxsize=1 << 10)
def _claim(keys: tuple[str, ...], texts: tuple[bytes, ...]) -> Body | None:
    """Return kind, type and mode of a claim with these keys, where its kind is plain and has them."""
    claim = dict(zip(_SHARED, [text.decode() for text in texts], strict=False))
    known = claim["kind"] in _KINDS and unknown_part({**dict.fromkeys(keys), **claim}) is None
    return claim if known else None


@lru_cache(maxsize=1 << 14)
def _who(behalf: tuple[bool, ...], texts: tuple[bytes, ...]) -> Who:
    said = iter([text.decode() for text in texts])
    people = [
        {name: next(said) for name in (("role", "actor", "of") if of else ("role", "actor"))}
        for of in behalf
    ]
    return who_of({"participants": people})
