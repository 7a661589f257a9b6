"""Citations → W3C Web Annotations, for programs that show marks on a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from factledger.checks.citations import cited
from factledger.index.contents.addresses import Addresses
from factledger.ledger.ledger import Ledger
from factledger.output.words.entries import record_sentence
from factledger.records.claims import Claim

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_BESIDE = 32  # characters before and after a quote, as other programs write them


def annotation_collection(ledger: Ledger) -> dict[str, Any]:
    """Return every quote of the ledger as a page of annotations; sealed ones say no word, and are left out.

    What stands beside a quote is told where the ledger keeps the text of its source.
    """
    return {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "items": [*_annotations(ledger)],
    }


def _annotations(ledger: Ledger) -> Iterator[dict[str, Any]]:
    belief, known = ledger.belief(), Addresses(ledger.index)
    for entry in ledger.entries():
        for i, citation in enumerate(cited(ledger.index, entry.number), start=1):
            if citation.quote is None:
                continue
            source = belief.source(citation.source)
            text = ledger.text(citation.source)
            start, end = citation.start, citation.end
            selectors: list[dict[str, Any]] = [
                {"type": "TextQuoteSelector", "exact": citation.quote}
            ]
            if text is not None and start is not None and end is not None:
                selectors[0]["prefix"] = text[max(0, start - _BESIDE) : start]
                selectors[0]["suffix"] = text[end : end + _BESIDE]
                units = [len(text[:n].encode("utf-16-le")) // 2 for n in (start, end)]
                selectors.append(
                    {"type": "TextPositionSelector", "start": units[0], "end": units[1]}
                )
            record = entry.record and entry.record.content
            tags = [f"type:{record.type}"] if isinstance(record, Claim) else []
            sentence = record_sentence(entry.record, belief)
            yield {
                "@context": CONTEXT,
                "id": f"urn:factledger:{known.of(entry.number)}:{i}",
                "type": "Annotation",
                "body": [
                    {"type": "TextualBody", "purpose": "describing", "value": sentence},
                    *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags),
                ],
                "target": {
                    "source": (source and source.url) or f"urn:factledger:source:{citation.source}",
                    "selector": selectors,
                },
            }
