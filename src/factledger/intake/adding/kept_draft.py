"""The draft of one source that grows claim by claim, kept in a file until it is appended."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import attrs

from factledger.checks.proposals import Proposal, as_list
from factledger.errors import LogError, NotFound, WriteRefused
from factledger.intake.documents import MAX_FILE, parsed_toml
from factledger.intake.drafts import parse_drafts
from factledger.ledger.erasing.told_beside import drafts_beside
from factledger.log.stores.files import Access, lock_given_back, read_beside
from factledger.log.stores.placing.begun_files import write_durably
from factledger.records.codec import Body
from factledger.text import is_slug, system_reason

_HEAD = (
    "# Claims that wait to be appended. 'factledger append' takes this file; 'factledger add' writes it\n"
    "# anew with each claim, so comments in it are not kept.\n"
)


@attrs.frozen
class KeptDraft:
    """The file of a draft: read anew each time, so that what somebody changed in it counts."""

    path: Path
    source: str

    @classmethod
    def beside(cls, address: str, source: str) -> KeptDraft:
        """Return the draft of a source that is kept beside the ledger at an address.

        Raises `NotFound` for a ledger that has no folder: the draft is named then.
        """
        if address == "memory:" or address.startswith("postgresql:") or not is_slug(source):
            raise NotFound("a place for the draft", "name a file for it with --draft")
        return cls(drafts_beside(address) / f"{source}.toml", source)

    def proposals(self) -> list[Proposal]:
        """Return what the draft holds; raises `Refused` for a file that cannot be read."""
        if not self.path.exists():
            return []
        return parse_drafts(self._held(), str(self.path), self.path.parent)

    @property
    def count(self) -> int:
        """How many claims wait in it."""
        return sum(p.body.get("kind") not in _FIRST for p in self.proposals())

    def add(self, records: Sequence[Body]) -> None:
        """Write records behind those that wait."""
        with self._alone():
            document = self._document()
            for record in records:
                kind, table = record["kind"], {k: v for k, v in record.items() if k != "kind"}
                if table.get("source") == self.source:
                    del table["source"]
                document[kind] = [*as_list(document.pop(kind, [])), table]  # what came last is last
            self._write(document)

    def drop_last(self) -> bool:
        """Take away the claim that was added last; return whether there was one."""
        with self._alone():
            document = self._document()
            kinds = [kind for kind in document if kind not in _FIRST]
            if not kinds:
                return False
            document[kinds[-1]] = as_list(document[kinds[-1]])[:-1]
            self._write({key: value for key, value in document.items() if value != []})
            return True

    @contextmanager
    def taken(self) -> Iterator[list[Proposal]]:
        """Give what waits; the file is taken away at the end, where the block did not raise.

        Who adds a claim meanwhile waits, and finds a new file.
        """
        with self._alone():
            yield self.proposals()
            self.path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep others from the draft: two that add at once would each write without the claim of the other."""
        folder = self.path.parent
        with self._refusing():
            folder.mkdir(exist_ok=True)
            fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        with lock_given_back(fd):
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise WriteRefused(str(self.path), system_reason(error)) from None

    def _document(self) -> dict[str, Any]:
        if not self.path.exists():
            return {"default_source": self.source}
        self.proposals()  # what cannot be read is told with its line
        return parsed_toml(self._held().decode())

    def _held(self) -> bytes:
        try:
            return read_beside(self.path, MAX_FILE)
        except OSError as error:
            raise LogError(f"{self.path}: cannot read the draft: {system_reason(error)}") from None

    def _write(self, document: Mapping[str, Any]) -> None:
        document = dict(sorted(document.items(), key=lambda item: _rank(item[0])))
        with self._refusing():
            write_durably(self.path, draft_text(document).encode(), os.fsync, Access(0o644))


def _rank(key: str) -> int:
    """Return where a key of a draft stands: what claims name comes before them, all else as it came."""
    return _FIRST.index(key) if key in _FIRST else len(_FIRST)


_FIRST = ("default_source", "default_approximate", "claims", "source", "type", "actor")


def draft_text(document: Mapping[str, Any]) -> str:
    """Return a draft as TOML, a line a record.

    >>> print(draft_text({"default_source": "s", "event": [{"type": "CONSULT", "when": "2021"}]}))
    # Claims that wait ...
    default_source = "s"
    event = [
      { type = "CONSULT", when = "2021" },
    ]
    <BLANKLINE>
    """
    lines = [_HEAD.rstrip("\n")]
    for key, value in document.items():
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            lines += [f"{key} = [", *(f"  {toml_value(one)}," for one in value), "]"]
        else:
            lines.append(f"{key} = {toml_value(value)}")
    return "\n".join(lines) + "\n"


def toml_value(value: Any) -> str:
    r"""Return a value as TOML writes it on one line.

    >>> print(toml_value({"names": ["Ada \"A\" Lorn"], "count": {"lower": 4}, "even": True}))
    { names = ["Ada \"A\" Lorn"], count = { lower = 4 }, even = true }
    """
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml_value(held)}' for key, held in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
