"""Arguments that several commands share: entries by number or label, texts by source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factledger.cli.types.paths import NamedPath
from factledger.dates.instants import numbered
from factledger.errors import NotFound
from factledger.text import is_slug, nearest

if TYPE_CHECKING:
    from factledger.citations.seals import SealKey
    from factledger.ledger.ledger import Ledger
    from factledger.records.entries import Entry

STDIN = "<stdin>"  # the name of standard input in messages

text_option = click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="[SOURCE=]FILE",
    help="The text of a source, in UTF-8; of which source, where it is not plain.",
)

source_text_option = click.option(
    "--text",
    "text_file",
    type=NamedPath(path_type=Path),
    metavar="FILE",
    help="The text of the source.  [default: as the ledger keeps it]",
)

seal_key_option = click.option(
    "--seal-key",
    "seal_key_file",
    type=NamedPath(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The key that passages are sealed with.",
)

by_option = click.option(
    "--by", metavar="NAME", help="Who recorded what is new here, where it does not say so itself."
)


def read_key_option(file: Path | None) -> SealKey | None:
    """Return the key in the file that `--seal-key` names, None where it is not given."""
    if file is None:
        return None
    from factledger.log.proofs.seal_keys import read_seal_key

    return read_seal_key(file)


def read_texts(words: Iterable[str], source_of: Callable[[str], str]) -> dict[str, str]:
    """Return the texts of files by source; `source_of` finds the source of a text without one."""
    from factledger.intake.drafts import read_text

    texts = {}
    for word in words:
        source, name = split_source(word)
        text = read_text(Path(name))
        texts[source or source_of(text)] = text
    return texts


def kept_text(ledger: Ledger, source: str) -> str:
    """Return the text of a source that the ledger keeps; raises `UsageError` for none."""
    text = ledger.text(source)
    if text is None:
        raise click.UsageError(f"the ledger keeps no text of {source!r}; give it with --text")
    return text


def split_source(word: str) -> tuple[str | None, str]:
    """Return the source and the file in `[SOURCE=]FILE`, None for no source.

    >>> split_source("times-2023=article.txt"), split_source("drafts/a=b.txt")
    (('times-2023', 'article.txt'), (None, 'drafts/a=b.txt'))
    """
    before, equals, after = word.partition("=")
    return (before, after) if equals and is_slug(before) and after else (None, word)


def entry_meant(ledger: Ledger, reference: str) -> Entry:
    """Return the entry of `12`, `#12`, an address or a label; for a label the newest claim that has it.

    Raises `NotFound`, which names the nearest label, or what else an address may mean.
    """
    number = numbered(reference)
    if number is not None:
        return ledger.entry(number)
    if reference.startswith("@"):
        from factledger.index.contents.addresses import Addresses

        return ledger.entry(Addresses(ledger.index).entry(reference))
    try:
        return ledger.find(reference)
    except NotFound:
        near = nearest(reference, ledger.index.labels())
        advice = f"did you mean {near!r}?" if near else "'factledger log' lists the entries"
        raise NotFound(f"the entry {reference!r}", advice) from None
