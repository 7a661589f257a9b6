"""All at once over one ledger, for minutes: `python tests/faults/soak.py --minutes 10 --store sqlite`.

Writers append; readers ask what stood and follow a series at their leisure; others copy, redact,
sign checkpoints, make the index anew, verify and check, each a process of its own. At the end
everything that was acknowledged is there, everything that was erased is nowhere, every checkpoint is
extended by the ledger, and nobody was told of a fault that is none. Exit code 1, and a line for each,
where that is not so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))

import attrs  # noqa: E402

from cli_tools import inside, run, small_ledger  # noqa: E402
from factledger import Citation, Event, FactledgerError, Ledger, Participant  # noqa: E402
from factledger.log.stores import open_store  # noqa: E402
from faults.machine import environment, scratch  # noqa: E402

NAMES = {"jsonl": "ledger.jsonl", "sqlite": "ledger.db"}
PAUSES = {
    "writer": 0.03, "reader": 0.05, "follower": 0.2, "copier": 2.0, "redactor": 0.7, "signer": 1.0,
    "indexer": 4.0, "verifier": 1.0, "checker": 3.0,
}  # fmt: skip
ROLES = (
    *(f"writer-{i}" for i in range(3)),
    "reader-0",
    "reader-1",
    "follower-0",
    *list(PAUSES)[3:],
)
PATIENCE = 120.0  # seconds that a writer waits for the others
BUSY = ("nothing was written, try again", " finishes it")  # of one that waited in vain
SLOW = 0.002  # seconds for which a follower thinks about each day


@attrs.define
class Hand:
    """One process: what it does again and again in a folder, and what it notes down there."""

    folder: Path
    name: str
    until: float
    random: Random
    done: int = 0

    @property
    def ledger(self) -> str:
        """The name of the ledger."""
        return (self.folder / "address").read_text()

    @property
    def role(self) -> str:
        """What it does."""
        return self.name.partition("-")[0]

    def note(self, what: str, **values: Any) -> None:
        """Write down what was acknowledged, a line each, on the disk before the next is begun."""
        with (self.folder / "notes" / f"{what}-{self.name}").open("a", encoding="utf-8") as file:
            file.write(json.dumps(values) + "\n")

    def fault(self, told: str) -> None:
        """Write down what was told and ought not to have been."""
        self.note("fault", by=self.name, at=time.time(), told=told[-3000:])

    def turns(self) -> Iterator[int]:
        """Yield numbers until the time is over, with a pause after each."""
        while time.time() < self.until:
            yield self.done
            self.done += 1
            time.sleep(PAUSES[self.role] * self.random.random() * 2)

    def command(self, *words: str) -> bool:
        """Carry out a command that must end well; return whether it did.

        One that waited in vain for its turn is begun again, as it is told to, and counted.
        """
        began = time.time()
        said = run(*words)
        while any(told in said.err for told in BUSY) and time.time() < began + PATIENCE:
            self.note("busy", words=words)
            said = run(*words)
        if said.code != 0:
            self.fault(f"{' '.join(words)} ended with {said.code}: {said.out[-500:]}{said.err}")
        return said.code == 0


def notes(folder: Path, what: str) -> list[dict[str, Any]]:
    """Return what the hands wrote down so far, but for a line that is not finished."""
    found = []
    for path in sorted((folder / "notes").glob(f"{what}-*")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        found += [json.loads(line) for line in lines if line.endswith("\n")]
    return found


# --- what each does


def write(hand: Hand) -> None:
    """Append one to three claims at a time, with words that nobody else has."""
    who = [Participant(role="actor", actor="JPN"), Participant(role="recipient", actor="UKR")]
    with Ledger.open(hand.ledger) as ledger:
        for turn in hand.turns():
            words = [_word(hand, turn, i) for i in range(hand.random.randint(1, 3))]
            day = f"{hand.random.randint(2000, 2023)}-{hand.random.randint(1, 12):02d}"
            cited = [Citation(source="gazette", locator=f"{hand.name} {turn}")]
            claims = (
                Event(type="CONSULT", when=day, text=word, participants=who, citations=cited)
                for word in words
            )
            for word, entry in zip(words, ledger.append(*claims, timeout=PATIENCE), strict=True):
                hand.note("written", number=entry.number, word=word)


def _word(hand: Hand, turn: int, i: int) -> str:
    return f"{hand.name}/{turn}/{i}/{hand.random.getrandbits(64):016x}"


def read(hand: Hand) -> None:
    """Ask what stood: one of a ledger that stays open, the other of one opened anew each time."""
    with Ledger.open(hand.ledger) as kept:
        for _ in hand.turns():
            ledger = kept if hand.name.endswith("0") else Ledger.open(hand.ledger)
            ledger.refresh()
            view = ledger.as_of(str(hand.random.randint(2000, 2024))).between("JPN", "UKR")
            assert all(s.claim.type == "CONSULT" for s in view.standings)
            if ledger is not kept:
                ledger.close()


def follow(hand: Hand) -> None:
    """Go through a series of days, and think about each, while others write."""
    for _ in hand.turns():
        with Ledger.open(hand.ledger) as ledger:
            for number, _ in enumerate(ledger.changes()):
                time.sleep(SLOW)
                if number > 300 or time.time() > hand.until:
                    break


def copy(hand: Hand) -> None:
    """Copy the ledger into both stores: what was erased before is in no copy made after."""
    for turn in hand.turns():
        gone = notes(hand.folder, "erased")
        name = str(hand.folder / "copies" / f"copy-{turn}.{('jsonl', 'db')[turn % 2]}")
        if hand.command("copy", hand.ledger, name):
            hand.command("verify", "-l", name)
            held = b"".join(path.read_bytes() for path in Path(name).parent.iterdir())
            for one in gone:
                if one["word"].encode() in held:
                    hand.fault(f"{name} holds #{one['number']}, which was erased before")
        for path in (hand.folder / "copies").iterdir():
            path.unlink()


def redact(hand: Hand) -> None:
    """Erase entries of others, one or two at a time."""
    gone: set[int] = set()
    for _ in hand.turns():
        written = [one for one in notes(hand.folder, "written") if one["number"] not in gone]
        chosen = hand.random.sample(written, min(len(written), hand.random.randint(1, 2)))
        if not chosen:
            continue
        numbers = [str(one["number"]) for one in chosen]
        words = ("--reason", "r", "--authority", "a", "--yes", "--leave-traces", "-l", hand.ledger)
        if hand.command("redact", *numbers, *words):
            gone |= {one["number"] for one in chosen}
            for one in chosen:
                hand.note("erased", **one)


def sign(hand: Hand) -> None:
    """Sign checkpoints, and keep them."""
    for turn in hand.turns():
        path = str(hand.folder / "checkpoints" / f"{turn:06d}")
        hand.command("checkpoint", "--key", str(hand.folder / "key"), "-o", path, "-l", hand.ledger)


def index(hand: Hand) -> None:
    """Make the index anew, where there is one."""
    for _ in hand.turns():
        hand.command("reindex", "-l", hand.ledger)


def verify(hand: Hand) -> None:
    """Verify the ledger, and a checkpoint of before."""
    for _ in hand.turns():
        hand.command("verify", "-l", hand.ledger)
        made = sorted((hand.folder / "checkpoints").glob("[0-9]*"))
        kept = made[:-1]  # the last may be half written
        if kept:
            path = str(hand.random.choice(kept))
            hand.command(
                "verify",
                "--checkpoint",
                path,
                "--key",
                str(hand.folder / "key.pub"),
                "-l",
                hand.ledger,
            )


def check(hand: Hand) -> None:
    """Check every entry."""
    for _ in hand.turns():
        hand.command("check", "-l", hand.ledger)


WORK: dict[str, Callable[[Hand], None]] = {
    "writer": write, "reader": read, "follower": follow, "copier": copy, "redactor": redact,
    "signer": sign, "indexer": index, "verifier": verify, "checker": check,
}  # fmt: skip


def live(folder: Path, name: str, until: float) -> None:
    """Do the work of one hand to the end of the time; after a fault it begins anew."""
    hand = Hand(folder, name, until, Random(name))
    while time.time() < until:
        try:
            WORK[hand.role](hand)
        except FactledgerError as error:
            hand.fault(f"{type(error).__name__}: {error}")
        except Exception:
            hand.fault(traceback.format_exc())
    hand.note("turns", role=hand.role, count=hand.done)


# --- the whole


def soak(folder: Path, store: str, seconds: float) -> list[str]:
    """Let all hands work over one ledger for some seconds; return what is wrong, none if all is well."""
    for name in ("notes", "copies", "checkpoints", "home"):
        (folder / name).mkdir(parents=True)
    address = lay(folder, store)
    until = time.time() + seconds
    roles = [role for role in ROLES if store == "sqlite" or role != "indexer"]
    command = [sys.executable, str(HERE / "soak.py"), "--until", str(until), "--in", str(folder)]
    children = [subprocess.Popen([*command, "--hand", r], env=environment()) for r in roles]
    codes = [child.wait() for child in children]
    wrong = [f"{role} ended with {code}" for role, code in zip(roles, codes, strict=True) if code]
    wrong += [f"{one['by']}: {one['told']}" for one in notes(folder, "fault")]
    return [*wrong, *judged(folder, address)]


def lay(folder: Path, store: str) -> str:
    """Make the ledger and its key, and say where it is."""
    home = folder / "home"
    small_ledger(home).close()
    with inside(home):
        if store == "sqlite":
            assert run("copy", "ledger.jsonl", "ledger.db").code == 0
            for path in home.glob("ledger.jsonl*"):
                path.unlink()
        address = str(home / NAMES[store])
        public = run("key", str(folder / "key"), "-l", address)
        (folder / "key.pub").write_text(public.out)
    (folder / "address").write_text(address)
    return address


def judged(folder: Path, address: str) -> Iterator[str]:
    """Yield what is wrong with a ledger at the end, beside what was noted of it."""
    erased = {one["number"]: one["word"] for one in notes(folder, "erased")}
    with open_store(address) as opened:
        lines = list(opened.read())
    for one in notes(folder, "written"):
        number, word = one["number"], one["word"]
        body = lines[number - 1].body if number <= len(lines) else b""
        if number in erased:
            if body is not None:
                yield f"#{number} was erased, and is there"
        elif body is None or json.loads(body)["text"] != word:
            yield f"#{number} was acknowledged as {word!r}, and is not there"
    yield from _left_of(folder, erased)
    yield from _verified(folder, address)


def _left_of(folder: Path, erased: dict[int, str]) -> Iterator[str]:
    """Yield what still holds what was erased, and what a command left behind."""
    for path in (folder / "home").rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        for number, word in erased.items():
            if word.encode() in held:
                yield f"{path.name} holds #{number}, which was erased"
        if path.suffix == ".part" or "torn" in path.name:
            yield f"{path.name} was left behind"


def _verified(folder: Path, address: str) -> Iterator[str]:
    """Yield what does not verify: the ledger, or a checkpoint of it."""
    key = ("--key", str(folder / "key.pub"))
    kept = sorted((folder / "checkpoints").iterdir())
    asked: list[tuple[str, ...]] = [("verify", "--checkpoint", str(path), *key) for path in kept]
    asked += [("verify", *(("--index",) if address.endswith("db") else ())), ("check",)]
    for words in asked:
        said = run(*words, "-l", address)
        if said.code != 0:
            yield f"{' '.join(words)}: {said.out}{said.err}"


def summary_of(folder: Path) -> str:
    """Return how often was done what."""
    turns: Counter[str] = Counter()
    for one in notes(folder, "turns"):
        turns[one["role"]] += one["count"]
    counted = {"entries": len(notes(folder, "written")), "erased": len(notes(folder, "erased"))}
    counted["waited in vain and began again"] = len(notes(folder, "busy"))
    return ", ".join(f"{count:,} {what}" for what, count in {**counted, **turns}.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak a ledger, or be one of the hands of that."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--store", choices=sorted(NAMES), default="jsonl")
    parser.add_argument("--hand", help=argparse.SUPPRESS)
    parser.add_argument("--until", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    given: Any = parser.parse_args(arguments)
    if given.hand:
        live(given.folder, given.hand, given.until)
        return 0
    with scratch() as above:
        wrong = soak(above / "soak", given.store, given.minutes * 60)
        print(f"{given.store}: {summary_of(above / 'soak')}; {len(wrong)} wrong")
    for line, count in Counter(wrong).most_common(50):
        print(f"{count}x {line}", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    os.environ.pop("FACTLEDGER", None)
    sys.exit(main())
