"""Every exception that factledger raises on purpose.

::

    FactledgerError              one line: what was wanted, what was found, what to do
    ├── DateError                a text is not a date (also a ValueError)
    │   └── OutsideProfile       it is EDTF, but of a part that the profile leaves out
    ├── FieldError               a record cannot hold this value (also a ValueError)
    ├── Refused                  nothing was written: the problems say why, all in one run
    ├── NotFound                 there is no such entry, actor, type or ledger
    ├── NotProved                a checkpoint, a proof or a signature does not hold
    ├── MissingExtra             it takes a package that is not installed
    └── LogError                 the log cannot be read or written
        ├── NotALedger           the file holds something else
        ├── NewerFormat          the file was written by a later factledger
        ├── Damaged              a line is not what was acknowledged
        ├── Busy                 another process is writing
        ├── HeadMoved            the ledger grew since the caller looked
        ├── HeadLost             the log does not hold what was seen of it before
        ├── WriteRefused         the disk refused; nothing was written
        ├── NotErased            content is recorded as erased and still there; erase it again
        └── OutcomeUnknown       confirming failed; reopen and look

A problem of the *data* is a value (`Problem`), collected and reported with all others;
an exception carries such values only when the caller asked for something that they forbid.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from factledger.named import NamedTuple

Fault: TypeAlias = tuple[str, str]
"""A problem whose place is known: the check that found it, and the message."""


_FIELD = r"([a-z_]+(?:\[\d+\])?(?:\.[a-z_]+(?:\[\d+\])?)*): "
_MEANT = r"did you mean '([^']*)'\?"


class Problem(NamedTuple):
    """One thing that is wrong with a record: where, which check found it, and what to do.

    `where` is `FILE:LINE` for a draft or a ledger file, `#N` for an entry and `record N` for
    a record given in Python.

    >>> print(Problem("draft.toml:12", "actor-declared", "unknown actor 'UKX'; did you mean 'UKR'?"))
    draft.toml:12: actor-declared: unknown actor 'UKX'; did you mean 'UKR'?
    """

    where: str
    check: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.check}: {self.message}"

    @property
    def field(self) -> str | None:
        """The field that cannot hold its value, as in `participants[0].role`; None where it is no field.

        >>> Problem("record 1", "record-form", "when: wanted a date as text, found 5").field
        'when'
        """
        found = re.match(_FIELD, self.message) if self.check == "record-form" else None
        return found[1] if found else None

    @property
    def suggestion(self) -> str | None:
        """The word that was probably meant, None where none is near.

        >>> Problem("record 1", "actor-declared", "unknown actor 'UKX'; did you mean 'UKR'?").suggestion
        'UKR'
        """
        found = re.search(_MEANT, self.message)
        return found[1] if found else None


class FactledgerError(Exception):
    """The base of every exception that factledger raises on purpose."""


class DateError(FactledgerError, ValueError):
    """A text is not a date of the profile.

    `text` is what was found, `reason` what is wrong with it and what to write instead.
    """

    def __init__(self, text: str, reason: str, verdict: str = "is not a date:") -> None:
        self.text = text
        self.reason = reason
        told = text if len(text) <= 100 else f"{text[:97]}..."
        super().__init__(f"{told!r} {verdict} {reason}")


class OutsideProfile(DateError):
    """A text is EDTF, but of a part that the profile leaves out; `feature` names the part."""

    def __init__(self, text: str, feature: str, instead: str) -> None:
        self.feature = feature
        super().__init__(text, f"{feature} are outside the profile; {instead}", "is EDTF, but")


class FieldError(FactledgerError, ValueError):
    """A record cannot hold this value; `field` names where, as in `participants[0].role`."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field}: {reason}")


class Refused(FactledgerError):
    """Nothing was written, and `problems` says why: all that were found, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NotFound(FactledgerError):
    """There is no such thing; `wanted` is what was asked for."""

    def __init__(self, wanted: str, advice: str) -> None:
        self.wanted = wanted
        super().__init__(f"{wanted}: not found; {advice}")


class NotProved(FactledgerError):
    """A checkpoint, a proof or a signature does not hold; `path` names which, `reason` says why."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class MissingExtra(FactledgerError):
    """It takes a package that is not installed: `package`, which comes with `extra`."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(
            f"{what} need the package {package}; install it: pip install 'factledger[{extra}]'"
        )


class LogError(FactledgerError):
    """The log cannot be read or written."""


class NotALedger(LogError):
    """A file holds something else than a ledger."""

    def __init__(self, path: str, found: str) -> None:
        self.path = path
        super().__init__(f"{path}:1: not a ledger: {found}; 'factledger init' makes a new one")


class NewerFormat(LogError):
    """A ledger was written by a later factledger: in a newer format, or with a kind or key of its own.

    `found` is the number of the format or vocabulary, or the words for what is not known in `line`.
    """

    def __init__(self, path: str, found: object, known: int, line: int | None = None) -> None:
        self.path = path
        self.found = found
        self.known = known
        self.line = line or 1
        newer = f"format {found!r} is newer than format {known}, the newest that this version reads"
        other = f"{found} is not known to this version, which reads format {known}"
        told = newer if line is None else other
        super().__init__(f"{path}:{self.line}: {told}; install a newer factledger")


class Damaged(LogError):
    """A line is not what was acknowledged; nothing was touched."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        self.path = path
        self.line = line
        self.reason = reason
        super().__init__(
            f"{path}:{line}: damaged: {reason}; nothing was changed, restore the file from a copy"
        )


class Busy(LogError):
    """Another process holds the ledger for writing."""

    def __init__(
        self, path: str, seconds: float, left: str = "nothing was written, try again"
    ) -> None:
        self.path = path
        self.seconds = seconds
        self.reason = f"another process is at work on it (waited {seconds:g} s)"
        super().__init__(f"{path}: another process is writing (waited {seconds:g} s); {left}")


class NotErased(LogError):
    """It is recorded that `entries` are erased, and their content is still there, for `reason`."""

    def __init__(self, path: str, entries: Iterable[int], reason: str) -> None:
        self.path, self.entries, self.reason = path, tuple(entries), reason
        told = ", ".join(f"#{entry}" for entry in self.entries)
        again = f"'factledger redact {' '.join(map(str, self.entries))}' finishes it"
        super().__init__(f"{path}: {told} recorded as erased and still there: {reason}; {again}")


class HeadMoved(LogError):
    """The ledger is not at the head that the caller expected; nothing was written."""

    def __init__(self, expected: object, found: object) -> None:
        self.expected = expected
        self.found = found
        super().__init__(
            f"expected the head at {expected}, found it at {found}; nothing was written, "
            "read again and retry"
        )


class HeadLost(LogError):
    """A log does not hold the head that was seen of it; `seen` and `found` are entry and hash."""

    def __init__(self, path: str, seen: tuple[int, str], found: tuple[int, str]) -> None:
        self.path, self.seen, self.found = path, seen, found
        was = f"entry {seen[0]} was seen with hash {seen[1]}, and is not there"
        now = f"the log ends at entry {found[0]}, hash {found[1]}"
        why = "an older copy or another history took its place"
        advice = "where that is meant, 'factledger postgres accept' goes on"
        super().__init__(f"{path}: {was}; {now}: {why}; {advice}")


class WriteRefused(LogError):
    """The disk refused the lines; the file is as it was."""

    def __init__(self, path: str, reason: str, left: str = "nothing was written") -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: cannot write: {reason}; {left}")


class OutcomeUnknown(LogError):
    """Confirming failed: the lines may or may not be there. This writer is closed."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(
            f"{path}: confirming failed ({reason}); the outcome is unknown, "
            "open the ledger again and look before repeating"
        )
