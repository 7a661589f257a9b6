"""What records batches: what it saw while it tried one must not let the next one in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from factledger import Ledger, Refused, WriteRefused
from factledger.log.stores.memory import MemoryStore

BATCH = 100  # records that are looked at together

SOURCE = {"kind": "source", "id": "s", "title": "t", "published": "2020"}
VISIT: dict[str, Any] = {
    "kind": "event", "type": "CONSULT", "mode": "visit", "when": "2019",
    "participants": [{"role": "actor", "actor": "A"}, {"role": "recipient", "actor": "B"}],
    "citations": [{"source": "s", "locator": "p. 1"}],
}  # fmt: skip


def actor(name: str) -> dict[str, Any]:
    """Return the declaration of a country."""
    return {"kind": "actor", "id": name, "category": "country", "names": [name]}


DECLARED = [SOURCE, actor("A"), actor("B"), *(actor(f"X{i}") for i in range(BATCH - 3))]


def tried(ledger: Ledger) -> None:
    """Try a batch that declares and then claims, without writing."""
    assert len(ledger.try_append(*DECLARED, VISIT)) == BATCH + 1


def refused(ledger: Ledger) -> None:
    """Append such a batch with a record that is refused."""
    with pytest.raises(Refused):
        ledger.append(*DECLARED, VISIT, {**VISIT, "type": "NONE"})


def unwritten(ledger: Ledger) -> None:
    """Append such a batch while the store cannot write."""

    def full(*_: object, **__: object) -> None:
        raise WriteRefused("memory:", "no space left")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryStore, "append", full)
        with pytest.raises(WriteRefused):
            ledger.append(*DECLARED, VISIT)


@pytest.mark.parametrize("before", [tried, refused, unwritten])
def test_what_was_only_tried_declares_nothing(before: Callable[[Ledger], None]) -> None:
    """After a trial, a refusal or a failed write, a claim about what was declared there is refused."""
    ledger = Ledger.create("memory:", origin="o")
    before(ledger)
    with pytest.raises(Refused, match="unknown source 's'"):
        ledger.append(VISIT)
    assert (len(ledger), ledger.check()) == (1, ())
