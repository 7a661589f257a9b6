"""`factledger append`: drafts → entries."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from factledger.cli.arguments import (
    STDIN,
    read_key_option,
    read_texts,
    seal_key_option,
    text_option,
)
from factledger.cli.group import Verb
from factledger.cli.options import (
    format_option,
    ledger_option,
    open_ledger,
    trust_clock_option,
)
from factledger.cli.outcome import LEDGER_SAYS_NO, complain
from factledger.cli.text.appended import appending_notes, summary
from factledger.cli.types.numbers import Seconds
from factledger.cli.types.paths import NamedPath
from factledger.dates.instants import numbered

if TYPE_CHECKING:
    from factledger.checks.proposals import Proposal
    from factledger.errors import Problem
    from factledger.ledger.ledger import Ledger
    from factledger.status.belief import Belief


@click.command(
    cls=Verb,
    examples=[
        "factledger append draft.toml --text article.txt --dry-run",
        "factledger append draft.toml --text article.txt",
        "factledger append draft.toml --text article.txt --format json",
    ],
)
@click.argument("files", nargs=-1, required=True, type=NamedPath(allow_dash=True), metavar="FILE…")
@ledger_option
@text_option
@seal_key_option
@click.option(
    "--unproved", is_flag=True, help="Take citations whose text is not given as they are."
)
@click.option("--expect", metavar="HEAD", help="Refuse if the ledger is no longer at this hash.")
@click.option(
    "--wait",
    type=Seconds(min=0),
    default=10,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another writer.",
)
@trust_clock_option
@click.option("--dry-run", is_flag=True, help="Say what would be appended, and write nothing.")
@format_option("text", "json")
@click.pass_context
def append(
    ctx: click.Context,
    files: tuple[str, ...],
    address: str | None,
    texts: tuple[str, ...],
    seal_key_file: Path | None,
    unproved: bool,
    expect: str | None,
    wait: float,
    trust_clock: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Append the records of drafts to the ledger.

    A FILE is TOML or JSON; - is standard input. All records are written, as one batch, or none:
    what is wrong is told at once, a problem a line. Each quote is proved against the text of its
    source. Prints the numbers of the new entries; as JSON, what became of each record, or all that is
    wrong with them. With --seal-key, passages of sealed sources are
    sealed with a key, so that nobody without it can try out guesses.
    """
    from factledger.errors import Refused

    places: list[str] = []
    try:
        drafts, seal_key = read_proposals(files), read_key_option(seal_key_file)
        places = [draft.where for draft in drafts]
        with open_ledger(address, trust_clock=trust_clock, writing=True) as ledger:
            by_source = read_texts(texts, lambda text: source_meant(drafts, ledger, text))
            before, notes, records = len(ledger), list[str](), list[dict[str, Any]]()

            def tell(belief: Belief, found: Sequence[int]) -> None:
                new = sorted({n for n in found if n > before})
                notes.extend(appending_notes(belief, new, with_texts=bool(by_source)))
                records.extend(record_objects(belief, found, before) if form == "json" else ())

            if dry_run:
                numbers = ledger.try_append(
                    *drafts, texts=by_source, unproved=unproved, seal_key=seal_key, tell=tell
                )
            else:
                appended = ledger.append(
                    *drafts,
                    texts=by_source,
                    unproved=unproved,
                    seal_key=seal_key,
                    expect=expected_head(expect),
                    timeout=wait,
                )
                numbers = appended.numbers
                tell(ledger.belief(), numbers)
            head = ledger.head
    except Refused as refused:
        if form != "json":
            raise
        write_problems(refused.problems, places)
        ctx.exit(LEDGER_SAYS_NO)
    if form == "json":
        from factledger.cli.output import write_json

        write_json({"written": not dry_run, "head": head, "records": records, "notes": notes})
    else:
        from factledger.cli.text.problems import few_notes

        complain(*few_notes(notes))
        click.echo(summary(numbers, before, "would add" if dry_run else "added"))


def record_objects(belief: Belief, numbers: Sequence[int], before: int) -> Iterator[dict[str, Any]]:
    """Yield what became of each record: its entry, whether that is new, and how to name it."""
    from factledger.index.bodies import content_of
    from factledger.index.contents.addresses import Addresses

    known = Addresses(belief.index)
    for i, number in enumerate(numbers, start=1):
        content = content_of(belief.index.body(number))
        yield {
            "record": i,
            "entry": number,
            "new": number > before,
            "address": known.shown(number),
            "kind": belief.index.kind(number),
            "name": content.get("label") or content.get("id"),
        }


def write_problems(problems: Iterable[Problem], places: Sequence[str]) -> None:
    """Write what is wrong with drafts as JSON; `places` are those of their records, in order."""
    from factledger.cli.output import write_json

    record = {place: i for i, place in reversed(list(enumerate(places, start=1)))}
    told = [
        {
            "where": problem.where,
            "record": record.get(problem.where),
            "check": problem.check,
            "field": problem.field,
            "message": problem.message,
            "suggestion": problem.suggestion,
        }
        for problem in problems
    ]
    write_json({"written": False, "problems": told})


def read_proposals(files: Iterable[str]) -> list[Proposal]:
    """Return the proposals of all drafts, in order; raises `Refused` with the problems of all files."""
    from factledger.errors import Refused
    from factledger.intake.drafts import read_drafts, read_drafts_from

    drafts: list[Proposal] = []
    problems: list[Problem] = []
    for name in files:
        try:
            if name == "-":
                drafts += read_drafts_from(sys.stdin.buffer, STDIN)
            else:
                drafts += read_drafts(name)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return drafts


def source_meant(drafts: Iterable[Proposal], ledger: Ledger, text: str) -> str:
    """Return the source of a text: the only one that the drafts declare, or a known one."""
    from factledger.checks.citations import source_of_text

    declared = [
        d.body["id"]
        for d in drafts
        if isinstance(d.body, dict) and "id" in d.body and d.body.get("kind") == "source"
    ]
    return str(declared[0]) if len(declared) == 1 else source_of_text(ledger.index, text)


def expected_head(expect: str | None) -> str | int | None:
    """Return the expected head: a hash, or the number of the last entry."""
    number = None if expect is None else numbered(expect)
    return expect if number is None else number
