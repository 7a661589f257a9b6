"""The ledger of three voices: what was worked out by hand from the rules is what it answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from factledger import Ledger, contradictions, read_drafts
from factledger.index.contents.addresses import Addresses
from factledger.intake.adding.claim_form import ClaimForm, filled_claim
from factledger.intake.adding.kept_draft import KeptDraft

FOLDER = Path(__file__).parent.parent / "ledgers/three-voices"
DRAFTS = ("wire", "essay", "reportage", "correction")

# The contradictions that were planted, and the days on which their sides cannot all be right.
PLANTED = {
    ("e-founded", "w-founded"): ("1998-06-12", "1998-06-20"),
    ("e-promised", "r-not-promised"): ("2022-12-31", None),
    ("r-grain", "w-grain"): ("2023-01-01", "2023-12-31"),
    ("e-calls", "w-calls"): ("2023-12-31", None),
    ("e-sanctions", "w-lifted"): ("2024-02-02", None),
    ("e-not-met", "w-met"): ("2024-03-03", None),
    ("r-sen", "w-oun"): ("2024-04-01", "2024-05-14"),
    ("e-vere", "r-vere"): ("2024-08-31", None),
}

# How claims stand, worked out by hand: label, day, status.
ANSWERS = [
    ("w-partners", "2020-08-31", "not-yet"),
    ("w-partners", "2020-09-01", "possible"),
    ("w-partners", "2020-11-30", "definite"),
    ("e-partners", "2024-09-20", "definite"),
    ("e-partners", "2024-09-21", "presumed"),
    ("w-founded", "1998-06-11", "not-yet"),
    ("w-founded", "1998-06-12", "contested"),
    ("e-founded", "1998-06-20", "contested"),
    ("w-founded", "1998-06-21", "definite"),
    ("e-founded", "1998-06-21", "definite"),
    ("w-oun", "2021-12-31", "definite"),
    ("w-oun", "2024-03-31", "definite"),
    ("w-oun", "2024-04-01", "contested"),
    ("w-oun", "2024-05-15", "ended"),
    ("r-sen", "2024-03-31", "not-yet"),
    ("r-sen", "2024-05-14", "contested"),
    ("r-sen", "2024-05-15", "definite"),
    ("r-sen", "2025-02-03", "definite"),
    ("r-sen", "2025-02-04", "presumed"),
    ("w-closed", "2019-06-01", "possible"),
    ("w-closed", "2024-05-14", "definite"),
    ("w-closed", "2024-05-15", "presumed"),
    ("w-closed", "2024-11-05", "presumed"),
    ("w-closed", "2024-11-06", "ended"),
    ("w-plan", "2024-07-31", "possible"),
    ("w-met", "2024-03-02", "not-yet"),
    ("w-met", "2024-03-03", "contested"),
    ("e-not-met", "2024-03-03", "contested"),
    ("e-vere", "2022-01-31", "definite"),
    ("r-vere", "2024-08-30", "definite"),
    ("e-vere", "2024-08-31", "contested"),
    ("r-vere", "2024-08-31", "contested"),
    ("e-sanctions", "2024-02-01", "definite"),
    ("e-sanctions", "2024-02-02", "contested"),
    ("w-grain", "2023-06-01", "contested"),
    ("w-grain", "2024-01-01", "ended"),
    ("w-calls", "2023-12-30", "possible"),
    ("e-calls", "2023-12-31", "contested"),
    ("r-in-force", "2023-12-31", "not-yet"),
    ("r-in-force", "2024-01-01", "definite"),
    ("w-expelled", "2019-11-30", "definite"),
]  # fmt: skip


@pytest.fixture(scope="module")
def voices() -> Ledger:
    """Return the ledger as it is kept."""
    return Ledger.open(FOLDER)


def test_the_contradictions_that_were_planted_are_found_and_no_others(voices: Ledger) -> None:
    """Each is found with both its sides and on its days; nothing else is in dispute."""
    found = {
        tuple(sorted(side.standing.claim.label or "" for side in one.sides if side.standing)): (
            str(one.since),
            one.until and str(one.until),
        )
        for one in contradictions(voices.as_of("2026"))
    }
    assert found == PLANTED


@pytest.mark.parametrize(("label", "day", "status"), ANSWERS)
def test_a_claim_stands_as_was_worked_out_by_hand(
    label: str, day: str, status: str, voices: Ledger
) -> None:
    """What the rules say of a claim on a day is what the ledger answers."""
    standing = voices.as_of(day).why(voices.find(label).number)[0]
    assert standing.status == status


def test_what_two_sources_tell_alike_is_one(voices: Ledger) -> None:
    """The partnership is one standing of two publishers, told in the narrower words."""
    (level,) = voices.as_of("2024").between("VEL", "ISH").level.standings
    assert (level.support, level.claim.label) == (2, "e-partners")


def test_expelling_begins_no_sanctions(voices: Ledger) -> None:
    """Nothing says that Velmora has sanctions against Ishkar."""
    shown = voices.as_of("2024-05-01").standings
    sanctions = [s for s in shown if s.claim.type == "sanctions"]
    assert [s.claim.label for s in sanctions] == ["e-sanctions"]


def test_the_visit_is_as_the_newspaper_corrected_it(voices: Ledger) -> None:
    """Before the correction the visit was on the ninth, since then it is on the nineteenth."""
    days = ("2024-10-18", "2024-10-19")
    before, after = (
        [len(voices.as_of(day, published=cut).events("CONSULT", mode="visit")) for day in days]
        for cut in ("2025-02-09", "2025-02-10")
    )
    plan = 1  # that of July, which binds nobody
    assert (before, after) == ([1 + plan, 1 + plan], [plan, 1 + plan])


def test_the_drafts_make_the_ledger() -> None:
    """Appending the drafts to an empty ledger gives its records, in order, with every quote proved."""
    copy = Ledger.create("memory:", origin="copy")
    for name in DRAFTS:
        copy.append(*read_drafts(str(FOLDER / f"{name}.toml")))
    with Ledger.open(FOLDER) as kept:
        assert [e.record for e in copy.entries(2)] == [e.record for e in kept.entries(2)]
        assert kept.verify() == kept.check() == ()


# --- the same in short

SHORT = Path(__file__).parent / "data/short"


def short_ledger(folder: Path) -> Ledger:
    """Return a ledger of the three short drafts, beside the texts of their sources."""
    ledger = Ledger.create("memory:", origin="short")
    for name in DRAFTS[:3]:
        for path in (SHORT / f"{name}.toml", FOLDER / f"{name}.txt"):
            shutil.copy(path, folder)
        ledger.append(*read_drafts(str(folder / f"{name}.toml")))
    return ledger


def test_short_drafts_say_the_same(tmp_path: Path) -> None:
    """A claim a line: the very same records, labels apart."""
    full = Ledger.create("memory:", origin="full")
    for name in DRAFTS[:3]:
        full.append(*read_drafts(str(FOLDER / f"{name}.toml")))
    one, other = Addresses(full.index), Addresses(short_ledger(tmp_path).index)
    numbers = range(2, len(full) + 1)
    assert sorted(map(one.of, numbers)) == sorted(map(other.of, numbers))


def test_a_claim_costs_a_line_and_sixty_keystrokes() -> None:
    """Counted over the three sources: what is typed for the claims, line ends included."""
    blocks = [(SHORT / f"{name}.toml").read_text().split("'''\n")[1] for name in DRAFTS[:3]]
    claims = [line for block in blocks for line in block.splitlines()]
    assert len(claims) == 28
    assert sum(map(len, blocks)) / len(claims) <= 60


def test_a_claim_costs_as_little_in_the_form(tmp_path: Path) -> None:
    """Typed field by field, a Tab between two and Enter at the end; a line of draft for each."""
    ledger, keys, lines = short_ledger(tmp_path), 0, 0
    claims = 0
    for name in DRAFTS[:3]:
        draft = KeptDraft(tmp_path / f"{name}.form.toml", name)
        block = (SHORT / f"{name}.toml").read_text().split("'''\n")[1]
        text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        for line in block.splitlines():
            form = form_of(line)
            done = filled_claim(ledger, name, text, draft.proposals(), form)
            assert done.problems == (), line
            draft.add(done.records)
            claims += 1
            keys += pressed(form)
        lines += sum(row.startswith("  {") for row in draft.path.read_text().splitlines())
        before = len(ledger)
        ledger.append(*draft.proposals(), texts={name: text})
        assert len(ledger) == before  # each is there already, as the short draft said it
    assert (claims, lines) == (28, 28)
    assert keys / claims <= 60


def form_of(line: str) -> ClaimForm:
    """Return the form that says what a short claim says."""
    head, _, rest = line.partition(":")
    who, *extras, when, quote = (part.strip() for part in rest.split(";"))
    return ClaimForm(quote, head, who, when, "; ".join(extras))


def pressed(form: ClaimForm) -> int:
    """Return how many keys a form takes: each character, Tab to each further field, Enter."""
    fields = [form.quote, form.type, form.who, form.when, form.more]
    while not fields[-1]:
        fields.pop()
    return sum(map(len, fields)) + len(fields)
