"""Which claims come together in a part, and where their lines lie."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.errors import NotALedger, NotFound
from factledger.records.vocabulary import shipped
from factledger.scaling import here
from factledger.scaling.files import bytes_in, delete_old, read_part
from factledger.scaling.layout.declared import Declared, names_in, names_under, write_declared
from factledger.scaling.layout.placing import NOWHERE, cells_over
from factledger.scaling.layout.plan import plan
from factledger.scaling.layout.reading import Readings
from factledger.scaling.layout.roots import (
    NO_ROOT,
    Joined,
    first_bits,
    roots_of_claim,
    splits,
    vocabularies_of,
)
from factledger.scaling.layout.routing import number_of
from factledger.scaling.manifest import Manifest

VISIT = {"kind": "event", "type": "CONSULT", "mode": "visit"}


def visit(one: str, other: str, **said: object) -> dict[str, Any]:
    """Return the body of a claim that one visited another."""
    who = [{"role": "actor", "actor": one}, {"role": "recipient", "actor": other}]
    return {**VISIT, **said, "participants": who}


def test_claims_that_can_bear_on_one_another_have_one_root() -> None:
    """Asserted and denied, whatever the date, and by any name that an actor ever had."""
    known = (shipped(),)
    asserted = roots_of_claim(visit("JPN", "UKR"), known, {})
    assert roots_of_claim(visit("JPN", "UKR", polarity="denied"), known, {}) == asserted
    assert roots_of_claim(visit("NIPPON", "UKR"), known, {"NIPPON": "JPN"}) == asserted
    assert roots_of_claim(visit("UKR", "JPN"), known, {}) != asserted


def test_a_claim_without_a_key_has_the_root_of_its_actors() -> None:
    """An assessment bears on nobody, and still has a place."""
    body = {**visit("JPN", "UKR"), "kind": "assessment"}
    [root] = roots_of_claim(body, (shipped(),), {})
    assert root != NO_ROOT


def test_a_corrected_type_counts_as_it_was_and_as_it_is() -> None:
    """Claims of a type that was corrected have the keys of both."""
    first = {"kind": "type", "id": "seat", "shape": "state", "sentence": "{holder} sits in {post}",
             "required": ["holder", "post"], "single": True, "key": ["post"]}  # fmt: skip
    second = {
        "kind": "correct",
        "target": 2,
        "reason": "refined",
        "record": {**first, "key": ["holder"]},
    }
    found = vocabularies_of(shipped(), [first, second])
    assert len(found) == 2
    who = [{"role": "holder", "actor": "a"}, {"role": "post", "actor": "p"}]
    body = {"kind": "state", "type": "seat", "participants": who}
    assert len(roots_of_claim(body, found, {})) == 2


def test_a_correction_of_what_is_no_type_leaves_the_vocabulary() -> None:
    """A type that is corrected to another record counts as it was."""
    kind = {"kind": "type", "id": "seat", "shape": "state", "sentence": "{holder} sits in {post}"}
    actor = {"kind": "actor", "id": "seat", "category": "group", "names": ["The Seat"]}
    other = {"kind": "correct", "target": 2, "reason": "misread", "record": actor}
    assert vocabularies_of(shipped(), [kind, other]) == vocabularies_of(shipped(), [kind])


@given(st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=4)))
def test_joined_roots_are_those_that_a_chain_of_links_connects(links: list[list[int]]) -> None:
    """Roots are one where links lead from one to the other, and the lowest stands for all."""
    joined = Joined()
    groups = {n: {n} for n in range(1, 31)}
    for link in links:
        joined.join(link)
        whole = set().union(*(groups[n] for n in link))
        groups.update(dict.fromkeys(whole, whole))
    assert all(joined.find(n) == min(groups[n]) for n in groups)


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8), st.integers(1, 20), st.integers(0, 4))
def test_parts_hold_every_cell_with_rows_once(counts: list[int], most: int, least: int) -> None:
    """Each cell with rows is in one part; a part is small enough, or a single cell."""
    parts = splits(counts, most, least)
    covered = [cell for part in parts for cell in part]
    assert len(covered) == len(set(covered))
    assert all(cell in covered for cell, count in enumerate(counts) if count)
    for part in parts:
        assert len(part) == 1 or sum(counts[part.start : part.stop]) <= most
        assert len(part) <= 8 >> min(least, 3)


def test_what_is_about_a_claim_lies_with_it() -> None:
    """A record about a claim has its cell, also about one that was erased; one about none has none."""
    root = 5 << 51
    segments = [
        Readings(1, array("Q", [NO_ROOT, root, NO_ROOT]), [], [(3, [2])], []),
        Readings(4, array("Q", [NO_ROOT, NO_ROOT, NO_ROOT]), [], [(5, [4, 2]), (6, [1])], []),
    ]
    placed = cells_over(segments)
    assert [*placed.cells] == [NOWHERE, 5, 5, 5, 5, NOWHERE]
    assert placed.about_declarations == {6: [1]}
    assert first_bits(root, 12) == 5


def test_a_correction_joins_what_it_leads_from_and_to() -> None:
    """Claims of the root before and of the root after lie in one cell."""
    one, other = 1 << 51, 9 << 51
    segment = Readings(1, array("Q", [one, other, one, other]), [], [(4, [1])], [])
    assert len({*cells_over([segment]).cells}) == 1


def test_an_identification_of_actors_is_found_under_both() -> None:
    """Who declares, withdraws or identifies is found by name; others, and what was erased, are not."""
    body = {"kind": "identify", "actors": ["a", "b"], "verdict": "different", "reason": "x"}
    assert names_under(body, {}) == {("actor", "a"), ("actor", "b")}
    assert names_under({"kind": "withdraw", "source": "s"}, {}) == {("source", "s")}
    assert names_under({"kind": "retract", "target": 3}, {}) == names_under(None, {}) == set()


def test_what_was_erased_names_nobody() -> None:
    """A record names its sources and who takes part, by their groups; one that was erased, nobody."""
    cited = visit("JPN", "UKR", citations=[{"source": "s"}])
    named = {("source", "s"), ("actor", "japan"), ("actor", "UKR")}
    assert {*names_in(cited, {"JPN": "japan"})} == named
    assert not [*names_in(None, {})]


def test_files_and_ledgers_that_are_not_there_are_told(tmp_path: Path) -> None:
    """A missing file is named; segments without a first entry are no ledger."""
    with pytest.raises(NotFound):
        bytes_in(tmp_path / "none")
    with pytest.raises(NotFound):
        read_part(tmp_path / "none", 0, 1)
    Manifest("empty").write(tmp_path)
    with pytest.raises(NotALedger, match="does not begin"):
        plan(tmp_path, here, 10, 0)
    assert number_of(b'{"seq":14}') == 14
    delete_old(tmp_path / "none")


def test_names_are_looked_up_by_bisection(tmp_path: Path) -> None:
    """Every name is found with all of its lines, and one that is not there with none."""
    texts = [
        (n, f'{{"body":{{"id":"s{n % 40}","kind":"source"}},"seq":{n}}}') for n in range(1, 200)
    ]
    name = write_declared(tmp_path, texts, {}, {})
    declared = Declared(tmp_path / "declared" / name)
    for place in range(40):
        wanted = [text.encode() for n, text in texts if n % 40 == place]
        assert [*declared.lines(("source", f"s{place}"))] == wanted
    for missing in (("source", "s"), ("source", "s99"), ("actor", "s1"), ("", "")):
        assert not [*declared.lines(missing)]
    declared.close()
    empty = Declared(tmp_path / "declared" / write_declared(tmp_path, [], {}, {}))
    assert not [*empty.lines(("source", "s1"))]
    empty.close()
