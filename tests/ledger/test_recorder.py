"""What records batches: what it saw while it tried one must not let the next one in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from factledger import Busy, HeadMoved, Ledger, Refused, WriteRefused
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


@pytest.fixture(params=["ledger.jsonl", "ledger.db"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new ledger is, in a store of each kind."""
    Ledger.create(tmp_path / request.param, origin="o").close()
    return str(tmp_path / request.param)


def test_who_holds_the_right_to_append_is_alone(address: str) -> None:
    """Between appends that belong together nobody else's comes; afterwards it does."""
    with Ledger.open(address) as one, Ledger.open(address) as other:
        other.append(actor("A"))
        with one.writing():
            assert len(one) == 2
            for name in "BCD":
                one.append(actor(name))
                with pytest.raises(Busy):
                    other.append(actor("Z"), timeout=0)
                assert one.as_of("2020").at.recorded == len(one)
            other.refresh()
            assert len(other) == 5
        assert other.append(actor("E"))[0].number == 6
        assert one.append(actor("F"))[0].number == 7
        assert one.verify() == ()


def test_the_right_to_append_is_given_back_whatever_happens(address: str) -> None:
    """After an error inside, or where it was not had, the next append is as any other."""
    with Ledger.open(address) as one, Ledger.open(address) as other:
        with suppress(KeyboardInterrupt), one.writing():
            one.append(actor("A"))
            raise KeyboardInterrupt
        other.append(actor("B"))
        with other.writing(), pytest.raises(Busy), one.writing(timeout=0):
            one.append(actor("C"))
        assert one.append(actor("C"))[0].number == 4


def test_the_head_that_is_expected_is_asked_for_inside_as_well(address: str) -> None:
    """Whoever says which head they saw is told where it moved, before the first and between two."""
    with Ledger.open(address) as one:
        with pytest.raises(HeadMoved), one.writing(expect=5):
            one.append(actor("A"))
        with one.writing(expect=1):
            one.append(actor("A"), expect=1)
            with pytest.raises(HeadMoved):
                one.append(actor("B"), expect=1)
        assert len(one) == 2


def test_content_is_not_erased_while_the_right_to_append_is_held(address: str) -> None:
    """A store may have to put another file in the place of the log: nothing of it is begun."""
    with Ledger.open(address) as one:
        one.append(actor("A"))
        with one.writing(), pytest.raises(WriteRefused, match="not erased inside"):
            one.redact(2, reason="r", authority="a")
        assert len(one) == 2
