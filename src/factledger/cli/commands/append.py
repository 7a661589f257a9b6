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


def appending_notes(belief: Belief, new: Sequence[int], *, with_texts: bool) -> Iterator[str]:
    """Yield what is worth a note of new entries; of the seals only where texts were given."""
    yield from easy_seal_notes(belief, new if with_texts else ())
    yield from planned_end_notes(belief, new)
    yield from reading_notes(belief, new)
    yield from correction_notes(belief, new)


def easy_seal_notes(belief: Belief, numbers: Iterable[int]) -> Iterator[str]:
    """Yield a note for each entry with a plain seal of so few characters that they can be guessed."""
    from factledger.citations.seals import EASY, is_keyed
    from factledger.index.bodies import content_of

    for number in numbers:
        cited = content_of(belief.index.body(number)).get("citations", ())
        sealed = [c for c in cited if "sealed" in c and not is_keyed(c["sealed"])]
        least = min((c["end"] - c["start"] for c in sealed), default=EASY)
        if least < EASY:
            told = f"#{number} seals {least} characters, which can be guessed"
            yield f"note: {told}; seal longer passages, or give --seal-key"


def correction_notes(belief: Belief, numbers: Sequence[int]) -> Iterator[str]:
    """Yield a note for each claim that new entries corrected, or of which they took a reading back."""
    if any(belief.index.kind(number) in ("correct", "retract") for number in numbers):
        from factledger.output.words.readings import chain_notes

        yield from (f"note: {told}" for told in chain_notes(belief, numbers))


def planned_end_notes(belief: Belief, numbers: Iterable[int]) -> Iterator[str]:
    """Yield a note on the entries that end a state after all of their sources were published."""
    from factledger.checks.notes import planned_ends

    found = [*planned_ends(belief, numbers)]
    if found:
        told = "ends after its source can have been published" if len(found) == 1 else _THEY_END
        yield f"note: {ranges(found)} {told}; that is read as a plan until a later source tells more"


def reading_notes(belief: Belief, numbers: Sequence[int]) -> Iterator[str]:
    """Yield a note on each entry that can read otherwise than its sources, and on each type that will."""
    from factledger.checks.notes import (
        claims_too_late,
        other_ends,
        types_without_moods,
        unheeded_denials,
    )
    from factledger.output.words.dates import in_words

    for number, target, end in other_ends(belief, numbers):
        told = (
            f"#{number} ends #{target}, of which its own source tells another end ({in_words(end)})"
        )
        yield f"note: {told}; where two sources differ, append the other end as a claim of its own"
    for number, source, late in claims_too_late(belief, numbers):
        told = f"after #{number} what {ranges(late)} {'tells' if len(late) == 1 else 'tell'} of came later"
        yield f"note: {told} than {source!r} can have been published; correct that as well"
    for number, said in unheeded_denials(belief, numbers):
        told = f"#{number} is asserted, and its quote says {said!r}"
        yield f'note: {told}; where the source denies it, correct it with polarity = "denied"'
    for number, kind in types_without_moods(belief, numbers):
        told = f"#{number}, the type {kind!r}, has no infinitive, such as '{{actor}} to visit {{recipient}}'"
        yield f"note: {told}; without one, plans and denials of it read 'Planned: …', 'It is denied that …'"


_THEY_END = "end after their sources can have been published"


def summary(numbers: Sequence[int], before: int, verb: str) -> str:
    """Return the numbers of the entries that are new, and of those that were there.

    >>> summary([2, 3, 4, 1], 1, "added"), summary([1], 1, "added")
    ('added #2-#4; already there: #1', 'already there: #1')
    """
    new = sorted({n for n in numbers if n > before})
    old = sorted({n for n in numbers if n <= before})
    parts = [f"{verb} {ranges(new)}"] if new else []
    parts += [f"already there: {ranges(old)}"] if old else []
    return "; ".join(parts) or "the drafts hold no record"


def ranges(numbers: Sequence[int]) -> str:
    """Return rising numbers of entries as runs.

    >>> ranges([2, 3, 4, 7])
    '#2-#4, #7'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(f"#{n}" for n in run) for run in runs)
