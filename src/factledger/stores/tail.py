"""The end of a log that does not verify: an append that never finished, or damage."""

from __future__ import annotations

import re

from factledger.errors import Damaged, NotALedger

_opening = re.compile(rb'\{"at":"[^"\n]{0,40}","batch":([0-9]{1,15}),')


def refuse_damage(tail: bytes, after: int, fault: Damaged) -> None:
    """Return when `tail`, the bytes after the last whole batch, may be an unfinished append.

    `after` is the last entry of that batch, `fault` what is wrong with the first bad line. A write
    that stopped leaves a last line without its newline, a power cut also zeros; and neither is
    followed by a later batch, for that was begun only when the one before was durable. All
    else was acknowledged once: `fault` is raised, or NotALedger when the file never was one.
    """
    bad = fault.line - after - 1
    raws = tail.split(b"\n", bad + 1)
    ends_here = len(raws) == bad + 1
    if after == 0 and bad == 0 and not _begins_a_log(raws[0], ends_here):
        raise NotALedger(fault.path, _found(raws[0], fault))
    later = any(int(batch) > fault.line for batch in _opening.findall(tail))
    if later or not (ends_here or b"\0" in raws[bad]):
        raise fault


def _begins_a_log(raw: bytes, ends_here: bool) -> bool:
    return raw.startswith(b'{"at":"') or (ends_here and b'{"at":"'.startswith(raw))


def _found(raw: bytes, fault: Damaged) -> str:
    if raw.startswith(b"{"):
        return fault.reason
    return f"it begins with {raw[:24]!r}"
