"""What would be left beside erased content: hashes to try a guess on, and names in the clear."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cli_tools import run
from factledger import Ledger, Refused
from factledger.citations.quotes import seal
from factledger.intake import import_rows
from factledger.intake.maps.map_file import parse_map

SHORT = "Jane Doe was arrested."
OTHERS = "Two others were seen."
END = "The harbour closed."
TEXT = f"{SHORT} {OTHERS} " + "That was the day as the log tells it. " * 6 + END
REASON, AUTHORITY = "asked for by the person", "the editor"
ROWS = ["id,op,who,year", "1,assert,Jane Doe,2001", "2,assert,Bob,2002", "1,{},Jane Doe,2003"]
MAP = """
[[source]]
id = "roll"
title = "A roll"
[row]
key = "t-{id}"
operation = "{op}"
retraction = "struck off"
[[row.actor]]
id = "{who:id}"
category = "person"
names = ["{who}"]
[row.claim]
kind = "state"
type = "membership"
holder = "{who:id}"
party = "{who:id}"
since = "{year}"
until = ".."
"""


def guessed(ledger: Ledger, *guesses: str) -> list[str]:
    """Return the guesses that a hash without salt confirms, wherever the ledger keeps one."""
    kept = re.sub(rb'"(hash|commit)":"[0-9a-f]{64}"', b"", b"".join(ledger.lines())).decode()
    found = set(re.findall("[0-9a-f]{64}", kept))
    return [guess for guess in guesses if {sha256(guess.encode()).hexdigest(), seal(guess)} & found]


def imported(tmp_path: Path, operation: str) -> Ledger:
    """Return a ledger into which a row was imported, and a later one that is about it."""
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(ROWS).format(operation) + "\n")
    ledger = Ledger.create("memory:", origin="x")
    import_rows(ledger, parse_map(MAP, "m.toml"), str(path))
    return ledger


def refused(ledger: Ledger, *entries: int) -> str:
    """Return what the erasing of entries is refused for, with nothing written."""
    before = len(ledger)
    with pytest.raises(Refused, match="what is erased can still be tried out") as raised:
        ledger.redact(*entries, reason=REASON, authority=AUTHORITY)
    assert {p.check for p in raised.value.problems} == {"redaction-traces"}
    assert len(ledger) == before
    return str(raised.value)


def test_an_imported_row_is_not_guessed_by_its_retraction(tmp_path: Path) -> None:
    """The claim is erased; what took it back says the line of its row, and no hash."""
    ledger = imported(tmp_path, "retract")
    ledger.redact(ledger.find("t-1").number, reason=REASON, authority=AUTHORITY)
    assert guessed(ledger, ROWS[1], ROWS[3].format("retract")) == []
    assert guessed(ledger, ROWS[2]) == [ROWS[2]]


def test_a_correction_that_keeps_the_hash_of_its_row_is_erased_too(tmp_path: Path) -> None:
    """Its row tells of the same person: it is named with what it corrects, or left on purpose."""
    ledger = imported(tmp_path, "correct")
    number, corrected = ledger.index.labelled("t-1")
    assert refused(ledger, number) == (
        f"#{number}: redaction-traces: what is erased can still be tried out: the SHA-256 of a row or "
        f"a passage about it in #{corrected}; redact that too, or give --leave-traces"
    )
    ledger.redact(number, corrected, reason=REASON, authority=AUTHORITY)
    assert guessed(ledger, ROWS[1], ROWS[3].format("correct")) == []
    assert ledger.check() == ledger.verify() == ()


def test_a_retraction_that_an_earlier_version_imported_is_erased_too(tmp_path: Path) -> None:
    """It still has the hash of its row in its reason."""
    ledger, row = imported(tmp_path, "skip"), "1,retract,Jane Doe,"
    number = ledger.find("t-1").number
    reason = f"struck off; roll, line 4, sha256 {sha256(row.encode()).hexdigest()}"
    [taken] = ledger.append({"kind": "retract", "target": number, "reason": reason})
    assert f"about it in #{taken.number};" in refused(ledger, number)
    ledger.redact(number, taken.number, reason=REASON, authority=AUTHORITY)
    assert guessed(ledger, row, ROWS[1]) == []


def made(*records: dict[str, Any], text: str = TEXT, policy: str = "sealed") -> Ledger:
    """Return a ledger with a source of a text (#2), a person and a country; what comes is #5."""
    ledger = Ledger.create("memory:", origin="x")
    ledger.append(
        {"kind": "source", "id": "log", "title": "L", "policy": policy, "published": "2024"},
        {"kind": "actor", "id": "jane-doe", "category": "person", "names": ["Jane Doe", "J. D."]},
        {"kind": "actor", "id": "AAA", "category": "country", "names": ["Aland"]},
        texts={"log": text},
    )
    for record in records:
        ledger.append(record, texts={"log": text})
    return ledger


def arrest(quote: str = SHORT, **changes: Any) -> dict[str, Any]:
    """Return a claim about the person that cites a passage."""
    return {
        "kind": "event", "type": "COERCE", "actor": "AAA", "recipient": "jane-doe", "when": "2001",
        "source": "log", "quote": quote, **changes,
    }  # fmt: skip


LAST = arrest(END, when="2003", actor="AAA", recipient="AAA")
"""A claim that cites the end of the text, so that it is known to be long."""


@pytest.mark.parametrize("policy", ["sealed", "verbatim"])
def test_a_passage_that_another_claim_seals_is_erased_with_it(policy: str) -> None:
    """Whoever guesses the words of the one can try them on the seal of the other."""
    ledger = made(arrest(), LAST, policy=policy)
    sealing = {"kind": "source", "id": "log", "title": "L", "published": "2024", "policy": "sealed"}
    if policy == "verbatim":
        ledger.append({"kind": "correct", "target": 2, "reason": "refined", "record": sealing})
    [other] = ledger.append(arrest(when="2002"), texts={"log": TEXT})
    assert re.search(f"the same SHA-256 .*… in #{other.number}; redact", refused(ledger, 5))
    ledger.redact(5, other.number, reason=REASON, authority=AUTHORITY)
    assert guessed(ledger, SHORT) == []


def test_the_seal_of_a_part_of_the_passage_is_said() -> None:
    """It tells of what its own claim cites, and may be meant to stay."""
    ledger = made(arrest(), arrest("Jane Doe", when="2002"), LAST)
    assert [(str(trace), trace.tried) for trace in ledger.traces(5)] == [
        ("the seal of words of its passage in #6", False)
    ]
    assert ledger.redact(5, reason=REASON, authority=AUTHORITY)[0].number == 8


def test_a_passage_beside_the_erased_one_is_another() -> None:
    """Seals of other words of the text tell nothing of it."""
    ledger = made(arrest(), arrest(OTHERS), LAST)
    assert ledger.traces(5) == ()
    assert ledger.redact(5, reason=REASON, authority=AUTHORITY)[0].number == 8


def test_what_backs_or_disputes_an_erased_claim_with_a_seal_is_erased_with_it() -> None:
    """It cites a passage about the same."""
    other = {"kind": "dispute", "target": 5, "source": "log", "quote": OTHERS}
    ledger = made(arrest(), other, LAST)
    assert "the SHA-256 of a row or a passage about it in #6;" in refused(ledger, 5)
    ledger.redact(5, 6, reason=REASON, authority=AUTHORITY)
    assert guessed(ledger, SHORT, OTHERS) == []


def test_the_hash_of_a_short_text_goes_first() -> None:
    """Of a text of which little is known the whole can be guessed; its source is corrected first."""
    ledger = made(arrest(), text=SHORT, policy="verbatim")
    assert "the SHA-256 of a text of which 22 characters are known in #2;" in refused(ledger, 5)
    bare = {"kind": "source", "id": "log", "title": "L", "published": "2024"}
    ledger.append({"kind": "correct", "target": 2, "reason": "refined", "record": bare})
    assert "are known in #2;" in refused(ledger, 5)
    ledger.redact(5, 2, reason=REASON, authority=AUTHORITY)
    assert guessed(ledger, SHORT) == []
    assert ledger.check() == ()


def test_the_hash_of_a_long_text_stays() -> None:
    """Whoever would guess it has the text."""
    ledger = made(arrest(), LAST, policy="verbatim")
    assert ledger.redact(5, reason=REASON, authority=AUTHORITY)[0].number == 7


def test_traces_may_be_left_on_purpose() -> None:
    """Whoever says so erases all the same; what is left is known before."""
    ledger = made(arrest(), arrest(when="2002"), LAST)
    assert [(t.erased, t.number, t.tried) for t in ledger.traces(5)] == [(5, 6, True)]
    ledger.redact(5, reason=REASON, authority=AUTHORITY, leave_traces=True)
    assert guessed(ledger, SHORT) == [SHORT]
    assert ledger.traces() == ()


def test_a_redaction_that_was_cut_short_is_finished_as_it_was_ordered(tmp_path: Path) -> None:
    """What is recorded as erased is erased, whatever is left beside it."""
    ledger = made(arrest(), arrest(when="2002"), LAST)
    ledger.append({"kind": "redact", "target": 5, "reason": REASON, "authority": AUTHORITY})
    assert ledger.redact(5, reason=REASON, authority=AUTHORITY)[0].number == 8
    assert ledger.verify() == ()


NOTE = {"kind": "note", "text": "see the file of Jane-Doe (J. D.)", "source": "log", "locator": "p"}


def test_names_that_stay_in_the_clear_are_said() -> None:
    """A text, a label or an id that was made of a name, and a person whom nothing else names."""
    ledger = made(arrest(), NOTE, LAST | {"label": "jane_doe.2"})
    declares = "'jane-doe', whom nothing else names, in #3"
    assert list(map(str, ledger.traces(5))) == [declares]
    assert list(map(str, ledger.traces(3, 5))) == [
        "the name 'J. D.' in #6", "the name 'Jane Doe' in #6", "the name 'Jane Doe' in #7"
    ]  # fmt: skip
    assert not any(trace.tried for trace in ledger.traces(3, 5))
    assert len(ledger.redact(3, 5, reason=REASON, authority=AUTHORITY)) == 2


def test_a_name_that_another_declaration_keeps_is_not_gone() -> None:
    """Of a corrected declaration only the names count that the correction left out."""
    other = {"kind": "actor", "id": "jane-doe", "category": "person", "names": ["Jane Doe"]}
    ledger = made({"kind": "correct", "target": 3, "reason": "refined", "record": other}, NOTE)
    assert list(map(str, ledger.traces(3))) == ["the name 'J. D.' in #6"]


@pytest.mark.parametrize("words", [("Jane Doe wrote", "the editor"), ("asked for", "for J.D.")])
def test_the_reason_does_not_repeat_a_name(words: tuple[str, str]) -> None:
    """It is recorded for good: a name in it is refused before it is written."""
    ledger = made()
    with pytest.raises(Refused, match=r"the name '(Jane Doe|J\. D\.)' in the reason; redact"):
        ledger.redact(3, reason=words[0], authority=words[1])
    assert len(ledger) == 4


def test_what_others_need_is_told_before_what_they_tell() -> None:
    """An actor that others name is refused as ever."""
    ledger = made(arrest(), arrest(when="2002"), LAST)
    with pytest.raises(Refused, match="redaction-bears"):
        ledger.redact(3, reason=REASON, authority=AUTHORITY)


def test_many_traces_are_told_in_one_line() -> None:
    """The first five, and that there are more."""
    ledger = made(arrest(), *(arrest(when=f"20{n}") for n in range(10, 18)), LAST)
    line = refused(ledger, 5)
    assert line.endswith(
        "… in #6, #7, #8, #9, #10 and more; redact that too, or give --leave-traces"
    )


@pytest.mark.parametrize("name", ["x.jsonl", "x.db"])
def test_the_command_says_what_is_left(name: str, tmp_path: Path) -> None:
    """It refuses with the place, says what is left on purpose, and what still names the person."""
    memory, address = made(arrest(), arrest(when="2002"), LAST), str(tmp_path / name)
    with Ledger.create(address, origin="x") as ledger:
        ledger.append(*(e.record for e in memory.entries(2) if e.record), unproved=True)
    order = ("--reason", "r", "--authority", "a", "--yes", "-l", address)
    said = run("redact", "5", *order)
    assert (said.code, said.out) == (1, "")
    told = "redaction-traces: what is erased can still be tried out: the same SHA-256 "
    assert said.err.startswith(f"{address}:5: {told}")
    said = run("redact", "5", "--leave-traces", *order)
    assert "\ncan be tried out: the same SHA-256 " in said.out
    said = run("redact", "6", *order)
    assert "\nstill told: 'jane-doe', whom nothing else names, in #3\n" in said.out
