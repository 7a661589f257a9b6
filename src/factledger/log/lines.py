r"""A line of the log: its form, its commitment, its place in the chain.

A line is one record on disk, as bytes without its newline::

    {"at":"2026-11-23T19:00:00.000000Z","batch":14,"body":{…},"hash":"<64 hex>","last":15,"salt":"<22 base64url>","seq":14}
    {"at":"2026-11-23T19:00:00.000000Z","batch":14,"commit":"<64 hex>","hash":"<64 hex>","last":15,"seq":14}

The second form is the same line after its content was erased. In both::

    commit   = SHA-256("factledger/1 commit\n" ‖ salt, 16 bytes ‖ body)
    envelope = {"at":…,"batch":…,"commit":…,"last":…,"seq":…}
    hash     = SHA-256("factledger/1 chain\n" ‖ hash of the line before, 32 bytes ‖ envelope)

`seq` counts from 1, so it is also the number of the line in its file; the hash before line 1 is
32 zero bytes. `batch` and `last` are the first and the last `seq` of the append that wrote the
line: a reader sees from the text alone whether an append is whole.
"""

from __future__ import annotations

import json
import re
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from factledger.dates.instant_form import INSTANT
from factledger.errors import Damaged
from factledger.log.canonical import canonical as canonical
from factledger.log.canonical import decoded
from factledger.log.canonical import strict_loads as strict_loads
from factledger.log.forms import is_of_known_form, learn_form
from factledger.named import NamedTuple

MAX_LINE = 2**20
MAX_BODY = MAX_LINE - 300  # the rest is for what a line holds besides
SALT_BYTES = 16
_UNLINKED = "the hash does not follow from the content and the line before"
TAG_COMMIT = b"factledger/1 commit\n"
TAG_CHAIN = b"factledger/1 chain\n"

# The last letter of a salt carries two bits: only four letters spell 16 bytes in one way.
_split = re.compile(
    rb'\{"at":"(%b)","batch":([1-9]\d{0,14}),'
    rb'(?:"body":(?P<body>\{[^\n]*\})|"commit":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})",'
    rb'"last":([1-9]\d{0,14}),(?(body)"salt":"([A-Za-z0-9_-]{21}[AQgw])",)"seq":([1-9]\d{0,14})\}'
    % INSTANT.encode()
).fullmatch
_plain_base64 = bytes.maketrans(b"-_", b"+/")
_base64_of_urls = bytes.maketrans(b"+/", b"-_")


class Head(NamedTuple):
    """Where a log ends: the `seq`, `hash` and `at` of its last line; `START` when it has none."""

    seq: int
    hash: str
    at: str


START = Head(0, "0" * 64, "")


class Line(NamedTuple):
    """A verified line of the log: it follows from the lines before.

    `body` and `salt` are None when the content was erased. `at` is UTC with six decimals.
    """

    seq: int
    at: str
    batch: int
    last: int
    body: bytes | None
    salt: bytes | None
    commit: str
    hash: str

    @property
    def head(self) -> Head:
        """The head of a log that ends here."""
        return Head(self.seq, self.hash, self.at)

    def encode(self, *, hashed: bool = True) -> bytes:
        """Return the line as it stands in the log, without a newline, or that without its hash."""
        at, hash_ = self.at.encode(), b'"hash":"%b",' % self.hash.encode() if hashed else b""
        if self.body is None or self.salt is None:
            held = at, self.batch, self.commit.encode(), hash_, self.last, self.seq
            return b'{"at":"%b","batch":%d,"commit":"%b",%b"last":%d,"seq":%d}' % held
        salt = salt_text(self.salt)
        whole = at, self.batch, self.body, hash_, self.last, salt, self.seq
        return b'{"at":"%b","batch":%d,"body":%b,%b"last":%d,"salt":"%b","seq":%d}' % whole

    def envelope(self) -> bytes:
        """Return the part of a line that its hash covers; erasing the content leaves it."""
        return _envelope(self.seq, self.at, self.batch, self.last, self.commit)

    def erased(self) -> Line:
        """Return the line without its content; its hash, and all that follow, stay as they are."""
        return self._replace(body=None, salt=None)


def salt_text(salt: bytes) -> bytes:
    """Return a salt as a line writes it: base64url without padding."""
    return b2a_base64(salt, newline=False)[:22].translate(_base64_of_urls)


def salt_of(text: bytes) -> bytes:
    """Return the salt that a text of `salt_text` stands for."""
    return a2b_base64(text.translate(_plain_base64) + b"==")


def commitment(salt: bytes, body: bytes) -> str:
    """Return the hex SHA-256 that stands for a body; without the salt the body cannot be guessed."""
    return sha256(TAG_COMMIT + salt + body).hexdigest()


def _envelope(seq: int, at: str, batch: int, last: int, commit: str) -> bytes:
    text = f'{{"at":"{at}","batch":{batch},"commit":"{commit}","last":{last},"seq":{seq}}}'
    return text.encode()


def chain(raws: Iterable[bytes], after: Head = START, path: str = "log") -> Iterator[Line]:
    """Yield raw lines as verified ones, in order; `after` is the head that they continue.

    The form is verified, and what `following` verifies. The first fault raises Damaged with
    `path` and the line's number. Whether a body is canonical is not asked (`canonical_fault`
    does), nor whether the last batch is whole (`line.seq == line.last`).
    """
    numbered = enumerate(raws, after.seq + 1)
    return following((parted(raw, path, number) for number, raw in numbered), after, path)


def parted(raw: bytes, path: str, number: int) -> Line:
    """Return the parts of a raw line, of which nothing but the form is verified.

    `commit` is empty beside a body. Raises `Damaged` with `path` and `number` for another form.
    """
    found = _split(raw)
    if found is None or len(raw) > MAX_LINE:
        raise Damaged(path, number, _form_fault(raw))
    at, batch, body, commit, hash_, last, salt, seq = found.groups()
    return Line(
        int(seq),
        at.decode(),
        int(batch),
        int(last),
        body,
        None if salt is None else salt_of(salt),
        "" if commit is None else commit.decode(),
        hash_.decode(),
    )


def following(
    parts: Iterable[Line], after: Head | Line = START, path: str = "log"
) -> Iterator[Line]:
    """Yield the parts of stored lines as verified lines; `commit` may be empty beside a body.

    Verified are `seq` (one more than before), `batch`, `last` and `at` (the same within a batch;
    over batches `at` never decreases), the commitment and the hash. `after` is a head where a
    batch ends, or any line: then what remains of its batch comes first.
    """
    seq, at, previous = after.seq, after.at, bytes.fromhex(after.hash)
    batch, last = (after.batch, after.last) if isinstance(after, Line) else (0, after.seq)
    for found in parts:
        seq += 1
        found_seq, found_at, found_batch, found_last, body, salt, commit, hash_text = found
        if found_seq != seq:
            raise Damaged(path, seq, f"expected entry {seq}, found entry {found_seq}")
        if seq <= last:
            if found_at != at or found_batch != batch or found_last != last:
                raise Damaged(path, seq, f"at, batch or last differ from entry {batch}'s")
        else:
            before, at, batch, last = at, found_at, found_batch, found_last
            if fault := _opening_fault(seq, before, at, batch, last):
                raise Damaged(path, seq, fault)
        if body is not None and salt is not None:
            commit = sha256(TAG_COMMIT + salt + body).hexdigest()
        envelope = _envelope(seq, at, batch, last, commit)
        previous = sha256(TAG_CHAIN + previous + envelope).digest()
        if hash_text != previous.hex():
            raise Damaged(path, seq, _UNLINKED)
        yield Line(seq, at, batch, last, body, salt, commit, hash_text)


def followed(found: Line, before: str, path: str = "log") -> Line:
    """Return the parts of one stored line, verified against the hash of the line before."""
    seq, at, batch, last, body, salt, commit, hash_text = found
    if body is not None and salt is not None:
        commit = commitment(salt, body)
    envelope = _envelope(seq, at, batch, last, commit)
    if hash_text != sha256(TAG_CHAIN + bytes.fromhex(before) + envelope).hexdigest():
        raise Damaged(path, seq, _UNLINKED)
    return found._replace(commit=commit)


def _opening_fault(seq: int, before: str, at: str, batch: int, last: int) -> str | None:
    if batch != seq or last < seq:
        return f"batch {batch} to {last} cannot begin at entry {seq}"
    if at < before:
        return f"recorded at {at}, before the line above ({before})"
    return _instant_fault(at)


def _instant_fault(at: str) -> str | None:
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return f"{at} is not an instant"
    return None


def _form_fault(raw: bytes) -> str:
    if len(raw) > MAX_LINE:
        return f"longer than {MAX_LINE} bytes"
    if not raw.startswith(b"{"):
        return "not a line of a ledger"
    try:
        keys = ", ".join(strict_loads(raw))
    except ValueError as error:
        return f"not a line of a ledger ({error})"
    return f"not a line of a ledger (its keys: {keys})"


def unfit(body: bytes, salt: bytes) -> str | None:
    """Return why a body and its salt would not read back from a line, or None."""
    if len(salt) != SALT_BYTES:
        return f"a salt has {SALT_BYTES} bytes, not {len(salt)}"
    if not (body.startswith(b"{") and body.endswith(b"}")) or b"\n" in body:
        return "the body is no JSON object on one line"
    return f"longer than {MAX_BODY} bytes" if len(body) > MAX_BODY else None


def make_lines(
    after: Head, *, at: str, bodies: Sequence[bytes], salts: Sequence[bytes]
) -> list[Line]:
    """Return the lines of one append, read back before anyone sees them.

    `bodies` are of `canonical`, one salt of 16 fresh random bytes for each. When the clock stepped
    back behind the head, the lines take the head's `at`. What does not read back raises
    ValueError.
    """
    return [line for line, _ in read_back(linked(after, at=at, bodies=bodies, salts=salts))]


def read_back(made: Iterable[Line]) -> Iterator[tuple[Line, bytes]]:
    """Yield the lines of one append as they were made, each with its text, which says the same.

    What a line was hashed of stands in its text, so the text verifies; it is not hashed again.
    """
    for line in made:
        raw = line.encode()
        if fault := _fault_reading(raw, line):
            raise ValueError(f"line {line.seq} does not read back: {fault}")
        yield line, raw


def _fault_reading(raw: bytes, made: Line) -> str | None:
    """Return why a text is not that of a line that was made, or None."""
    try:
        found = parted(raw, "log", made.seq)
    except Damaged as error:
        return error.reason
    if found[:6] != made[:6] or found.hash != made.hash:  # a commitment stands in no such text
        return "it reads as another line"
    return _instant_fault(made.at) if made.seq == made.batch else None


def linked(
    after: Head, *, at: str, bodies: Sequence[bytes], salts: Sequence[bytes]
) -> Iterator[Line]:
    """Yield the lines of one append as `make_lines` does, without a second look at them."""
    at = max(at, after.at)
    previous, first, end = bytes.fromhex(after.hash), after.seq + 1, after.seq + len(bodies)
    for seq, (body, salt) in enumerate(zip(bodies, salts, strict=True), first):
        commit = commitment(salt, body)
        previous = sha256(TAG_CHAIN + previous + _envelope(seq, at, first, end, commit)).digest()
        yield Line(seq, at, first, end, body, salt, commit, previous.hex())


def canonical_fault(line: Line) -> str | None:
    """Return why a line's body is not canonical, or None: a forger can hash any bytes."""
    if line.body is None or is_of_known_form(line.body):
        return None
    try:
        again = canonical(json.loads(decoded(line.body)))
    except (ValueError, RecursionError) as error:
        return f"the body is outside the profile: {error}"
    if again != line.body:
        return "the body is not in its canonical form"
    learn_form(line.body)
    return None
