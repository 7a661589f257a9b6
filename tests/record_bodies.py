"""A body of each kind of record, and corrections of each kind that can be corrected."""

from __future__ import annotations

from typing import Any

from factledger.records.codec import Body

CITED = [{"source": "s", "locator": "p. 1"}]
EVENT: dict[str, Any] = {"kind": "event", "type": "CONSULT", "when": "2021-03", "citations": CITED}
STATE: dict[str, Any] = {"kind": "state", "type": "office", "since": "2021", "until": ".."}
SOURCE = {"kind": "source", "id": "s", "title": "S"}
CORRECT: dict[str, Any] = {"kind": "correct", "target": 2, "reason": "misread"}
DECLARATIONS: list[Body] = [
    SOURCE,
    {"kind": "actor", "id": "JPN", "category": "country", "names": ["Japan"]},
    {"kind": "type", "id": "rite", "shape": "event"},
]
CLAIMS: list[Body] = [
    EVENT,
    STATE,
    {"kind": "tally", "type": "CONSULT", "count": {"lower": 7}, "since": "2022"},
    {"kind": "assessment", "type": "evaluative", "about": [{"role": "topic", "target": 2}]},
]
OTHERS: list[Body] = [
    {"kind": "ledger", "format": 1, "vocabulary": 1, "origin": "example"},
    {"kind": "close", "target": 2, "until": "2023-04", "citations": CITED},
    {"kind": "retract", "target": 2, "reason": "read from the wrong column"},
    {"kind": "corroborate", "target": 2, "citations": CITED},
    {"kind": "dispute", "target": 2, "citations": CITED},
    {"kind": "identify", "claims": [2, 3], "verdict": "same", "reason": "one visit"},
    {"kind": "withdraw", "source": "s", "reason": "taken back by its publisher"},
    {"kind": "redact", "target": 2, "reason": "a private person", "authority": "a court"},
    {"kind": "note", "text": "The text breaks off here."},
]
CORRECTIONS: list[Body] = [{**CORRECT, "record": record} for record in (*CLAIMS, *DECLARATIONS)]
