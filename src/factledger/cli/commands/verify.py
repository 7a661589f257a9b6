"""`factledger verify`: the hashes of the log, and its citations against the text of a source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import read_key_option, read_texts, seal_key_option, text_option
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger
from factledger.cli.outcome import LEDGER_SAYS_NO, torn_note
from factledger.cli.progress import Progress
from factledger.cli.proving.proof_files import (
    checkpoint_in,
    existing_file,
    fitting_lines,
    proof_lines,
    public_key,
)
from factledger.cli.proving.time_files import kept_by_file, times_read

if TYPE_CHECKING:
    from factledger.citations.seals import SealKey
    from factledger.errors import Problem
    from factledger.ledger.ledger import Ledger
    from factledger.log.proofs.checkpoints import Checkpoint


@click.command(
    cls=Verb,
    examples=[
        "factledger verify",
        "factledger verify --text article.txt",
        "factledger verify --checkpoint old.checkpoint --key mine.pub",
        "factledger verify --proof 29.tlog-proof --key mine.pub",
    ],
)
@ledger_option
@text_option
@seal_key_option
@click.option("--index", "anew", is_flag=True, help="Also make the index anew, and compare.")
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=existing_file,
    metavar="FILE",
    help="A checkpoint that the ledger is to extend.",
)
@click.option("--key", "key_text", metavar="KEY|FILE", help="The public key that signed it.")
@click.option(
    "--proof", type=existing_file, metavar="FILE", help="A proof, verified without the ledger."
)
@click.option(
    "--time",
    "times",
    multiple=True,
    type=existing_file,
    metavar="FILE",
    help="A time for the checkpoint: a token of RFC 3161, or an OpenTimestamps file.",
)
@click.option(
    "--time-root",
    "roots",
    type=existing_file,
    metavar="FILE",
    help="Certificates of the time authority, in PEM, to verify a token with.",
)
@click.pass_context
def verify(
    ctx: click.Context,
    address: str | None,
    texts: tuple[str, ...],
    seal_key_file: Path | None,
    anew: bool,
    checkpoints: tuple[str, ...],
    key_text: str | None,
    proof: str | None,
    times: tuple[str, ...],
    roots: str | None,
) -> None:
    """Verify the hashes of the ledger, and its citations against a text.

    Every hash is worked out again from the lines, and a ledger in SQLite is to have all entries
    in its index. What others write meanwhile is no fault. Citations of sources whose text the
    ledger keeps are proved by it. With --text, every passage that is cited from that source is looked for, at its
    place and word for word; that works for sealed sources as well, with --seal-key where they were
    sealed with one. Exit code 1 where a citation
    does not stand at its place, or where the text is not the one that was cited, even if each
    passage stands in it. With --index, the index of a ledger in SQLite is made anew
    beside it, and every row that differs is a problem; nobody appends meanwhile.

    Hashes alone show that the lines belong together, not that they are those of last year. With
    --checkpoint, the ledger is to hold all that a checkpoint covers, unchanged; with --key as
    well, the checkpoint is to be signed by it, and to be of this ledger. With --proof, no ledger
    is opened: a proof that 'factledger prove' made is verified with the key or the checkpoint.
    With --time, the file of a third party is to be for the checkpoint, or else for the one that is
    kept beside the ledger, which the ledger is to extend: it says up to which entry the ledger was as
    it is now at that time. Nothing is fetched.
    """
    from factledger.checks.citations import source_of_text
    from factledger.cli.text.problems import problem_lines
    from factledger.text import show

    refuse_lonely(seal_key_file and not texts, "--seal-key verifies a --text")
    seal_key, key = read_key_option(seal_key_file), public_key(key_text)
    by_file = {name: checkpoint_in(name, key) for name in checkpoints}
    if proof is not None:
        if texts or anew or times or len(by_file) > 1 or not (key or by_file):
            raise click.UsageError("--proof goes with --key, one --checkpoint or both, alone")
        for line in proof_lines(proof, key, *by_file.values()):
            click.echo(show(line))
        return
    refuse_lonely(key and not by_file, "--key verifies a --checkpoint or a --proof")
    refuse_lonely(roots and not times, "--time-root verifies a --time")
    with open_ledger(address, behind=True) as ledger:
        by_file = by_file or (kept_by_file(ledger.address) if times else {})
        faults = [*problem_lines(storage_faults(ledger, anew))]
        torn_note(ledger)
        lines = [] if faults else [f"{verified(ledger)}, head {ledger.head}"]
        told, misfits = witnessed(ledger, by_file, times, roots)
        lines, faults = [*lines, *told], [*faults, *misfits]
        words = () if ledger.behind else texts
        by_source = read_texts(words, lambda text: source_of_text(ledger.index, text))
        if not ledger.behind:
            by_source = {**kept_texts(ledger), **by_source}
        for source, text in by_source.items():
            failed = list(text_faults(ledger, source, text, seal_key))
            lines += [] if failed else [proved(ledger, source, text, seal_key)]
            faults += problem_lines(failed)
    for line in (*lines, *faults):
        click.echo(show(line))
    if faults:
        ctx.exit(LEDGER_SAYS_NO)


def refuse_lonely(lonely: object, told: str) -> None:
    """Raise UsageError for an option without the one that it goes with."""
    if lonely:
        raise click.UsageError(f"{told}; give one")


def kept_texts(ledger: Ledger) -> dict[str, str]:
    """Return the texts that the ledger keeps, by source."""
    if ledger.texts.folder is None or not ledger.texts.folder.is_dir():
        return {}
    found = {source: ledger.texts.get(source) for source in ledger.index.declared("source")}
    return {source: text for source, text in found.items() if text is not None}


def verified(ledger: Ledger) -> str:
    """Return the numbers of verified and of redacted entries, in words."""
    from factledger.status.redactions import redactions

    entries = "entry" if len(ledger) == 1 else "entries"
    gone = len(redactions(ledger.index, len(ledger)))
    return f"{len(ledger)} {entries} verified{f', {gone} of them redacted' if gone else ''}"


def storage_faults(ledger: Ledger, anew: bool) -> list[Problem]:
    """Return the faults of the lines and of the index, which `anew` makes again to compare."""
    with Progress("verified entries", len(ledger) + ledger.behind) as progress:
        faults = list(ledger.verify(progress.at))
    if anew and not faults:
        from factledger.ledger.auditing.index_audit import index_faults
        from factledger.log.stores import open_store

        with open_store(ledger.address) as store, Progress("compared entries") as progress:
            faults += index_faults(store, progress.at)
    return faults


def witnessed(
    ledger: Ledger, by_file: dict[str, Checkpoint], times: tuple[str, ...], roots: str | None
) -> tuple[list[str], list[str]]:
    """Return lines on what fits of checkpoints and of the times for them, and those of the faults."""
    misfits = checkpoint_misfits(ledger, by_file)
    fitting = {name: found for name, found in by_file.items() if name not in misfits}
    lines = fitting_lines(fitting.items())
    if not fitting:
        return lines, [*misfits.values()]
    told, faults = times_read(ledger, times, fitting, roots)
    return [*lines, *told], [*misfits.values(), *faults]


def checkpoint_misfits(ledger: Ledger, by_file: dict[str, Checkpoint]) -> dict[str, str]:
    """Return the problem of each checkpoint that the ledger does not extend, by file."""
    if not by_file:
        return {}
    from factledger.log.proofs.prover import checkpoint_faults
    from factledger.log.stores import open_store

    total = len(ledger) + ledger.behind
    with open_store(ledger.address) as store, Progress("hashed entries", total) as progress:
        problems = checkpoint_faults(store, by_file, progress.at)
    return {problem.where: str(problem) for problem in problems}


def text_faults(
    ledger: Ledger, source: str, text: str, seal_key: SealKey | None
) -> Iterator[Problem]:
    """Yield a problem for a text that is not the cited one, then one for each citation that fails."""
    from factledger.errors import Problem
    from factledger.records.sentences.grammar import with_number

    changed, verdicts = ledger.verify_text(source, text, seal_key)
    failed = [v for v in verdicts if v.fault]
    if changed:
        stand = len(verdicts) - len(failed)
        stands = f"{stand} of {with_number(len(verdicts), 'citation')} stand in it at their place"
        yield Problem(f"source {source}", "source-text", f"{changed}; {stands}")
    for verdict in failed:
        where = line_address(ledger, verdict.number)
        yield Problem(where, "citation-proved", f"{source}: {verdict.fault}")


def proved(ledger: Ledger, source: str, text: str, seal_key: SealKey | None) -> str:
    """Return the number of citations of a source that are proved by its text, in words."""
    from factledger.records.sentences.grammar import with_number

    _, verdicts = ledger.verify_text(source, text, seal_key)
    kinds = Counter("sealed" if v.citation.sealed else "quoted" for v in verdicts)
    how = f" ({', '.join(f'{n} {kind}' for kind, n in sorted(kinds.items()))})" if kinds else ""
    return f"{with_number(len(verdicts), 'citation')} of {source} proved{how}"


def line_address(ledger: Ledger, number: int) -> str:
    """Return the file of an entry and its line."""
    return f"{ledger.address}:{number}"
