"""`factledger draft`: what was marked in other programs, as a draft with each quote proved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import kept_text, source_text_option
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger
from factledger.cli.outcome import LEDGER_SAYS_NO, complain
from factledger.cli.output_files import OutputFile, output_option
from factledger.cli.types.paths import NamedPath

if TYPE_CHECKING:
    from factledger.intake.marks.drafted import Drafted
    from factledger.intake.marks.mark import MarkedPassage


@click.command(
    cls=Verb,
    examples=["factledger draft marks.json --source article --text article.txt -o marked.toml"],
)
@click.argument("file", type=NamedPath(path_type=Path), metavar="FROM")
@click.option("--source", required=True, metavar="ID", help="Of which source the marks are.")
@source_text_option
@ledger_option
@output_option
@click.pass_context
def draft(
    ctx: click.Context,
    file: Path,
    source: str,
    text_file: Path | None,
    address: str | None,
    output: OutputFile | None,
) -> None:
    """Make a draft of what was marked in other programs.

    FROM is an export of Hypothes.is or other Web Annotations (.json), standoff of brat (.ann), or a
    table with a column 'quote' (.csv, .tsv). Each mark is looked for in the text, by its words first. One
    that says its type and date, in tags such as 'type:CONSULT/visit', 'when:2023-03' and 'actor:JPN'
    or in columns of these names, becomes a claim; another a note that says what it lacks. What does not
    stand in the text is told, with exit code 1. The draft is for a person to read and to append.
    """
    from factledger.cli.output_files import written_to
    from factledger.cli.text.problems import problem_lines
    from factledger.intake.drafts import read_text
    from factledger.intake.marks.drafted import drafted
    from factledger.records.vocabulary import shipped

    vocabulary = shipped()
    if text_file is not None:
        text = read_text(text_file)
    else:
        with open_ledger(address) as ledger:
            text, vocabulary = kept_text(ledger, source), ledger.belief().vocabulary
    done = drafted(marks_in(file, text), text, source, vocabulary)
    with written_to(output):
        click.echo("\n".join(done.lines))
    complain(*problem_lines(done.refused))
    if output is None:
        complain(draft_summary(done))
    else:
        click.echo(draft_summary(done))
    if done.refused:
        ctx.exit(LEDGER_SAYS_NO)


def marks_in(file: Path, text: str) -> list[MarkedPassage]:
    """Return the marks of a file, read as its ending says."""
    from factledger.intake.documents import refused_by
    from factledger.intake.drafts import read_text

    content = read_text(file)
    if file.suffix == ".ann":
        from factledger.intake.marks.brat import brat_marks

        return brat_marks(content, text, str(file))
    if file.suffix in (".csv", ".tsv"):
        from factledger.intake.marks.quote_rows import row_marks

        return row_marks(content, str(file))
    from factledger.intake.marks.web_annotations import web_marks

    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        told = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise refused_by("draft-readable", str(file), f"not JSON: {told}") from None
    return web_marks(document, str(file))


def draft_summary(done: Drafted) -> str:
    """Return how many marks became what.

    >>> from factledger.intake.marks.drafted import Drafted
    >>> draft_summary(Drafted([], 12, 3))
    '15 marks: 12 claims, 3 notes, 0 not taken'
    """
    from factledger.records.sentences.grammar import with_number

    total = done.claims + done.notes + len(done.refused)
    made = f"{with_number(done.claims, 'claim')}, {with_number(done.notes, 'note')}"
    return f"{with_number(total, 'mark')}: {made}, {len(done.refused)} not taken"
