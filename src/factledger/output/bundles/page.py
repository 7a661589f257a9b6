"""The page of a bundle that says what is in it, and how to verify it without factledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factledger.log.proofs.checkpoints import Checkpoint
from factledger.output.bundles.crate import BundledFile
from factledger.output.formats.markdown import plain


def verifying_page(
    checkpoint: Checkpoint,
    files: Sequence[BundledFile],
    times: Sequence[tuple[str, str]],
    shown: int,
) -> str:
    """Return the page, in Markdown; `times` are files of third parties with what they say."""
    return "\n".join(_lines(checkpoint, files, times, shown)) + "\n"


def _lines(
    checkpoint: Checkpoint,
    files: Sequence[BundledFile],
    times: Sequence[tuple[str, str]],
    shown: int,
) -> Iterator[str]:
    yield f"# {plain(_told(checkpoint, shown))}"
    yield ""
    yield from (f"- `{file.name}`: {plain(file.told)}" for file in files)
    yield "- `ro-crate-metadata.json`: the same for programs, as an RO-Crate\n"
    yield _VERIFY
    yield _signature(checkpoint)
    if times:
        yield "\n## When it existed\n"
        yield from (f"- `{name}`: {plain(told)}." for name, told in times)
        yield ""
        yield _TIMES
    carried = any(file.source for file in files)
    yield f"{_NOT_SHOWN} {_WITH_TEXTS if carried else _WITHOUT_TEXTS}"


def _told(checkpoint: Checkpoint, shown: int) -> str:
    size = checkpoint.size
    what = "all" if shown == size else f"{shown} of the"
    return f"{checkpoint.origin}: {what} {size} entries"


def _signature(checkpoint: Checkpoint) -> str:
    if not checkpoint.signed:
        return _UNSIGNED
    return _SIGNED


_VERIFY = """## Verify it

Nothing of factledger is needed. Neither the files nor this page need to be believed: read
`verify.py`, it is short.

    sha256sum -c SHA256SUMS
    python3 verify.py

The first compares each file with the list of hashes. The second does that too, works out every
hash of the entries again, and follows them to the root in the third line of `ledger.checkpoint`. It
prints what it verified, and ends with code 1 where something does not hold.
"""
_SIGNED = """That shows that the entries are those of the checkpoint. Whose the checkpoint is, its signature
shows (Ed25519). Get the public key from whoever keeps the ledger, on another way than this bundle:

    python3 verify.py NAME+ID+KEY

If you kept a checkpoint of this ledger before, ask for a proof that this one extends it."""
_UNSIGNED = """That shows that the entries are those of the checkpoint. Nobody signed the checkpoint: compare its
three lines with those that somebody else keeps, or ask for a signed one."""
_TIMES = """These were compared with `ledger.checkpoint` when the bundle was made, and nothing was fetched.
Verify them again with tools of others:

    openssl ts -verify -data ledger.checkpoint -in FILE.tsr -CAfile ROOT.pem
    ots verify -f ledger.checkpoint FILE.ots
"""
_NOT_SHOWN = """
## What is not shown

That an entry stands in the ledger does not make it true. A proved entry shows nothing about the
entries that are not here."""
_WITHOUT_TEXTS = """A quote is proved against the text of its source, which is not here
either: `citations` in an entry say where in it the words stand."""
_WITH_TEXTS = """A quote is proved against the text of its source: `citations` in an
entry say between which characters of it the words stand. In `texts` are those that may be passed on,
each under the licence that is told above; `verify.py` compares them with the hashes in the entries."""
