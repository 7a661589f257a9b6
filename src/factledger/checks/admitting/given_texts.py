"""The texts of sources: as they were given with an append, else as the ledger keeps them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from factledger.citations.passages import SealedPassages
from factledger.citations.proving import prove, text_hash
from factledger.citations.seals import SealKey
from factledger.errors import Fault
from factledger.records.codec import Body
from factledger.records.declarations import Source
from factledger.status.belief import Belief


@attrs.define
class GivenTexts:
    """Texts by source, in which citations are proved; where `unproved`, those without a text are taken."""

    texts: dict[str, str]
    unproved: bool = False
    seal_key: SealKey | None = None
    kept_text: Callable[[str], str | None] | None = None
    _passages: dict[str, SealedPassages] = attrs.field(init=False, factory=dict)

    def hashed(self, body: Body, wrong: list[Fault]) -> Body:
        """Return the body of a source with the hash of its text; note a stated hash that is another."""
        text = self.texts.get(str(body.get("id")))
        if text is None:
            return body
        found = text_hash(text)
        if self.seal_key is None or body.get("policy") != "sealed":
            body.setdefault("sha256", found)  # else it would tell what the seals keep to themselves
        if body.get("sha256", found) != found:
            wrong.append(
                (
                    "source-text",
                    f"the text of source {body.get('id')!r} has the SHA-256 {found}, not the "
                    f"stated {body['sha256']}; give the text that was cited, or correct the hash",
                )
            )
        return body

    def proved(self, citation: Any, claim: Body, belief: Belief, wrong: list[Fault]) -> Any:
        """Return a citation of a claim as it is proved in its text, and note what is wrong with it."""
        if not isinstance(citation, dict) or not isinstance(citation.get("source"), str):
            return citation
        source = belief.source(citation["source"])
        text = None if source is None else self.of(source)
        if source is None or (text is None and self.unproved):
            return citation
        if text is not None and source.sha256 not in (None, text_hash(text)):
            message = f"the text given for source {source.id!r} does not have its SHA-256"
            wrong.append(("source-text", f"{message}; give the text that was cited"))
            return citation
        sealed = source.policy == "sealed"
        passages = None if text is None else self._passages_of(text)
        proved = prove(citation, claim, text, sealed=sealed, key=self.seal_key, passages=passages)
        wrong.extend(proved.faults)
        return proved.citation

    def of(self, source: Source) -> str | None:
        """Return the text of a source: as it was given, else as the ledger keeps it.

        What the ledger keeps is not looked at where citations are taken as they are.
        """
        if source.id not in self.texts and self.kept_text is not None and not self.unproved:
            kept = self.kept_text(source.id)
            if kept is not None:
                self.texts[source.id] = kept
        return self.texts.get(source.id)

    def _passages_of(self, text: str) -> SealedPassages:
        if text not in self._passages:
            self._passages[text] = SealedPassages(text, self.seal_key)
        return self._passages[text]
