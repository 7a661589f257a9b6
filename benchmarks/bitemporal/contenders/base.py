"""What a contender can do: load the claims, and answer from what it has on disk."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

from bitemporal.oracle import Answer, Counts
from bitemporal.workload import Claim, Question


class Contender(ABC):
    """Loads in one process and answers in others, from its files alone.

    `load` is called first, on an empty folder; a later process calls `open`, then asks. `close`
    ends both.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Take in all claims, durably; each batch is a transaction."""

    @abstractmethod
    def open(self) -> None:
        """Open what was loaded, with nothing kept from before."""

    @abstractmethod
    def ask(self, question: Question) -> Answer:
        """Return the answer to one question."""

    def relationships(self, day: int, tx: int) -> Counts:
        """Return the counts of every pair that has any."""
        raise NotImplementedError

    @abstractmethod
    def close(self) -> None:
        """Give back what it holds."""

    def files(self) -> list[Path]:
        """Return its files."""
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def bytes(self) -> int:
        """Return how much it has on disk, once it is closed."""
        return sum(path.stat().st_size for path in self.files())
