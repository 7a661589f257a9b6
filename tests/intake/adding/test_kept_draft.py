"""The draft that waits beside the ledger: a line a claim, and read by `append` as it is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import NotFound, Refused, WriteRefused
from factledger.errors import LogError
from factledger.intake.adding.kept_draft import KeptDraft, draft_text, toml_value
from factledger.intake.documents import parsed_toml
from factledger.intake.drafts import read_drafts

VISIT = {"kind": "event", "type": "CONSULT", "source": "s", "quote": 'a "b" \\ c', "when": "2021"}
OFFICE = {"kind": "state", "type": "office", "source": "s", "quote": "d", "since": "2020"}
ADA = {"kind": "actor", "id": "ada", "category": "person", "names": ["Ada"]}


@pytest.fixture
def draft(tmp_path: Path) -> KeptDraft:
    """Return a draft that nothing waits in."""
    return KeptDraft.beside(str(tmp_path / "ledger.jsonl"), "s")


def test_what_waits_is_what_was_added(draft: KeptDraft) -> None:
    """Each claim on a line of its own, whose source stands above once."""
    assert (draft.proposals(), draft.count) == ([], 0)
    draft.add([ADA, VISIT])
    draft.add([OFFICE])
    draft.add([{**ADA, "id": "bo"}, VISIT])
    assert draft.count == 3
    kinds = [p.body["kind"] for p in read_drafts(str(draft.path))]
    assert kinds == ["actor", "actor", "state", "event", "event"]  # whom claims name comes first
    text = draft.path.read_text()
    assert text.count("\n  {") == 5
    assert text.count('default_source = "s"') == 1
    assert all(p.body["citations"][0]["source"] == "s" for p in draft.proposals()[2:])


def test_the_last_claim_can_be_taken_back(draft: KeptDraft) -> None:
    """One after another; who was declared stays."""
    assert not draft.drop_last()
    draft.add([ADA, VISIT])
    draft.add([OFFICE])
    assert draft.drop_last()
    assert [p.body["kind"] for p in draft.proposals()] == ["actor", "event"]
    assert draft.drop_last()
    assert not draft.drop_last()
    with draft.taken():
        pass
    assert not draft.path.exists()


def test_each_ledger_and_source_has_a_draft_of_its_own(tmp_path: Path) -> None:
    """In a folder beside the ledger; one without a folder has none."""
    places = [KeptDraft.beside(str(tmp_path / name), "s").path for name in ("ledger.jsonl", "a.db")]
    assert places == [tmp_path / "drafts/s.toml", tmp_path / "a.db.drafts/s.toml"]
    for address in ("memory:", "postgresql://host/x/y"):
        with pytest.raises(NotFound, match="name a file for it with --draft"):
            KeptDraft.beside(address, "s")


def test_a_draft_that_somebody_broke_is_told_with_its_line(draft: KeptDraft) -> None:
    """And nothing is written over it."""
    draft.add([VISIT])
    draft.path.write_text("event = [")
    for act in (lambda: draft.add([VISIT]), draft.drop_last, lambda: draft.count):
        with pytest.raises(Refused, match=r"s\.toml.*not TOML"):
            act()
    assert draft.path.read_text() == "event = ["


def test_what_is_no_file_in_the_place_of_a_draft_is_told(draft: KeptDraft) -> None:
    """A folder there is no draft, and stays as it is."""
    draft.path.mkdir(parents=True)
    for act in (lambda: draft.add([VISIT]), draft.drop_last, draft.proposals):
        with pytest.raises(LogError, match=r"s\.toml: cannot read the draft: is a directory"):
            act()
    assert draft.path.is_dir()


def test_claims_of_several_at_once_all_wait(draft: KeptDraft) -> None:
    """A terminal and a browser may add to one draft: none writes it without the claim of the other."""
    with ThreadPoolExecutor(4) as pool:
        done = [
            pool.submit(KeptDraft(draft.path, "s").add, [{**VISIT, "when": str(1900 + n)}])
            for n in range(12)
        ]
        for one in done:
            one.result()
    assert draft.count == 12


def test_a_claim_that_comes_while_a_draft_is_appended_waits_in_a_new_one(draft: KeptDraft) -> None:
    """What is taken away is what was appended; what raises leaves all where it was."""
    draft.add([VISIT])
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(ZeroDivisionError), draft.taken():
            raise ZeroDivisionError
        assert draft.count == 1
        with draft.taken() as waiting:
            late = pool.submit(KeptDraft(draft.path, "s").add, [OFFICE])
            assert len(waiting) == 1
        late.result()
    assert [proposal.body["kind"] for proposal in draft.proposals()] == ["state"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """In the words of the system."""
    (tmp_path / "drafts").write_text("a file")
    with pytest.raises(WriteRefused):
        KeptDraft.beside(str(tmp_path / "ledger.jsonl"), "s").add([VISIT])


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    TEXTS | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "of", "as_said", "lower"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(VALUES)
def test_every_value_is_read_back_as_it_was_written(value: object) -> None:
    """Whatever characters a text holds."""
    assert parsed_toml(f"a = {toml_value(value)}\n") == {"a": value}


def test_what_a_person_wrote_into_the_draft_is_kept() -> None:
    """Dates of TOML, and claims in short."""
    document = {"claims": "visit: a > b; .; c\n", "event": [{"when": date(2021, 5, 2)}]}
    assert parsed_toml(draft_text(document)) == document
