"""Records about records: corrections, ends, further sources, disputes and identities."""

from typing import Any

import attrs

from factledger.dates.dated import Edtf
from factledger.errors import FieldError
from factledger.frozen import frozen
from factledger.records.claims import Citation, Claim
from factledger.records.declarations import Actor, Source, Type
from factledger.records.fields import (
    maybe_text,
    maybe_whole_number,
    members,
    one_of,
    some_text,
    to_endpoint,
    to_tuple,
    whole_number,
)
from factledger.records.record import OF_RECORDING, Record

REASONS = ("misread", "misdated", "misidentified", "refined", "source-corrected")
VERDICTS = ("same", "different", "unsure")


def _claim_or_declaration(
    instance: object, attribute: "attrs.Attribute[Any]", value: object
) -> None:
    if not isinstance(value, Claim | Source | Actor | Type):
        raise FieldError(attribute.name, f"wanted a claim or a declaration, found {value!r}")


def _dated(instance: object, attribute: "attrs.Attribute[Any]", value: Edtf) -> None:
    if value.kind == "end":
        wanted = "a date, or a set such as [..2024-11] for no later than that"
        raise FieldError(attribute.name, f"an end that is known of has a date: write {wanted}")


@frozen(kw_only=True, repr=False, eq=False)
class Correct(Record):
    """Entry `target` was wrong, for `reason`; `record` is what it should have said.

    It stands in the place of every earlier reading of the claim, as long as it is not retracted
    and has its ground, so that no reader sees half of it. What was said about the claim stays: its
    ends, further sources, disputes and identities; but for an end where `record` changes `until`,
    and for the disputes that it `settles`, by number.

    `changes` names the fields that it changes, where it changes no others: then all the other
    fields are those of the reading before, whichever that is. None are named where it gives all.
    """

    target: int = attrs.field(validator=whole_number(1))
    reason: str = attrs.field(validator=one_of(*REASONS))
    record: Claim | Source | Actor | Type = attrs.field(validator=_claim_or_declaration)
    changes: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    settles: tuple[int, ...] = attrs.field(default=(), converter=to_tuple, validator=members(int))
    note: str | None = attrs.field(default=None, validator=maybe_text)

    @property
    def content(self) -> Claim | Source | Actor | Type:
        """The claim or declaration that it puts in place; any other record is its own content."""
        return self.record

    def over(self, before: Record | None) -> Record:
        """Return what it puts in the place of a reading: of one of its type, changed in some fields."""
        new = self.record
        kept = isinstance(before, Claim) and isinstance(new, Claim) and before.type == new.type
        if not self.changes or not kept or type(before) is not type(new):
            return new
        fields = {name: getattr(new, name) for name in self.changes if name in changeable(new)}
        plain: dict[str, Any] = dict.fromkeys(OF_RECORDING)
        found: Record = attrs.evolve(before, **{**plain, **fields})
        return new if found == new else found


def changeable(claim: Record) -> tuple[str, ...]:
    """Return the fields of a claim that a correction can change by themselves: not its type."""
    names = (field.name for field in attrs.fields(type(claim)))
    return tuple(name for name in names if name not in (*OF_RECORDING, "type"))


@frozen(kw_only=True, repr=False, eq=False)
class Close(Record):
    """The state of entry `target` stopped being true `until`: not an error, an end.

    `until` is the last day on which it held; never open, never unknown.
    """

    target: int = attrs.field(validator=whole_number(1))
    until: Edtf = attrs.field(converter=to_endpoint, validator=_dated)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )
    note: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class Retract(Record):
    """Entry `target` is taken back, for `reason`, and nothing takes its place."""

    target: int = attrs.field(validator=whole_number(1))
    reason: str = attrs.field(validator=some_text)


@frozen(kw_only=True, repr=False, eq=False)
class Corroborate(Record):
    """Another source says the same as entry `target`; the claim stays as it is.

    `hedge` keeps in a few words how far that source vouches for it ("probably"), `condition` what it
    makes that depend on ("if the ministry is right").
    """

    target: int = attrs.field(validator=whole_number(1))
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )
    hedge: str | None = attrs.field(default=None, validator=maybe_text)
    condition: str | None = attrs.field(default=None, validator=maybe_text)
    note: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class Dispute(Record):
    """Another source says otherwise than entry `target`; the claim stays as it is."""

    target: int = attrs.field(validator=whole_number(1))
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )
    note: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class Identify(Record):
    """Two actors (by id) or two claims (by entry number) are the same, different, or unsure.

    The last word on a pair wins, so an identification can be taken back by another.
    """

    actors: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    claims: tuple[int, ...] = attrs.field(default=(), converter=to_tuple, validator=members(int))
    verdict: str = attrs.field(validator=one_of(*VERDICTS))
    reason: str = attrs.field(validator=some_text)


@frozen(kw_only=True, repr=False, eq=False)
class Withdraw(Record):
    """A source is withdrawn, for `reason`: claims that rest only on it stand no longer."""

    source: str = attrs.field(validator=some_text)
    reason: str = attrs.field(validator=some_text)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )


@frozen(kw_only=True, repr=False, eq=False)
class Redact(Record):
    """The content of entry `target` is erased; its commitment stays in the chain.

    `claim` is the claim of which the entry was a later reading: with the content goes what it
    corrected, and what was said about the claim before stays about what stands of it.
    """

    target: int = attrs.field(validator=whole_number(1))
    claim: int | None = attrs.field(default=None, validator=maybe_whole_number(1))
    reason: str = attrs.field(validator=some_text)
    authority: str = attrs.field(validator=some_text)


@frozen(kw_only=True, repr=False, eq=False)
class Note(Record):
    """A passage that was read and makes no claim, and why: a copyright line, a text that breaks off.

    It lets a reader see that nothing of a source was passed over.
    """

    text: str = attrs.field(validator=some_text)
    label: str | None = attrs.field(default=None, validator=maybe_text)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )
