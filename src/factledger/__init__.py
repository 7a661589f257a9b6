"""factledger keeps what sources say, and answers what stood on a date.

The names below are public; everything else may change. They are loaded when they are first
used, so that a command line pays only for what it needs. Type checkers read them in the stub
beside this file, which is made from the table.
"""

from __future__ import annotations

from factledger.lazy import lazy_names

__version__ = "26.11.0"
_NAMES = {
    "checks.proposals": "Proposal",
    "checks.erasing.traces": "Trace",
    "citations.seals": "SealKey",
    "dates.days": "Day",
    "dates.dated": "Edtf OPEN UNKNOWN",
    "errors": (
        "Busy Damaged DateError FactledgerError FieldError HeadLost HeadMoved LogError "
        "MissingExtra NewerFormat NotALedger NotErased NotFound NotProved OutcomeUnknown OutsideProfile "
        "Problem Refused "
        "WriteRefused"
    ),
    "dates.ends": "last_before",
    "intake.drafts": "read_drafts",
    "ledger.ledger": "Ledger",
    "log.proofs.seal_keys": "make_seal_key read_seal_key",
    "log.proofs.checkpoints": "Checkpoint read_checkpoint",
    "log.proofs.joint.joint_proof": "JointProof",
    "log.proofs.proof": "ConsistencyProof InclusionProof read_proof",
    "log.proofs.signed_notes": "PrivateKey PublicKey parse_public_key",
    "log.proofs.key_files": "make_key read_key",
    "records.amendments": "Close Correct Corroborate Dispute Identify Note Redact Retract Withdraw",
    "records.claims": (
        "About Assessment Citation Claim Count Event Inferred Participant State Tally"
    ),
    "records.declarations": "Actor Header ModeEffect ModeSentence Source Type",
    "records.entries": "Entry",
    "status.redactions": "Redaction",
    "status.spans": "Status",
    "status.standings": "Standing",
    "status.tracks.changes": "Change",
    "views.agreement.contradictions": "Contradiction Side contradictions",
    "views.coordinates": "Coordinates",
    "views.differences": "Difference",
    "views.inquiries.search": "SearchResult",
    "views.inquiries.tenures": "Gap HeldStretch Overlap Tenure gaps overlaps tenures",
    "views.projections": (
        "AGREEMENTS AID CONTACTS LEVEL OFFICES SANCTIONS STANCES Contacts Projection fold series"
    ),
    "views.steps": "Cause Step",
    "views.agreement.suggestions": "Suggestion suggestions",
    "views.view": "Answer View",
    "views.vintages": "Vintage",
}
_MODULE_OF = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_MODULE_OF)


__getattr__ = lazy_names(globals(), _MODULE_OF)


def __dir__() -> list[str]:
    return __all__
