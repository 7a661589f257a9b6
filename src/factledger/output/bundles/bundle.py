"""A ledger, or a selection of it → the files of a bundle."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import resources

import attrs

from factledger.errors import NotProved
from factledger.ledger.ledger import Ledger
from factledger.log.proofs.checkpoints import Checkpoint
from factledger.log.proofs.times.time_statement import read_time
from factledger.output.bundles.crate import METADATA, BundledFile, crate_metadata
from factledger.output.bundles.page import verifying_page
from factledger.output.bundles.selection import Selection
from factledger.output.bundles.texts import TextAtHand, texts_at_hand
from factledger.output.formats.csl import csl_object
from factledger.output.formats.markdown import plain
from factledger.output.formats.report import report
from factledger.output.words.entries import entry_sentence
from factledger.records.declarations import Source
from factledger.records.entries import Entry

SUMS = "SHA256SUMS"
_JSONL, _MARKDOWN, _TEXT = "application/jsonl", "text/markdown", "text/plain"


@attrs.frozen
class Handover:
    """What is handed over: of which checkpoint, which entries, on which date, under which licence.

    `times` are files of third parties, by the name that each has in the bundle; `roots` the
    certificates, in PEM, with which those of RFC 3161 are verified. With `texts` the texts of the
    sources come along that may be passed on.
    """

    checkpoint: Checkpoint
    selection: Selection = attrs.field(factory=Selection)
    date: str | None = None
    licence: str | None = None
    times: Mapping[str, bytes] = attrs.field(factory=dict)
    roots: bytes | None = None
    texts: bool = False


def bundle_files(ledger: Ledger, asked: Handover) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a bundle with their names; the same ledger gives the same.

    Raises NotProved for a checkpoint that the ledger does not extend, or a time that is not for it, and
    NotFound for an entry that the checkpoint does not reach to.
    """
    numbers = asked.selection.numbers(ledger.index, asked.checkpoint.size)
    times = [(name, _time(name, data, asked)) for name, data in asked.times.items()]
    files = [
        *_content(ledger, asked, numbers),
        *_words(ledger, asked, numbers),
        *_proofs(asked, times),
        *(map(_text, _carried(ledger, asked, numbers))),
    ]
    page = verifying_page(asked.checkpoint, files, times, len(numbers)).encode()
    files.append(BundledFile("README.md", page, "what is here, and how to verify it", _MARKDOWN))
    sources = sources_of(ledger, numbers)
    day = ledger.index.at(asked.checkpoint.size)
    told = f"Entries of the ledger {asked.checkpoint.origin}, with proofs and how to verify them."
    name = f"{asked.checkpoint.origin}, {len(numbers)} of {asked.checkpoint.size} entries"
    metadata = crate_metadata(name, told, day, asked.licence, files, sources)
    listed = [*((file.name, file.data) for file in files), (METADATA, metadata)]
    yield from listed
    yield SUMS, "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in listed).encode()


def _time(name: str, data: bytes, asked: Handover) -> str:
    return str(read_time(data, asked.checkpoint, asked.roots, name))


def _content(ledger: Ledger, asked: Handover, numbers: Sequence[int]) -> Iterator[BundledFile]:
    """Yield the lines, and the proof that they are in the checkpoint."""
    wanted = set(numbers)
    lines = (raw for number, raw in enumerate(ledger.lines(), 1) if number in wanted)
    data = b"".join(raw + b"\n" for raw in lines)
    if asked.selection.whole:
        if faults := ledger.verify_checkpoint(asked.checkpoint):
            raise NotProved(faults[0].where, faults[0].message)
        yield BundledFile("ledger.jsonl", data, "the ledger, a line an entry", _JSONL)
        return
    proof = ledger.prove_several(numbers, asked.checkpoint)
    yield BundledFile("entries.jsonl", data, "the entries, as the ledger has them", _JSONL)
    told = "proves that these entries are in the checkpoint"
    yield BundledFile("entries.proof", str(proof).encode(), told, _TEXT)


def _words(ledger: Ledger, asked: Handover, numbers: Sequence[int]) -> Iterator[BundledFile]:
    """Yield what the entries say, in words: a report, or a list where numbers were asked for."""
    size = asked.checkpoint.size
    if asked.selection.entries:
        told = "the entries in sentences"
        yield BundledFile("entries.md", _list(ledger, numbers, size).encode(), told, _MARKDOWN)
    else:
        date = asked.date or ledger.index.at(size)[:10]
        view = ledger.as_of(date, recorded=size).about(*asked.selection.sides)
        told = f"what stood on {date}"
        yield BundledFile("report.md", report(ledger, view).encode(), told, _MARKDOWN)
    items = [csl_object(source) for source in sources_of(ledger, numbers)]
    csl = json.dumps(items, ensure_ascii=False, indent=2).encode() + b"\n"
    told = "the sources, as CSL-JSON"
    yield BundledFile("sources.json", csl, told, "application/vnd.citationstyles.csl+json")


def _list(ledger: Ledger, numbers: Sequence[int], size: int) -> str:
    belief = ledger.belief(size)
    entries: list[Entry] = [ledger.entry(number) for number in numbers]
    return "".join(f"- #{e.number} {plain(entry_sentence(e, belief))}\n" for e in entries)


def _proofs(asked: Handover, times: Sequence[tuple[str, str]]) -> Iterator[BundledFile]:
    signed = "signed" if asked.checkpoint.signed else "signed by nobody"
    note = asked.checkpoint.note.encode()
    yield BundledFile("ledger.checkpoint", note, f"the checkpoint, {signed}", _TEXT)
    for name, told in times:
        media = "application/octet-stream"
        yield BundledFile(name, asked.times[name], f"a time from a third party. {told}", media)
    script = resources.files("factledger.output.bundles").joinpath("verify.py").read_bytes()
    yield BundledFile("verify.py", script, "verifies the bundle with Python alone", "text/x-python")


def _carried(ledger: Ledger, asked: Handover, numbers: Sequence[int]) -> Iterator[TextAtHand]:
    """Yield the texts that come along."""
    sources = sources_of(ledger, numbers) if asked.texts else []
    return (found for found in texts_at_hand(ledger, sources) if found.text is not None)


def _text(found: TextAtHand) -> BundledFile:
    source, text = found.source, found.text or ""
    told = f"the text of {source.title} ({source.id}), under the licence {source.licence}"
    return BundledFile(found.name, text.encode(), told, _TEXT, source.licence, source)


def sources_of(ledger: Ledger, numbers: Sequence[int]) -> list[Source]:
    """Return the sources among some entries, as they were first declared."""
    records = (ledger.index.record(number) for number in numbers)
    return [record for record in records if isinstance(record, Source)]
