"""A process of low priority that makes replies, so that dear ones take no time from the others.

Its two ends are here: `Maker` asks, `make_replies` answers in the process. Both are of one version, and
what goes between them is a line of JSON each way, and the body of the reply behind it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from contextlib import suppress
from threading import Timer
from time import monotonic
from typing import BinaryIO, TypeAlias, cast

import attrs

from factledger.dates.wording.languages import LANGUAGE
from factledger.errors import FactledgerError
from factledger.ledger.ledger import Ledger
from factledger.web.replies.reply import Reply, error_reply
from factledger.web.routes import Items, reply

MAKING_TIME = 60.0  # seconds that a reply may be in the making
REPLIES = 100  # of one process: what they leave in its memory ends with it
LOWER = 5  # steps of priority below those who make light replies

_Process: TypeAlias = "subprocess.Popen[bytes]"

# Ctrl-C is for the parent, which ends this process as well.
_BEGIN = (
    "import json, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "sys.path[:] = json.loads(sys.argv[1]); from factledger.web.making.makers import begin_making; begin_making()"
)


class TooLong(Exception):
    """A reply was longer in the making than it may be."""


class Ended(Exception):
    """The process that made a reply ended before it was there."""


class Maker:
    """A process that makes one reply after another of the ledger at an address.

    It is started for the first question, and anew after an end or after `REPLIES`. Dates are told in
    the language of whoever asks.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._process: _Process | None = None
        self._end: weakref.finalize[[_Process], Maker] | None = None
        self._made = 0

    def reply(self, path: str, items: Items, known: str | None) -> Reply:
        """Return the reply to a question.

        Raises `TooLong` where the process is ended after `MAKING_TIME`, and `Ended` where it ends otherwise.
        """
        if self._process is None or self._made >= REPLIES:
            self.close()
            self._process = self._started()
            self._end = weakref.finalize(self, _ended, self._process)
        self._made += 1
        begun, late = monotonic(), Timer(MAKING_TIME, self._process.kill)
        late.start()
        try:
            return _asked(self._process, {"path": path, "items": list(items), "known": known})
        except (OSError, ValueError):
            self.close()
            raise (TooLong if monotonic() - begun >= MAKING_TIME else Ended) from None
        finally:
            late.cancel()

    def close(self) -> None:
        """End the process, where there is one."""
        if self._end is not None:
            self._end()
        self._process, self._end, self._made = None, None, 0

    def _started(self) -> _Process:
        words = [sys.executable, "-c", _BEGIN, json.dumps(sys.path)]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        # Whoever lists processes sees their arguments, and an address may hold a password.
        _write(process, {"address": self._address, "language": LANGUAGE.get()})
        return process


def _asked(process: _Process, question: object) -> Reply:
    """Return what a process replies; raises `OSError` or `ValueError` where it has ended."""
    _write(process, question)
    answers = cast("BinaryIO", process.stdout)
    head = json.loads(answers.readline())
    return Reply(body=answers.read(head.pop("size")), **head)


def _write(process: _Process, value: object) -> None:
    questions = cast("BinaryIO", process.stdin)
    questions.write(json.dumps(value).encode() + b"\n")
    questions.flush()


def _ended(process: _Process) -> None:
    """End a process, whatever it is at."""
    process.kill()
    with suppress(OSError), process:  # its pipes are closed, and its end is taken note of
        pass


# --- in the process -------------------------------------------------------------------------------


def begin_making() -> None:
    """Make the replies to the questions on the standard input, until its end."""
    os.nice(LOWER)
    with suppress(BrokenPipeError), os.fdopen(os.dup(1), "wb") as answers:  # whoever asked may end
        os.dup2(2, 1)  # nothing else gets between them
        make_replies(sys.stdin.buffer, answers)


def make_replies(questions: BinaryIO, answers: BinaryIO) -> None:
    """Write a reply to each question: the first line says of which ledger, and in which language."""
    begin = json.loads(questions.readline())
    LANGUAGE.set(begin["language"])
    ledger: Ledger | None = None
    for line in questions:
        asked = json.loads(line)
        try:
            ledger = ledger or Ledger.open(begin["address"])
            items = [(name, value) for name, value in asked["items"]]
            made = reply(ledger, asked["path"], items, known=asked["known"])
        except FactledgerError as error:
            made = error_reply(error)
        head = attrs.asdict(made, filter=attrs.filters.exclude("body"))
        answers.write(json.dumps({**head, "size": len(made.body)}).encode() + b"\n" + made.body)
        answers.flush()
