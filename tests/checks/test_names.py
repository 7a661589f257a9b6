"""The names of actors in the place of their ids."""

from __future__ import annotations

import pytest

from factledger import Ledger, Refused

SOURCE = {"kind": "source", "id": "s", "title": "S", "published": "2021"}


def ledger() -> Ledger:
    """Return a ledger with two actors that share a name."""
    found = Ledger.create("memory:", origin="o")
    found.append(
        SOURCE,
        {"kind": "actor", "id": "ada", "category": "person", "names": ["Ada Lorn", "Lorn"]},
        {"kind": "actor", "id": "bo", "category": "person", "names": ["Bo Lorn", "Lorn"]},
    )
    return found


def test_a_draft_may_name_actors() -> None:
    """Whoever takes part, on whose behalf, and who tells it: what is recorded is the id."""
    found = ledger()
    visit = {
        "kind": "event", "type": "CONSULT", "actor": {"actor": "ada lorn", "of": "Bo Lorn"},
        "when": "2020", "source": "s", "locator": "p. 1", "attributed_to": ["Bo Lorn"],
    }  # fmt: skip
    [entry] = found.append(visit)
    body = found.index.body(entry.number) or {}
    assert body["participants"] == [{"role": "actor", "actor": "ada", "of": "bo"}]
    assert body["attributed_to"] == ["bo"]
    assert found.append({**visit, "actor": {"actor": "ada", "of": "bo"}})[0].number == entry.number


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Lorn", "actor-declared: several actors are called 'Lorn': ada, bo; write the id"),
        ("Adda", "actor-declared: unknown actor 'Adda'; did you mean 'ada'?"),
    ],
)
def test_a_name_of_several_or_of_none_is_refused(name: str, told: str) -> None:
    """The ids, or the nearest one, are told."""
    with pytest.raises(Refused, match=told.replace("?", r"\?")):
        ledger().append(
            {
                "kind": "event",
                "type": "CONSULT",
                "actor": name,
                "when": "2020",
                "source": "s",
                "locator": "p",
            }
        )


def test_what_is_no_name_is_left_to_its_form() -> None:
    """Numbers and lists in the place of a name are told as such."""
    claim = {"kind": "event", "type": "CONSULT", "when": "2020", "source": "s", "locator": "p"}
    with pytest.raises(Refused, match="record-form"):
        ledger().append(
            {**claim, "participants": [7, {"role": "actor", "actor": 7}], "attributed_to": [7]}
        )
