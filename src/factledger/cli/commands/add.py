"""`factledger add`: claims of one source, asked for field by field."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.arguments import kept_text, source_text_option
from factledger.cli.group import Verb
from factledger.cli.options import ledger_option, open_ledger
from factledger.cli.outcome import complain
from factledger.cli.types.paths import NamedPath

if TYPE_CHECKING:
    from factledger.intake.adding.claim_form import ClaimForm, FilledClaim
    from factledger.intake.adding.kept_draft import KeptDraft
    from factledger.ledger.ledger import Ledger
    from factledger.status.belief import Belief

_ASKED = {
    "quote": "Quote",
    "type": "Type",
    "who": "Who > whom @ where",
    "when": "When",
    "more": "More",
}


@click.command(cls=Verb, examples=["factledger add article --text article.txt"])
@click.argument("source", metavar="SOURCE")
@ledger_option
@source_text_option
@click.option(
    "--draft", "file", type=NamedPath(path_type=Path), metavar="FILE",
    help="Where the claims wait.  [default: beside the ledger]",
)  # fmt: skip
@click.option("--append", "at_end", is_flag=True, help="Append them at the end, without asking.")
def add(
    source: str, address: str | None, text_file: Path | None, file: Path | None, at_end: bool
) -> None:
    """Add claims of a source, one after another.

    Each is asked for in five fields, written as in a short claim: the quote, or its first … and last
    words; the type, or a mode; who, and whom; when, as people write it; and whatever else. What is wrong
    is told at once, and asked for again; a claim that stays as it was is given up. Somebody new is declared
    in passing. A claim that passes waits in a draft beside the ledger, which 'factledger append' takes as
    well, until it is appended. An empty quote ends it. 'factledger serve --write' does the same in a
    browser.
    """
    from factledger.intake.adding.claim_form import ClaimForm
    from factledger.intake.adding.kept_draft import KeptDraft

    with open_ledger(address, writing=True) as ledger:
        text = text_of(ledger, source, text_file)
        draft = KeptDraft(file, source) if file else KeptDraft.beside(ledger.address, source)
        form = ClaimForm()
        while (asked := asked_form(form)) is not None:
            form = kept_claim(ledger, source, text, draft, asked)
        finish(ledger, draft, {source: text}, at_end=at_end)


def text_of(ledger: Ledger, source: str, file: Path | None) -> str:
    """Return the text of a source; raises `UsageError` where it is neither given nor kept."""
    from factledger.intake.drafts import read_text

    if not ledger.belief().has("source", source):
        raise click.UsageError(
            f"source {source!r} is not declared; 'factledger source add' does that"
        )
    return read_text(file) if file else kept_text(ledger, source)


def asked_form(form: ClaimForm, fields: Sequence[str] = tuple(_ASKED)) -> ClaimForm | None:
    """Return a form with some fields asked for again, None where the quote is left empty."""
    import attrs

    given = {}
    for name in fields:
        try:
            given[name] = click.prompt(
                _ASKED[name], default=getattr(form, name), show_default=bool(getattr(form, name))
            )
        except click.Abort:
            return None
        if name == "quote" and not given[name].strip():
            return None
    return attrs.evolve(form, **given)


def kept_claim(
    ledger: Ledger, source: str, text: str, draft: KeptDraft, form: ClaimForm
) -> ClaimForm:
    """Keep the claim of a form once nothing is wrong with it; return the form of the next.

    One that the answers leave as it was is given up, for to ask the same again would not end.
    """
    from factledger.intake.adding.claim_form import filled_claim

    while True:
        done = filled_claim(ledger, source, text, draft.proposals(), form, claim_said)
        if not done.problems:
            draft.add(done.records)
            click.echo(f"kept: {done.said}{f' ({done.reading})' if done.reading else ''}")
            return form.next()
        complain(*(f"{field}: {told}" for field, told in done.problems))
        again = mended(form, done)
        if again is None or again == form:
            complain("the claim is not kept: it is as it was, and what is wrong with it stays")
            return form.next()
        form = again


def mended(form: ClaimForm, done: FilledClaim) -> ClaimForm | None:
    """Return a form with what was wrong asked for again, None where nobody answers."""
    import attrs

    wrong = {field if field in _ASKED else "who" for field, _ in done.problems}
    if any(field == "new" for field, _ in done.problems):
        form = attrs.evolve(form, new="")
    try:
        declared, left = declared_now(done)
    except click.Abort:
        return None
    if declared:
        form = attrs.evolve(form, new="\n".join([*filter(None, [form.new]), *declared]))
        if not left and not any(told for _, told in done.problems if "unknown actor" not in told):
            return form
        wrong -= set() if left else {"who"}
    return asked_form(form, [name for name in _ASKED if name in wrong])


def declared_now(done: FilledClaim) -> tuple[list[str], list[str]]:
    """Return declarations of the names that nobody knows and that are said to be new, and the other names."""
    from factledger.intake.adding.claim_form import unknown_names
    from factledger.text import show

    declared, left = [], []
    for name in dict.fromkeys(unknown_names(done.problems)):
        asked = f"{show(name)} is new: country, person, post of WHOM, …; or leave it empty"
        told = click.prompt(asked, default="", show_default=False).strip()
        if told:
            declared.append(f"{name}: {told}")
        else:
            left.append(name)
    return declared, left


def claim_said(belief: Belief, number: int) -> str:
    """Return what an entry says, fit to be shown."""
    from factledger.output.words.entries import record_sentence
    from factledger.text import show

    return show(record_sentence(belief.index.record(number), belief))


def finish(ledger: Ledger, draft: KeptDraft, texts: dict[str, str], *, at_end: bool) -> None:
    """Append what waits, if that is wanted, and take the draft away then."""
    from factledger.cli.text.appended import summary
    from factledger.text import show

    waiting = draft.count
    if not waiting:
        click.echo("no claim waits")
        return
    told = f"{waiting} {'claim waits' if waiting == 1 else 'claims wait'} in {draft.path}"
    click.echo(show(told))
    try:
        if not (at_end or click.confirm("Append now?")):
            return
    except click.Abort:
        return
    before = len(ledger)
    with draft.taken() as proposals:
        done = ledger.append(*proposals, texts=texts)
    click.echo(summary(done.numbers, before, "added"))
