"""The tools of an agent over one ledger: questions, drafts into a folder, appending where a person lets it.

What only one of them needs is loaded when it is asked for: an agent waits for the first answer.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import attrs

from factledger.agents.quoted import answer_with
from factledger.dates.instants import entry_or_instant, numbered
from factledger.errors import NotFound, Problem, Refused
from factledger.ledger.ledger import Ledger
from factledger.log.stores.placing.begun_files import write_new
from factledger.output.formats.entries import addressed_entry
from factledger.views.plain.objects import view_object

MOST_TOLD = 50
"""The most standings, steps or names in one answer; how many more there are is said."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_KINDS = ("actor", "type", "source", "label")


@attrs.frozen
class LedgerTools:
    """What an agent can ask of a ledger, and what it can hand in.

    Drafts go into the folder `drafts`, None for none; they are appended only where `reader` names the
    person who lets it. Every answer is plain values, with words of sources apart (`answer_with`).
    """

    ledger: Ledger
    drafts: Path | None = None
    reader: str | None = None

    # --- questions

    def asof(
        self,
        valid: str,
        recorded: str | None = None,
        published: str | None = None,
        between: list[str] | None = None,
        actor: str | None = None,
    ) -> dict[str, Any]:
        """Return what stood on a date, of two actors or of one where they are named."""
        view = self.ledger.as_of(valid, recorded=_cut(recorded), published=published)
        if between is not None and len(between) != 2:
            raise NotFound("two actors", f"between names {len(between)}; name two, or give actor")
        if between:
            view = view.between(*between)
        elif actor:
            view = view.involving(actor)
        shown = view.standings
        return answer_with(
            {**view_object(view, shown[:MOST_TOLD]), "left_out": max(0, len(shown) - MOST_TOLD)}
        )

    def difference(self, earlier: str, later: str) -> dict[str, Any]:
        """Return what differs between two dates: what the world did, and what was learnt or corrected."""
        return answer_with(self.ledger.difference(earlier, later).to_dict())

    def why(self, entry: str) -> dict[str, Any]:
        """Return why the claim of an entry stands as it does."""
        from factledger.output.formats.differences import account_object

        number = self._number(entry)
        changes = self.ledger.changes(entry=number)
        belief = self.ledger.belief()
        return answer_with(account_object(self.ledger.entry(number), belief, changes, None, None))

    def entry(self, entry: str) -> dict[str, Any]:
        """Return an entry in full, with its address."""
        number = self._number(entry)
        return answer_with(addressed_entry(self.ledger.entry(number), self.ledger.index))

    def find(self, kind: str, text: str) -> dict[str, Any]:
        """Return the ids of a kind (actor, type, source or label) that hold a text, and the nearest one."""
        if kind not in _KINDS:
            raise NotFound(f"the kind {kind!r}", f"it is one of {', '.join(_KINDS)}")
        belief, wanted = self.ledger.belief(), text.casefold()
        if kind == "type":
            known = list(belief.vocabulary.types)
        elif kind == "label":
            known = self.ledger.index.labels()
        else:
            known = self.ledger.index.declared(kind)
        called = {one: [one, *self._names(kind, one)] for one in known}
        found = [one for one, names in called.items() if any(wanted in n.casefold() for n in names)]
        result = [{"id": one, "names": called[one][1:]} for one in found[:MOST_TOLD]]
        nearest = None if found else belief.nearest(kind, text)
        return answer_with(
            {"found": result, "left_out": max(0, len(found) - MOST_TOLD), "nearest": nearest}
        )

    def _names(self, kind: str, one: str) -> list[str]:
        belief = self.ledger.belief()
        if kind == "actor":
            actor = belief.actor(one)
            return list(actor.names) if actor else []
        source = belief.source(one) if kind == "source" else None
        return [source.title] if source else []

    def _number(self, entry: str) -> int:
        number = numbered(entry)
        if number is not None:
            return self.ledger.entry(number).number
        if entry.startswith("@"):
            from factledger.index.contents.addresses import Addresses

            return Addresses(self.ledger.index).entry(entry)
        return self.ledger.find(entry).number

    # --- drafts

    def check_draft(self, draft: str) -> dict[str, Any]:
        """Return all that is wrong with a draft, or the entries that it would make; nothing is written."""
        from factledger.intake.drafts import parse_drafts

        try:
            proposals = parse_drafts(draft.encode(), "draft", self.drafts or Path())
            numbers = self.ledger.try_append(*proposals)
        except Refused as refused:
            return answer_with({"fit": False, "problems": [_problem(p) for p in refused.problems]})
        return answer_with({"fit": True, "problems": [], "entries": list(numbers)})

    def save_draft(self, name: str, draft: str) -> dict[str, Any]:
        """Write a draft into the folder for drafts, for a person to read; never over another one."""
        path = self._draft(name)
        checked = self.check_draft(draft)
        try:
            write_new(path, draft.encode(), os.fsync)
        except FileExistsError:
            raise NotFound(
                f"a new draft {name!r}", "one of this name is there; give another"
            ) from None
        return {**checked, "saved": path.name}

    def append(self, name: str, expect: str) -> dict[str, Any]:
        """Append a draft of the folder, where the ledger is still at the head `expect`."""
        if self.reader is None:
            raise NotFound("the right to append", "a person appends with 'factledger append'")
        from factledger.intake.drafts import parse_drafts

        path = self._draft(name)
        if not path.is_file():
            raise NotFound(f"the draft {name!r}", "save it with save_draft first")
        try:
            proposals = parse_drafts(path.read_bytes(), path.name, path.parent)
            done = self.ledger.append(*proposals, expect=expect)
        except Refused as refused:
            return answer_with(
                {"written": False, "problems": [_problem(p) for p in refused.problems]}
            )
        result = {"written": True, "new": list(done.new), "known": list(done.known)}
        return answer_with({**result, "head": self.ledger.head, "problems": []})

    def _draft(self, name: str) -> Path:
        if self.drafts is None:
            raise NotFound("a folder for drafts", "whoever started this server gave none")
        if not _NAME.fullmatch(name):
            wanted = "write small letters, digits and hyphens, as in visit-of-may"
            raise NotFound(f"a draft of the name {name[:80]!r}", wanted)
        return self.drafts / f"{name}.toml"


def _cut(recorded: str | None) -> int | str | None:
    return None if recorded is None else entry_or_instant(recorded)


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "where": problem.where,
        "check": problem.check,
        "field": problem.field,
        "message": problem.message,
        "suggestion": problem.suggestion,
    }
