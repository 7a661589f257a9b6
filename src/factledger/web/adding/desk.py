"""The desk: requests to add claims of a source → pages, and a draft that is kept until it is appended."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote

import attrs

from factledger.errors import NotFound, Refused
from factledger.intake.adding.claim_form import FORM_FIELDS, ClaimForm, FilledClaim, filled_claim
from factledger.intake.adding.kept_draft import KeptDraft
from factledger.ledger.ledger import Ledger
from factledger.output.words.entries import record_sentence
from factledger.status.belief import Belief
from factledger.web.adding.adding_page import adding_page, desk_page
from factledger.web.adding.barring import WRITE_PATH
from factledger.web.query import PageQuery
from factledger.web.render import html
from factledger.web.replies.reply import Reply, error_reply, failed
from factledger.web.routes import Items, ledger_name
from factledger.web.urls import Served

_HEADERS = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}


@attrs.define
class Desk:
    """What a desk knows between requests: its token, who records, texts that were given, and the last form.

    Nothing of it is needed to go on after a restart but the draft, which is a file.
    """

    token: str
    recorded_by: str | None = None
    texts: Mapping[str, str] = attrs.field(factory=dict)
    _next: dict[str, ClaimForm] = attrs.field(factory=dict)
    _notes: dict[str, str] = attrs.field(factory=dict)

    @property
    def path(self) -> str:
        """The path of its first page."""
        return f"{WRITE_PATH}{self.token}/"

    def path_of(self, source: str) -> str:
        """Return the path of the page on which claims of a source are added."""
        return f"{self.path}{quote(source, safe='')}"

    def text(self, ledger: Ledger, source: str) -> str | None:
        """Return the text of a source: as it was given, else as the ledger keeps it."""
        return self.texts.get(source) or ledger.text(source)

    def reply(self, ledger: Ledger, *, posted: bool, path: str, items: Items) -> Reply:
        """Return the reply to a request that was not barred."""
        ledger.refresh()
        source = unquote(path.removeprefix(self.path))
        try:
            made = self._reply(ledger, source, dict(items) if posted else None)
        except Refused as refused:
            made = failed(409, "; ".join(map(str, refused.problems)))
        except NotFound as missing:
            made = error_reply(missing)
        return attrs.evolve(made, headers={**_HEADERS, **made.headers})

    def _reply(self, ledger: Ledger, source: str, sent: Mapping[str, str] | None) -> Reply:
        if not source:
            page = desk_page(ledger, self)
            return Reply(
                200,
                html("desk", self._link(self.path), page=page, ledger=ledger_name(ledger)).encode(),
            )
        text = self.text(ledger, source)
        if text is None or not ledger.belief().has("source", source):
            advice = "'factledger source add' declares it and keeps its text"
            raise NotFound(f"the text of source {source[:100]!r}", advice)
        draft = KeptDraft.beside(ledger.address, source)
        if sent is None:
            return self._shown(ledger, source, text, draft, self._next.get(source, ClaimForm()))
        if sent.get("do") == "append":
            self._notes[source] = appended(ledger, draft, {source: text})
        elif sent.get("do") == "drop":
            self._notes[source] = (
                "the last claim was taken back" if draft.drop_last() else "no claim waits"
            )
        elif (again := self._added(ledger, source, text, draft, form_sent(sent, text))) is not None:
            return again
        return Reply(303, headers={"Location": self.path_of(source)})

    def _added(
        self, ledger: Ledger, source: str, text: str, draft: KeptDraft, form: ClaimForm
    ) -> Reply | None:
        """Keep the claim of a form; return the page with its problems where it has some."""
        done = filled_claim(ledger, source, text, draft.proposals(), form, sentence)
        if done.problems:
            return self._shown(ledger, source, text, draft, form, done)
        draft.add(done.records)
        self._next[source] = form.next()
        self._notes[source] = f"added: {done.said}{f' ({done.reading})' if done.reading else ''}"
        return None

    def _shown(
        self, ledger: Ledger, source: str, text: str, draft: KeptDraft, form: ClaimForm,
        done: FilledClaim | None = None,
    ) -> Reply:  # fmt: skip
        note = self._notes.pop(source, "") if done is None else ""
        page = adding_page(ledger, source, text, draft, form, done, note)
        link = self._link(self.path_of(source))
        body = html("add", link, page=page, desk=self.path, ledger=ledger_name(ledger)).encode()
        return Reply(422 if done is not None else 200, body)

    def _link(self, path: str) -> Served:
        return Served(PageQuery(), path)


def form_sent(sent: Mapping[str, str], text: str) -> ClaimForm:
    """Return the form that a browser sent; it counts where a quote is in UTF-16."""
    at = sent.get("at", "")
    place = None
    if at.isascii() and at.isdigit() and len(at) < 10:
        before = text.encode("utf-16-le", "surrogatepass")[: 2 * int(at)]
        place = len(before.decode("utf-16-le", "ignore"))
    return ClaimForm(**{name: sent.get(name, "") for name in FORM_FIELDS}, at=place)


def sentence(belief: Belief, number: int) -> str:
    """Return what an entry says, in a sentence."""
    return record_sentence(belief.index.record(number), belief)


def appended(ledger: Ledger, draft: KeptDraft, texts: Mapping[str, str]) -> str:
    """Append a draft, take its file away, and return what was done; raises `Refused`."""
    with draft.taken() as proposals:
        if not proposals:
            return "no claim waits"
        done = ledger.append(*proposals, texts=texts)
    numbers = done.numbers
    return f"appended: entries #{min(numbers)} to #{max(numbers)}"
