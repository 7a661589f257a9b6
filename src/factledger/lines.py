r"""A line of the log: canonical JSON, commitment, chain.

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
from base64 import urlsafe_b64encode
from binascii import a2b_base64
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import attrs

from factledger.errors import Damaged

MAX_INT = 2**53 - 1
MAX_DEPTH = 32
MAX_LINE = 2**20
TAG_COMMIT = b"factledger/1 commit\n"
TAG_CHAIN = b"factledger/1 chain\n"

_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
_TOO_LARGE = "an integer beyond 2^53 - 1; write it as a text"
_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode
_is_key = re.compile(r"[a-z0-9_]+").fullmatch
# The last letter of a salt carries two bits: only four letters spell 16 bytes in one way.
_split = re.compile(
    rb'\{"at":"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)","batch":([1-9]\d{0,14}),'
    rb'(?:"body":(?P<body>\{[^\n]*\})|"commit":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})",'
    rb'"last":([1-9]\d{0,14}),(?(body)"salt":"([A-Za-z0-9_-]{21}[AQgw])",)"seq":([1-9]\d{0,14})\}'
).fullmatch
_plain_base64 = bytes.maketrans(b"-_", b"+/")


def canonical(value: object) -> bytes:
    """Return the one way to write a value of the profile: JSON in UTF-8, keys sorted, no blanks.

    The profile: no floats, integers up to 2^53 - 1 either way, keys of `a-z`, `0-9` and `_`, no
    lone surrogates, at most 32 levels. Inside it these are the bytes of RFC 8785. A tuple is
    written as a list. Anything else raises ValueError with a reason of one line.

    >>> canonical({"since": "2022-02-24", "count": [7, None]})
    b'{"count":[7,null],"since":"2022-02-24"}'
    """
    _check(value, 0)
    try:
        return _encode(value).encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"lone surrogate {error.object[error.start]!r} in a text") from None


def _check(value: Any, depth: int) -> None:
    kind = type(value)
    if kind is dict or kind is list or kind is tuple:
        if depth == MAX_DEPTH:
            raise ValueError(_TOO_DEEP)
        for item in _checked_values(value) if kind is dict else value:
            if type(item) is not str:
                _check(item, depth + 1)
    elif kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise ValueError(_TOO_LARGE)
    elif kind is not str and kind is not bool and value is not None:
        raise ValueError(f"{kind.__name__} is not a kind of value that a line holds; write a text")


def _checked_values(value: dict[Any, Any]) -> Iterable[Any]:
    for key in value:
        if type(key) is not str or not _is_key(key):
            raise ValueError(f"key {key!r} is not made of a-z, 0-9 and _")
    return value.values()


def strict_loads(raw: bytes) -> Any:
    """Return the value of a JSON text, refusing all that `canonical` could not have meant.

    The text need not be canonical: blanks, escapes and the order of keys are free. Refused with
    ValueError: a duplicate key, bytes that are not UTF-8, a byte order mark, more than 1 MiB,
    and what is outside the profile of `canonical`.

    >>> strict_loads(b'{"a": 1, "a": 2}')
    Traceback (most recent call last):
    ValueError: duplicate key 'a'
    """
    if len(raw) > MAX_LINE:
        raise ValueError(f"longer than {MAX_LINE} bytes")
    try:
        value = json.loads(
            _text(raw),
            object_pairs_hook=_unique,
            parse_float=_refuse_float,
            parse_int=_small_int,
            parse_constant=_refuse_float,
        )
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error}") from None
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    canonical(value)
    return value


def _text(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise ValueError("begins with a byte order mark")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"duplicate key {next(k for k in keys if keys.count(k) > 1)!r}")
    return value


def _refuse_float(text: str) -> Any:
    raise ValueError(f"{text[:40]} is not an integer; write it as a text")


def _small_int(text: str) -> int:
    if len(text) > 17:
        raise ValueError(_TOO_LARGE)
    return int(text)


@attrs.frozen
class Head:
    """Where a log ends: the `seq`, `hash` and `at` of its last line; `START` when it has none."""

    seq: int
    hash: str
    at: str


START = Head(0, "0" * 64, "")


@attrs.frozen
class Line:
    """A line of the log, verified: who holds one knows that it follows from the lines before.

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

    def encode(self) -> bytes:
        """Return the line as it stands in the log, without a newline."""
        start = b'{"at":"%b","batch":%d,' % (self.at.encode(), self.batch)
        end = b'"hash":"%b","last":%d,' % (self.hash.encode(), self.last)
        if self.body is None or self.salt is None:
            return b'%b"commit":"%b",%b"seq":%d}' % (start, self.commit.encode(), end, self.seq)
        salt = urlsafe_b64encode(self.salt)[:22]
        return b'%b"body":%b,%b"salt":"%b","seq":%d}' % (start, self.body, end, salt, self.seq)

    def envelope(self) -> bytes:
        """Return what the hash covers besides the line before; erasing the content leaves it."""
        return _envelope(
            self.at.encode(), b"%d" % self.batch, self.commit, b"%d" % self.last, self.seq
        )

    def erased(self) -> Line:
        """Return the line without its content; its hash, and all that follow, stay as they are."""
        return attrs.evolve(self, body=None, salt=None)


def commitment(salt: bytes, body: bytes) -> str:
    """Return the hex SHA-256 that stands for a body: who has no salt cannot guess the body."""
    return sha256(TAG_COMMIT + salt + body).hexdigest()


def _envelope(at: bytes, batch: bytes, commit: str, last: bytes, seq: int) -> bytes:
    return b'{"at":"%b","batch":%b,"commit":"%b","last":%b,"seq":%d}' % (
        at,
        batch,
        commit.encode(),
        last,
        seq,
    )


def chain(raws: Iterable[bytes], after: Head = START, path: str = "log") -> Iterator[Line]:
    """Yield raw lines as verified ones, in order; `after` is the head that they continue.

    Verified are the form, `seq` (one more than before), `batch`, `last` and `at` (the same within
    a batch; over batches `at` never decreases), the commitment and the hash. The first fault
    raises Damaged with `path` and the line's number. Whether a body is canonical is not asked
    (`canonical_fault` does), nor whether the last batch is whole (`line.seq == line.last`).
    """
    seq, at, last, previous = after.seq, after.at, after.seq, bytes.fromhex(after.hash)
    opening: tuple[bytes, bytes, bytes] = (b"", b"", b"")
    batch = 0
    for raw in raws:
        seq += 1
        found = _split(raw)
        if found is None or len(raw) > MAX_LINE:
            raise Damaged(path, seq, _form_fault(raw))
        at_, batch_, body, commit_, hash_, last_, salt_, seq_ = found.groups()
        if seq_ != b"%d" % seq:
            raise Damaged(path, seq, f"expected entry {seq}, found entry {seq_.decode()}")
        if seq <= last:
            if (at_, batch_, last_) != opening:
                raise Damaged(path, seq, f"at, batch or last differ from entry {batch}'s")
        else:
            opening = (at_, batch_, last_)
            before, at, batch, last = at, at_.decode(), int(batch_), int(last_)
            if fault := _opening_fault(seq, before, at, batch, last):
                raise Damaged(path, seq, fault)
        if body is None:
            salt, commit = None, commit_.decode()
        else:
            salt = a2b_base64(salt_.translate(_plain_base64) + b"==")
            commit = sha256(TAG_COMMIT + salt + body).hexdigest()
        envelope = _envelope(at_, batch_, commit, last_, seq)
        previous = sha256(TAG_CHAIN + previous + envelope).digest()
        hash_text = previous.hex()
        if hash_text != hash_.decode():
            raise Damaged(
                path, seq, "the hash does not follow from the content and the line before"
            )
        yield Line(seq, at, batch, last, body, salt, commit, hash_text)


def _opening_fault(seq: int, before: str, at: str, batch: int, last: int) -> str | None:
    if batch != seq or last < seq:
        return f"batch {batch} to {last} cannot begin at entry {seq}"
    if at < before:
        return f"recorded at {at}, before the line above ({before})"
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


def make_lines(
    after: Head, *, at: str, bodies: Sequence[bytes], salts: Sequence[bytes]
) -> list[Line]:
    """Return the lines of one append, read back and verified before anyone sees them.

    `bodies` are canonical, one salt of 16 fresh random bytes for each. When the clock stepped
    back behind the head, the lines take the head's `at`. A body or salt that would not read
    back raises ValueError.
    """
    at = max(at, after.at)
    made = _raw_lines(after, at.encode(), bodies, salts)
    try:
        lines = list(chain(made, after))
    except Damaged as error:
        raise ValueError(f"line {error.line} does not read back: {error.reason}") from None
    for line in lines:
        if fault := canonical_fault(line):
            raise ValueError(f"line {line.seq} does not read back: {fault}")
    return lines


def _raw_lines(
    after: Head, at: bytes, bodies: Sequence[bytes], salts: Sequence[bytes]
) -> Iterator[bytes]:
    previous = bytes.fromhex(after.hash)
    first, last = b"%d" % (after.seq + 1), b"%d" % (after.seq + len(bodies))
    for seq, (body, salt) in enumerate(zip(bodies, salts, strict=True), after.seq + 1):
        commit = sha256(TAG_COMMIT + salt + body).hexdigest()
        envelope = _envelope(at, first, commit, last, seq)
        previous = sha256(TAG_CHAIN + previous + envelope).digest()
        yield b'{"at":"%b","batch":%b,"body":%b,"hash":"%b","last":%b,"salt":"%b","seq":%d}' % (
            at,
            first,
            body,
            previous.hex().encode(),
            last,
            urlsafe_b64encode(salt)[:22],
            seq,
        )


def canonical_fault(line: Line) -> str | None:
    """Return why a line's body is not canonical, or None: a forger can hash any bytes."""
    if line.body is None:
        return None
    try:
        again = canonical(json.loads(_text(line.body)))
    except (ValueError, RecursionError) as error:
        return f"the body is outside the profile: {error}"
    return None if again == line.body else "the body is not in its canonical form"
