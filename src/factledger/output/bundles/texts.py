"""The texts of sources that a bundle may carry: kept by the ledger, under a licence that lets anybody pass them on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factledger.ledger.ledger import Ledger
from factledger.named import NamedTuple
from factledger.records.declarations import Source

# Names (of SPDX, or in words) and addresses of licences under which a whole text may be passed on unchanged.
_OPEN = re.compile(
    r"(cc0|cc[- ]by|cc-pddc|pddl|odc-by|odbl|ogl|dl-de-by|dl-de-zero|etalab|gfdl|mit\b|bsd\b|apache[- ]2"
    r"|(in the )?public domain"
    r"|https?://(www\.)?(creativecommons\.org/(licenses|publicdomain)|opendatacommons\.org/licenses"
    r"|nationalarchives\.gov\.uk/doc/open-government-licence|spdx\.org/licenses/cc))",
    re.IGNORECASE,
)


class TextAtHand(NamedTuple):
    """The text of a source for a bundle, or why it is left out: one of `text` and `why` is None."""

    source: Source
    text: str | None
    why: str | None

    @property
    def name(self) -> str:
        """The name of its file in a bundle."""
        return f"texts/{self.source.id}.txt"


def may_be_passed_on(licence: str) -> bool:
    """Return whether a licence is known to let anybody pass a text on, as it is.

    >>> may_be_passed_on("CC-BY-4.0"), may_be_passed_on("all rights reserved")
    (True, False)
    """
    return _OPEN.match(licence.strip()) is not None


def texts_at_hand(ledger: Ledger, sources: Iterable[Source]) -> Iterator[TextAtHand]:
    """Yield for each source its text, or why a bundle does not carry it; as they are declared now."""
    belief = ledger.belief()
    named = map(belief.source, dict.fromkeys(source.id for source in sources))
    for source in filter(None, named):
        why = _hindrance(ledger, source)
        text = ledger.text(source.id) if why is None else None
        gone = None if text is not None else why or "what is kept is not the text that was cited"
        yield TextAtHand(source, text, gone)


def _hindrance(ledger: Ledger, source: Source) -> str | None:
    """Return why the text of a source must stay behind, None where nothing says so."""
    if source.policy == "sealed":
        return "it is sealed"
    if source.licence is None:
        return "no licence is stated"
    if not may_be_passed_on(source.licence):
        return f"the licence '{source.licence}' is not known to let it be passed on"
    if not ledger.texts.kept_inside(source.id):
        return "the ledger keeps no text of it"
    return None
