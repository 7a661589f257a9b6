"""tgms: native bitemporal edges; a claim is an edge, a correction retracts the old one."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tgms
from tgms.core.model import OPEN_END, edge_eid
from tgms.storage.base import make_op

from bitemporal.contenders.base import Contender
from bitemporal.oracle import Answer
from bitemporal.workload import Claim, Question


class Tgms(Contender):
    """The adapter is asked for columns; which edge is which claim is kept beside it."""

    def load(self, batches: Iterable[list[Claim]]) -> None:
        """Write each batch as one transaction: its retractions, then its edges."""
        self.open()
        states: dict[int, Claim] = {}
        times: list[Any] = []
        ids: dict[Any, int] = {}
        for batch in batches:
            states.update((c.id, c) for c in batch if c.is_state)
            gone = [retraction(states[c.replaces]) for c in batch if c.replaces is not None]
            times.append(self._store._write([*gone, ingestion(batch)]))
            ids.update((edge_eid(c.a, c.b, c.kind, str(c.id)), c.id) for c in batch)
        self._notes().write_bytes(pickle.dumps((times, ids)))

    def open(self) -> None:
        """Open the store, and read back which edge is which claim."""
        self._store = tgms.open(str(self.folder / "tgms"), backend="native")
        if self._notes().exists():
            self._times, self._ids = pickle.loads(self._notes().read_bytes())

    def ask(self, question: Question) -> Answer:
        """Ask for the edges that touch both, as of the transaction, valid on the day."""
        a, b, day, tx = question
        adapter = self._store.adapter
        try:
            touching = [int(i) for i in adapter.dense_ids([a, b])]
        except KeyError:
            return Answer((), 0)
        found = adapter.edges_columnar(
            as_of_tt=self._times[tx],
            vt_min=day,
            vt_max=day + 1,
            columns=["rel_type", "eid"],
            touching_ids=touching,
            touching_both=True,
        )
        edges = list(zip(found["rel_type"], found["eid"], strict=True))
        states: list[int] = sorted(self._ids[eid] for kind, eid in edges if kind[0] == "s")
        return Answer(tuple(states), sum(kind[0] == "e" for kind, _ in edges))

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def bytes(self) -> int:
        """Return how much it has on disk, without what is kept beside it."""
        return super().bytes() - self._notes().stat().st_size

    def _notes(self) -> Path:
        return self.folder / "claims-of-edges.pickle"


def retraction(old: Claim) -> Any:
    """Return the operation that retracts the edge of a claim, from its start on."""
    ref = {"kind": "edge", "uid": None, "src": old.a, "dst": old.b, "rel_type": old.kind}
    ref["disc"] = str(old.id)
    return make_op("retract", ref=ref, t=old.start, source="ingest", provenance_ref=None)


def ingestion(batch: list[Claim]) -> Any:
    """Return the operation that brings the edges of a batch; an event stays from its day on."""
    edges = [
        {
            "src": c.a,
            "dst": c.b,
            "rel_type": c.kind,
            "vt_s": c.start,
            "vt_e": c.end if c.is_state and c.end is not None else OPEN_END,
            "disc": str(c.id),
        }
        for c in batch
    ]
    return make_op(
        "ingest_events",
        events=edges,
        offset=0,
        node_label="Node",
        source="ingest",
        provenance_ref=None,
    )


CONTENDERS = {"tgms": Tgms}
