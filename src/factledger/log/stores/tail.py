"""The end of a log that does not verify: an append that never finished, damage, or no log."""

from __future__ import annotations

import re

from factledger.errors import Damaged, NotALedger

LINE_START = b'{"at":"'
_OPENING = rb'\{"at":"[^"\n]{0,40}","batch":([0-9]{1,15}),'


def refuse_other_file(beginning: bytes, fault: Damaged) -> None:
    """Return when a file whose first line is bad may have been a ledger, else raise NotALedger.

    `beginning` are its first bytes, 64 or all that there are. A power cut may have left zeros.
    """
    beginning = beginning.rstrip(b"\0")
    if not (beginning.startswith(LINE_START) or LINE_START.startswith(beginning)):
        found = fault.reason if beginning[:1] == b"{" else f"it begins with {beginning[:24]!r}"
        raise NotALedger(fault.path, found)


def refuse_damage(tail: bytes, after: int, fault: Damaged) -> None:
    """Return when `tail`, the bytes after the last whole batch, may be an unfinished append.

    `after` is the last entry of that batch, `fault` what is wrong with the first bad line. A write
    that stopped leaves a last line without its newline, a power cut also zeros; and neither is
    followed by a later batch, for that is begun only when the one before is durable. All else
    was acknowledged once, and `fault` is raised.
    """
    bad = fault.line - after - 1
    raws = tail.split(b"\n", bad + 1)
    ends_here = len(raws) == bad + 1
    later = any(int(batch) > fault.line for batch in re.findall(_OPENING, tail))
    if later or not (ends_here or b"\0" in raws[bad]):
        raise fault
