"""Lines: their form, their commitments, their chain."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger.errors import Damaged
from factledger.log.canonical import canonical
from factledger.log.lines import (
    MAX_BODY,
    MAX_LINE,
    START,
    TAG_CHAIN,
    TAG_COMMIT,
    Head,
    Line,
    canonical_fault,
    chain,
    commitment,
    followed,
    make_lines,
    unfit,
)
from store_faults import AT, LATER, batch, bodies, log, salts

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
any_bodies = st.dictionaries(st.sampled_from("abc"), texts | st.integers(0, 9)).map(canonical)
batches = st.lists(st.lists(any_bodies, min_size=1, max_size=3), max_size=4)


def refusal(raws: list[bytes], after: Head = START) -> tuple[int, str]:
    """Return the number of the first bad line, and what is wrong with it."""
    with pytest.raises(Damaged) as caught:
        list(chain(raws, after, "log.jsonl"))
    assert str(caught.value).startswith(f"log.jsonl:{caught.value.line}: damaged: ")
    return caught.value.line, caught.value.reason


def test_a_line_is_written_and_hashed_as_specified() -> None:
    """The bytes and the hashes are those that the module's text says, computed here by hand."""
    first, second = make_lines(START, at=AT, bodies=[b'{"n":1}', b'{"n":2}'], salts=salts(2))
    salt = salts(2)[1]
    commit = sha256(b"factledger/1 commit\n" + salt + b'{"n":2}').hexdigest()
    envelope = f'{{"at":"{AT}","batch":1,"commit":"{commit}","last":2,"seq":2}}'.encode()
    digest = sha256(b"factledger/1 chain\n" + bytes.fromhex(first.hash) + envelope).hexdigest()
    assert second.envelope() == envelope
    assert (
        second.encode()
        == (
            f'{{"at":"{AT}","batch":1,"body":{{"n":2}},"hash":"{digest}","last":2,'
            '"salt":"w6aoUw27R4-3CmyoxyY6lA","seq":2}'
        ).encode()
    )
    assert (
        second.erased().encode()
        == (
            f'{{"at":"{AT}","batch":1,"commit":"{commit}","hash":"{digest}","last":2,"seq":2}}'
        ).encode()
    )


def test_the_first_hash_is_what_it_always_was() -> None:
    """A ledger written by the first version verifies for ever."""
    assert log(2, 1)[-1].hash == "cbab58e4d0f357fed4dd1d80f263c24b3b65783c925e9633900d6b13db477ddd"


def test_a_line_and_its_envelope_are_canonical_json() -> None:
    """Any JSON reader reads a line, and any canonical writer writes it back."""
    for line in log(1, 2):
        for raw in (line.encode(), line.erased().encode(), line.envelope()):
            assert canonical(json.loads(raw)) == raw


@given(batches, st.data())
def test_what_was_made_is_read_back(contents: list[list[bytes]], data: st.DataObject) -> None:
    """Verifying the written lines gives the lines that were made, erased ones or not."""
    lines: list[Line] = []
    for content in contents:
        head = lines[-1].head if lines else START
        lines += make_lines(head, at=AT, bodies=content, salts=salts(len(content)))
    lines = [line.erased() if data.draw(st.booleans()) else line for line in lines]
    assert list(chain(line.encode() for line in lines)) == lines
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))


def test_a_chain_goes_on_from_any_whole_batch() -> None:
    """Who verified up to a batch verifies only what follows."""
    lines = log(2, 1, 3)
    raws = [line.encode() for line in lines]
    for cut in (0, 2, 3, 6):
        head = lines[cut - 1].head if cut else START
        assert list(chain(raws[cut:], head)) == lines[cut:]


def test_lines_come_before_the_fault_is_raised() -> None:
    """What precedes a bad line is still read."""
    reading = chain([log(1)[0].encode(), b"?"])
    assert next(reading).seq == 1
    with pytest.raises(Damaged):
        next(reading)


def test_erasing_changes_no_hash() -> None:
    """Without its content a line keeps its commitment, its hash and its place."""
    line = log(1)[0]
    erased = line.erased()
    assert (erased.body, erased.salt) == (None, None)
    assert erased._replace(body=line.body, salt=line.salt) == line
    assert commitment(line.salt or b"", line.body or b"") == line.commit
    assert erased.envelope() == line.envelope()


def test_every_flipped_bit_is_noticed() -> None:
    """No bit of a log can change, erased line or not, and still verify."""
    lines = log(1, 2)
    raws = [lines[0].encode(), lines[1].erased().encode(), lines[2].encode()]
    for number, raw in enumerate(raws):
        for bit in range(8 * len(raw)):
            bad = bytearray(raw)
            bad[bit // 8] ^= 1 << bit % 8
            assert refusal([*raws[:number], bytes(bad), *raws[number + 1 :]])[0] == number + 1


def test_lines_out_of_place_are_noticed() -> None:
    """A line deleted, doubled or swapped with another breaks the chain there."""
    raws = [line.encode() for line in log(1, 2, 1)]
    for i in range(4):
        if i < 3:
            assert refusal(raws[:i] + raws[i + 1 :])[0] == i + 1
        assert refusal([*raws[: i + 1], raws[i], *raws[i + 1 :]])[0] == i + 2
        for j in range(i):
            swapped = list(raws)
            swapped[i], swapped[j] = raws[j], raws[i]
            assert refusal(swapped)[0] == j + 1


def test_a_chain_that_continues_another_is_noticed() -> None:
    """A line that is right in itself follows from one line only."""
    raw = batch(Head(1, "1" * 64, AT), 1)[0].encode()
    assert refusal([log(1)[0].encode(), raw]) == (
        2,
        "the hash does not follow from the content and the line before",
    )


def forged(seq: int, after: str, at: str, first: int, last: int, content: bytes = b"{}") -> Line:
    """Return a line hashed as it should be, whatever it says."""
    salt = bytes(16)
    commit = sha256(TAG_COMMIT + salt + content).hexdigest()
    line = Line(seq, at, first, last, content, salt, commit, "")
    digest = sha256(TAG_CHAIN + bytes.fromhex(after) + line.envelope()).hexdigest()
    return line._replace(hash=digest)


@pytest.mark.parametrize(
    ("seq", "at", "first", "last", "reason"),
    [
        (3, LATER, 3, 3, "expected entry 2, found entry 3"),
        (2, LATER, 1, 2, "batch 1 to 2 cannot begin at entry 2"),
        (2, LATER, 3, 3, "batch 3 to 3 cannot begin at entry 2"),
        (2, LATER, 2, 1, "batch 2 to 1 cannot begin at entry 2"),
        (2, AT, 2, 2, f"recorded at {AT}, before the line above ({LATER})"),
        (2, "2027-02-29T00:00:00.000000Z", 2, 2, "2027-02-29T00:00:00.000000Z is not an instant"),
    ],
)
def test_a_well_hashed_line_must_still_fit(
    seq: int, at: str, first: int, last: int, reason: str
) -> None:
    """Numbers rise by one, batches are whole and time never steps back, whoever hashed the line."""
    before = batch(START, 1, at=LATER)[0]
    assert list(chain([before.encode(), forged(2, before.hash, LATER, 2, 2).encode()]))
    assert refusal([before.encode(), forged(seq, before.hash, at, first, last).encode()]) == (
        2,
        reason,
    )


@pytest.mark.parametrize(
    ("at", "first", "last"), [(LATER, 1, 3), (AT, 2, 3), (AT, 1, 2), (AT, 1, 4)]
)
def test_a_batch_has_one_instant_and_one_extent(at: str, first: int, last: int) -> None:
    """No cut in time falls inside a batch, and no two lines disagree about where it ends."""
    opening = forged(1, START.hash, AT, 1, 3)
    assert len(list(chain([opening.encode(), forged(2, opening.hash, AT, 1, 3).encode()]))) == 2
    line, reason = refusal([opening.encode(), forged(2, opening.hash, at, first, last).encode()])
    assert (line, reason) == (2, "at, batch or last differ from entry 1's")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"at":', b'"at": ', "not a line of a ledger (its keys: at, batch, body, hash, last, sal"),
        (b'{"at"', b'{"and":1,"at"', "(its keys: and, at, batch"),
        (b'"seq":1}', b'"seq":1}\r', "its keys"),
        (b'"seq":1}', b'"seq":01}', "not JSON"),
        (b'"seq":1}', b'"seq":1000000000000000}', "its keys"),
        (b'"seq":1}', b'"seq":1,"seq":1}', "duplicate key 'seq'"),
        (b"2026-11", "٢026-11".encode(), "its keys"),
        (b'"salt":"', b'"pepper":"', "its keys: at, batch, body, hash, last, pepper, seq"),
        (b'{"at"', b'["at"', "not a line of a ledger"),
        (b'"n":1', b'"n":1\n', "its keys"),
        (b'"n":1', b'"n":"' + b"1" * MAX_LINE + b'"', "longer than 1048576 bytes"),
    ],
)
def test_what_is_not_a_line_says_why(old: bytes, new: bytes, reason: str) -> None:
    """A line has one form; another one is named by what was found."""
    line, found = refusal([log(1)[0].encode().replace(old, new, 1)])
    assert line == 1
    assert reason in found


def test_a_salt_is_spelled_in_one_way() -> None:
    """Base64 has spare bits at its end, and they are zero."""
    raw = forged(1, START.hash, AT, 1, 1).encode()
    assert b'"salt":"AAAAAAAAAAAAAAAAAAAAAA"' in raw
    assert refusal([raw.replace(b'AA","seq"', b'AB","seq"')])[0] == 1


def test_content_and_salt_go_together() -> None:
    """A body without its salt, or a commitment with one, is not a line."""
    line = log(1)[0]
    salt = b'"salt":"' + line.encode().split(b'"salt":"')[1][:24]
    assert refusal([line.encode().replace(salt, b"")])[0] == 1
    assert refusal([line.erased().encode().replace(b'"seq"', salt + b'"seq"')])[0] == 1


def test_a_clock_that_stepped_back_is_held() -> None:
    """Lines made with an earlier instant than the head's take the head's."""
    head = batch(START, 1, at=LATER)[0].head
    assert [line.at for line in batch(head, 2, at=AT)] == [LATER, LATER]


def test_no_bodies_make_no_lines() -> None:
    """A batch of none leaves no trace."""
    assert make_lines(START, at=AT, bodies=[], salts=[]) == []


@pytest.mark.parametrize(
    ("at", "content", "salt"),
    [
        (AT, b"[]", bytes(16)),
        (AT, b'{"a":\n1}', bytes(16)),
        (AT, b'{"a":"' + b"a" * MAX_LINE + b'"}', bytes(16)),
        (AT, b"{}", bytes(15)),
        (AT, b"{}", bytes(17)),
        (AT, b"{}", b""),
        ("2026-11-23", b"{}", bytes(16)),
        ("2026-11-23T19:00:00.000000+00:00", b"{}", bytes(16)),
        ("2026-13-23T19:00:00.000000Z", b"{}", bytes(16)),
        (f'{AT}","batch":1,"body":{{}},"x":"', b"{}", bytes(16)),
    ],
)
def test_lines_that_would_not_read_back_are_not_made(at: str, content: bytes, salt: bytes) -> None:
    """A body, salt or instant that breaks the form is refused before anything is written."""
    with pytest.raises(ValueError, match="line 1 does not read back"):
        make_lines(START, at=at, bodies=[content], salts=[salt])


def test_every_body_has_its_salt() -> None:
    """As many salts as bodies are wanted."""
    with pytest.raises(ValueError, match="shorter"):
        make_lines(START, at=AT, bodies=bodies(2), salts=salts(1))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (bodies(1)[0], None),
        (b'{"b":1,"a":2}', "the body is not in its canonical form"),
        (b'{"a":1,"a":1}', "the body is not in its canonical form"),
        (b'{"a": 1}', "the body is not in its canonical form"),
        (b'{"a":-0}', "the body is not in its canonical form"),
        (b'{"a":"\\u0041"}', "the body is not in its canonical form"),
        (b'{"a":1.5}', "the body is outside the profile: float is not"),
        (b'{"a":NaN}', "the body is outside the profile: float is not"),
        (b'{"a":\xff}', "the body is outside the profile: not UTF-8 at byte 5"),
        (b'{"a":}', "the body is outside the profile: Expecting value"),
        (b'{"a":"\\ud800"}', "the body is outside the profile: lone surrogate"),
        (b'{"a":' + b"[" * 9000 + b"]" * 9000 + b"}", "the body is outside the profile: "),
        (b'{},"hash":"x","x":{}', "the body is outside the profile: Extra data"),
    ],
)
def test_a_body_well_hashed_but_not_canonical_is_named(content: bytes, fault: str | None) -> None:
    """A forger can hash any bytes; only one way to write a value is accepted."""
    (line,) = chain([forged(1, START.hash, AT, 1, 1, content).encode()])
    found = canonical_fault(line)
    assert found == fault or (fault is not None and str(found).startswith(fault))


def test_an_erased_body_has_no_fault() -> None:
    """What is gone is not asked for its form."""
    assert canonical_fault(log(1)[0].erased()) is None


@pytest.mark.parametrize(
    ("body", "salt", "reason"),
    [
        (b"{}", b"short", "a salt has 16 bytes, not 5"),
        (b"[]", bytes(16), "the body is no JSON object on one line"),
        (b'{"a":\n1}', bytes(16), "the body is no JSON object on one line"),
        (b"{" + b" " * 2**20 + b"}", bytes(16), f"longer than {MAX_BODY} bytes"),
        (b"{}", bytes(16), None),
    ],
)
def test_what_would_not_read_back_is_unfit(body: bytes, salt: bytes, reason: str | None) -> None:
    """A store that keeps the parts of a line looks at them before it takes them."""
    assert unfit(body, salt) == reason


def test_one_line_is_verified_against_the_hash_before() -> None:
    """With its content or without, a line follows from the one before; a changed one does not."""
    first, second = make_lines(START, at=AT, bodies=[b"{}", b'{"a":1}'], salts=[bytes(16)] * 2)
    for line in (second, second.erased()):
        assert followed(line, first.hash) == line
    with pytest.raises(Damaged, match=r"log:2: damaged: the hash does not follow"):
        followed(second._replace(body=b'{"a":2}'), first.hash)
