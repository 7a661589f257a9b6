"""factledger keeps what sources say, and answers what stood on a date.

The names below are public; everything else may change. They are loaded when they are first
used, so that a command line pays only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factledger.checks.proposals import Proposal
    from factledger.dates.days import Day
    from factledger.dates.edtf import OPEN, UNKNOWN, Edtf
    from factledger.errors import (
        Busy,
        Damaged,
        DateError,
        FactledgerError,
        FieldError,
        HeadMoved,
        LogError,
        MissingExtra,
        NewerFormat,
        NotALedger,
        NotFound,
        NotProved,
        OutcomeUnknown,
        OutsideProfile,
        Problem,
        Refused,
        WriteRefused,
    )
    from factledger.intake.drafts import read_drafts
    from factledger.ledger.ledger import Ledger
    from factledger.log.proofs.checkpoints import Checkpoint, read_checkpoint
    from factledger.log.proofs.proof import ConsistencyProof, InclusionProof, read_proof
    from factledger.log.proofs.signed_notes import PrivateKey, PublicKey, parse_public_key
    from factledger.log.proofs.signing import make_key, read_key
    from factledger.records.amendments import (
        Close,
        Correct,
        Corroborate,
        Dispute,
        Identify,
        Note,
        Redact,
        Retract,
        Withdraw,
    )
    from factledger.records.claims import (
        About,
        Assessment,
        Citation,
        Claim,
        Count,
        Event,
        Inferred,
        Participant,
        State,
        Tally,
    )
    from factledger.records.declarations import Actor, Header, ModeSentence, Source, Type
    from factledger.records.entries import Entry
    from factledger.status.redactions import Redaction
    from factledger.status.spans import Status
    from factledger.status.standings import Standing
    from factledger.status.timeline import Change
    from factledger.views.coordinates import Coordinates
    from factledger.views.differences import Difference
    from factledger.views.projections import (
        AGREEMENTS,
        AID,
        CONTACTS,
        LEVEL,
        OFFICES,
        SANCTIONS,
        STANCES,
        Contacts,
        Projection,
        fold,
        series,
    )
    from factledger.views.steps import Cause, Step
    from factledger.views.view import Answer, View
    from factledger.views.vintages import Vintage

_ROOMS = {
    "log.proofs.checkpoints": "Checkpoint read_checkpoint",
    "records.claims": "About Assessment Citation Claim Count Event Inferred Participant State Tally",
    "dates.days": "Day",
    "views.differences": "Difference",
    "checks.proposals": "Proposal",
    "intake.drafts": "read_drafts",
    "dates.edtf": "Edtf OPEN UNKNOWN",
    "errors": (
        "Busy Damaged DateError FactledgerError FieldError HeadMoved LogError MissingExtra "
        "NewerFormat NotALedger NotFound NotProved OutcomeUnknown OutsideProfile Problem Refused WriteRefused"
    ),
    "ledger.ledger": "Ledger",
    "log.proofs.signed_notes": "PrivateKey PublicKey parse_public_key",
    "views.projections": (
        "AGREEMENTS AID CONTACTS LEVEL OFFICES SANCTIONS STANCES Contacts Projection fold series"
    ),
    "records.amendments": "Close Correct Corroborate Dispute Identify Note Redact Retract Withdraw",
    "records.declarations": "Actor Header ModeSentence Source Type",
    "log.proofs.proof": "ConsistencyProof InclusionProof read_proof",
    "records.entries": "Entry",
    "status.redactions": "Redaction",
    "log.proofs.signing": "make_key read_key",
    "status.spans": "Status",
    "status.standings": "Standing",
    "views.steps": "Cause Step",
    "status.timeline": "Change",
    "views.coordinates": "Coordinates",
    "views.view": "Answer View",
    "views.vintages": "Vintage",
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names.split()}

__all__ = [
    "AGREEMENTS",
    "AID",
    "CONTACTS",
    "LEVEL",
    "OFFICES",
    "OPEN",
    "SANCTIONS",
    "STANCES",
    "UNKNOWN",
    "About",
    "Actor",
    "Answer",
    "Assessment",
    "Busy",
    "Cause",
    "Change",
    "Checkpoint",
    "Citation",
    "Claim",
    "Close",
    "ConsistencyProof",
    "Contacts",
    "Coordinates",
    "Correct",
    "Corroborate",
    "Count",
    "Damaged",
    "DateError",
    "Day",
    "Difference",
    "Dispute",
    "Edtf",
    "Entry",
    "Event",
    "FactledgerError",
    "FieldError",
    "HeadMoved",
    "Header",
    "Identify",
    "InclusionProof",
    "Inferred",
    "Ledger",
    "LogError",
    "MissingExtra",
    "ModeSentence",
    "NewerFormat",
    "NotALedger",
    "NotFound",
    "NotProved",
    "Note",
    "OutcomeUnknown",
    "OutsideProfile",
    "Participant",
    "PrivateKey",
    "Problem",
    "Projection",
    "Proposal",
    "PublicKey",
    "Redact",
    "Redaction",
    "Refused",
    "Retract",
    "Source",
    "Standing",
    "State",
    "Status",
    "Step",
    "Tally",
    "Type",
    "View",
    "Vintage",
    "Withdraw",
    "WriteRefused",
    "fold",
    "make_key",
    "parse_public_key",
    "read_checkpoint",
    "read_drafts",
    "read_key",
    "read_proof",
    "series",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'factledger' has no attribute {name!r}")
    found = getattr(import_module(f"factledger.{_ROOM_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
