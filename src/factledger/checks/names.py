"""What the names in a draft mean.

Actors are named by id, by name or by how these begin, where only one is meant; entries by number,
by label or by address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factledger.checks.declarations import unknown
from factledger.dates.instants import numbered
from factledger.errors import Fault, NotFound
from factledger.index.contents.addresses import Addresses, is_address
from factledger.records.codec import Body
from factledger.status.belief import Belief


class ActorNames:
    """Who is called what, by a belief; letters are compared without regard to case."""

    def __init__(self, belief: Belief) -> None:
        self._belief = belief
        self._called: dict[str, set[str]] | None = None

    def called(self, text: str) -> str | None:
        """Return the id of the only actor with this id or name, None where there is none or several.

        A `*` at its end stands for any rest.
        """
        found = self._all(text)
        return found.pop() if len(found) == 1 else None

    def meant(self, text: str) -> tuple[str, list[Fault]]:
        """Return the id of the actor with this id or name; else the text itself, with why not."""
        found = sorted(self._all(text))
        if len(found) == 1:
            return found[0], []
        if found:
            told = f"several actors are called {text!r}: {', '.join(found[:5])}; write the id"
            return text, [("actor-declared", told)]
        return text, [unknown(self._belief, "actor", text)]

    def _all(self, text: str) -> set[str]:
        name = text.strip()
        if self._belief.has("actor", name):
            return {name}
        if name.endswith("*"):
            return self._beginning(name[:-1].casefold())
        return set(self._by_name().get(name.casefold(), ()))

    def _beginning(self, start: str) -> set[str]:
        """Return the actors whose id, or one of whose names, begins so."""
        ids = {
            one for one in self._belief.index.declared("actor") if one.casefold().startswith(start)
        }
        named = (ones for name, ones in self._by_name().items() if name.startswith(start))
        return ids.union(*named) if start else set()

    def _by_name(self) -> dict[str, set[str]]:
        if self._called is None:
            self._called = {}
            for one in self._belief.index.declared("actor"):
                actor = self._belief.actor(one)
                for called in actor.names if actor else ():
                    self._called.setdefault(called.casefold(), set()).add(one)
        return self._called


def name_faults(belief: Belief, body: Any) -> Iterator[Fault]:
    """Yield the types, actors and sources of a draft that nobody declared, whatever its form is."""
    if not isinstance(body, dict):
        return
    kind = body.get("type")
    if isinstance(kind, str) and kind not in belief.vocabulary.types:
        yield unknown(belief, "type", kind)
    for key, holder in (("participants", "actor"), ("citations", "source")):
        members = body.get(key)
        for one in members if isinstance(members, list) else ():
            name = one.get(holder) if isinstance(one, dict) else None
            if isinstance(name, str) and name.strip() and not belief.has(holder, name):
                yield unknown(belief, holder, name)
    yield from name_faults(belief, body.get("record"))


def with_ids(body: Body, names: ActorNames, wrong: list[Fault]) -> Body:
    """Return a draft's claim with ids in the place of names; what nobody is called stays."""

    def put(held: Any) -> Any:
        if not isinstance(held, str):
            return held
        found, faults = names.meant(held)
        wrong.extend(fault for fault in faults if "several" in fault[1])
        return found

    ready = dict(body)
    if isinstance(body.get("participants"), list):
        ready["participants"] = [
            {**p, **{key: put(p[key]) for key in ("actor", "of") if key in p}}
            if isinstance(p, dict)
            else p
            for p in body["participants"]
        ]
    for name in ("attributed_to", "told_to"):
        if isinstance(body.get(name), list):
            ready[name] = [put(one) for one in body[name]]
    return ready


# --- entries


def with_numbers(body: Body, before: Belief, wrong: list[Fault]) -> Body:
    """Return a body, and the record in it, with numbers for the entries that it names; note the unknown."""
    for holder in (body, body.get("record")):
        if isinstance(holder, dict) and isinstance(holder.get("about"), list):
            holder["about"] = [
                {**a, "target": _number(a.get("target"), before, wrong)}
                if isinstance(a, dict)
                else a
                for a in holder["about"]
            ]
    if "target" in body:
        body["target"] = _number(body["target"], before, wrong)
    for name in ("claims", "settles"):
        if isinstance(body.get(name), list):
            body[name] = [_number(claim, before, wrong) for claim in body[name]]
    return body


def _number(reference: object, before: Belief, wrong: list[Fault]) -> object:
    if not isinstance(reference, str):
        return reference
    number = numbered(reference)
    if number is not None:
        return number
    if is_address(reference):
        return _addressed(reference, before, wrong)
    standing = _labelled(reference, before)
    if standing is None:
        near = before.nearest("label", reference)
        advice = f"did you mean {near!r}?" if near else "write its label or #N"
        wrong.append(("target-exists", f"no claim has the label {reference!r}; {advice}"))
        return 1
    return standing


def _addressed(address: str, before: Belief, wrong: list[Fault]) -> int:
    try:
        return Addresses(before.index).entry(address)
    except NotFound as missing:
        wrong.append(("target-exists", str(missing)))
        return 1


def _labelled(label: str, before: Belief) -> int | None:
    """Return the entry that a label means: the first reading with it of the claim that has it now.

    Whatever corrections came since, a draft that is appended again means the same entry by it.
    """
    numbers, chains = before.index.labelled(label), before.index.chains
    live = list(before.holding(label))
    if not live or before.index.kind(live[-1]) == "note":
        return next(iter(reversed(live or numbers)), None)
    chain = chains.of(live[-1])
    return next(n for n in numbers if chains.first(n) == chain.first and n not in chain.taking)
