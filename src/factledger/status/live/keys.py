"""Under which keys a claim counts, once it is known which actors are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from factledger.caching import cached_property
from factledger.index.bodies import content_of, is_whole, keys_of, state_keys_of
from factledger.records.claims import Claim, Tally
from factledger.records.vocabulary import Key
from factledger.status.registry import Registry


class Keys(Registry):
    """The keys of the claims of a ledger at a knowledge cut, aliases resolved."""

    def keys(self, claim: Claim) -> tuple[Key, ...]:
        """Return the keys under which a claim counts, aliases resolved."""
        return keys_of(_outline(claim), self.vocabulary, self.canonical)

    def state_keys(self, claim: Claim) -> tuple[Key, ...]:
        """Return the keys of the state that a claim tells of, or of those that it moves."""
        who = [(p.role, self.canonical(p.actor)) for p in claim.participants]
        return state_keys_of(_outline(claim), self.vocabulary, who)

    def meets(self, key: Key) -> bool:
        """Return whether claims under a key can bear on one another.

        Under one of all that take part they can where one denies, or counts none, or measures.
        """
        if not is_whole(key) or (key in self._opposed if self.aliases else self.index.against(key)):
            return True
        kind = self.vocabulary.types.get(key[0][1:])
        return kind is not None and kind.quantity

    @cached_property
    def _opposed(self) -> frozenset[Key]:
        """The keys under which a claim may contradict others, aliases resolved."""
        return frozenset(
            (name, tuple((role, tuple(sorted({*map(self.canonical, a)}))) for role, a in roles))
            for name, roles in self.index.opposed()
        )

    def canonical(self, actor: str) -> str:
        """Return the id that stands for an actor."""
        return self.aliases.get(actor, actor)

    @cached_property
    def types_corrected(self) -> bool:
        """Whether a type was corrected, so that claims may count under other keys than before."""
        return any(self.index.kind(number) == "correct" for number in self.index.types)

    @cached_property
    def _keyed(self) -> Mapping[Key, Sequence[int]]:
        found: dict[Key, list[int]] = {}
        for number in self.index.upto(self.index.claims, self.recorded):
            body = self.index.body(number)
            claim = content_of(body)  # what was erased has no key
            for key in keys_of(claim, self.vocabulary, self.canonical) if claim else ():
                found.setdefault(key, []).append(number)
        return found


def _outline(claim: Claim) -> dict[str, Any]:
    """Return the parts of a claim's body that its keys depend on."""
    who = [{"role": p.role, "actor": p.actor} for p in claim.participants]
    said = {"kind": claim.shape, "type": claim.type, "mode": claim.mode, "participants": who}
    count = {"upper": claim.count.upper} if isinstance(claim, Tally) else None
    return {**said, "polarity": claim.polarity, "count": count}
