"""What a line of the ledger can hold besides claims: declarations, and records about records."""

from __future__ import annotations

from typing import Any, TypeAlias

import attrs

from factledger.claims import (
    Citation,
    Claim,
    exactly,
    maybe_text,
    members,
    one_of,
    some_text,
    to_date,
    to_endpoint,
    to_tuple,
    whole_number,
)
from factledger.edtf import Edtf
from factledger.errors import FieldError

FORMAT = 1
SHAPE_NAMES = ("event", "state", "tally", "assessment")
CATEGORIES = ("country", "person", "post", "organization", "place", "group")
POLICIES = ("verbatim", "sealed")
REASONS = ("misread", "misdated", "misidentified", "refined", "source-corrected")
VERDICTS = ("same", "different", "unsure")


def some_names(instance: object, attribute: attrs.Attribute[Any], value: tuple[Any, ...]) -> None:
    """Refuse no name at all, and names that are no text to read."""
    if not value:
        raise FieldError(attribute.name, "wanted a name or more, found none")
    for name in value:
        some_text(instance, attribute, name)


@attrs.frozen(kw_only=True)
class Header:
    """The first record of every ledger: the format of its lines and the vocabulary they use.

    `origin` names the ledger wherever its head is quoted.
    """

    format: int = attrs.field(validator=whole_number(1))
    vocabulary: int = attrs.field(validator=whole_number(1))
    origin: str = attrs.field(validator=some_text)
    title: str | None = attrs.field(default=None, validator=maybe_text)


@attrs.frozen(kw_only=True)
class Source:
    """A document that says something.

    `published` and `retrieved` are EDTF dates; `sha256` is the hash of its text in UTF-8;
    `complete` is false when the text breaks off. Under the policy `sealed` the ledger keeps no
    word of it. A copy of another source (a syndicated story) names it in `copy_of`, and gives
    no support of its own.
    """

    id: str = attrs.field(validator=some_text)
    title: str = attrs.field(validator=some_text)
    publisher: str | None = attrs.field(default=None, validator=maybe_text)
    author: str | None = attrs.field(default=None, validator=maybe_text)
    url: str | None = attrs.field(default=None, validator=maybe_text)
    language: str | None = attrs.field(default=None, validator=maybe_text)
    published: Edtf | None = attrs.field(default=None, converter=to_date)
    published_reason: str | None = attrs.field(default=None, validator=maybe_text)
    retrieved: Edtf | None = attrs.field(default=None, converter=to_date)
    sha256: str | None = attrs.field(default=None, validator=maybe_text)
    complete: bool = attrs.field(default=True, validator=exactly(bool))
    policy: str = attrs.field(default="verbatim", validator=one_of(*POLICIES))
    copy_of: str | None = attrs.field(default=None, validator=maybe_text)
    note: str | None = attrs.field(default=None, validator=maybe_text)


@attrs.frozen(kw_only=True)
class Actor:
    """Who can take part: a country, person, post, organization, place or group.

    A post is an actor of its own and belongs `of` a country. The first of `names` is shown.
    """

    id: str = attrs.field(validator=some_text)
    category: str = attrs.field(validator=one_of(*CATEGORIES))
    names: tuple[str, ...] = attrs.field(converter=to_tuple, validator=some_names)
    of: str | None = attrs.field(default=None, validator=maybe_text)
    iso3166: str | None = attrs.field(default=None, validator=maybe_text)
    wikidata: str | None = attrs.field(default=None, validator=maybe_text)
    note: str | None = attrs.field(default=None, validator=maybe_text)


@attrs.frozen(kw_only=True)
class ModeSentence:
    """The sentence pattern of one mode of a type."""

    mode: str = attrs.field(validator=some_text)
    sentence: str = attrs.field(validator=some_text)


@attrs.frozen(kw_only=True)
class Type:
    """A type of claim: its shape, the roles it needs, what it begins and ends, and its sentence.

    `key` lists the roles that say which state is meant (an office: its post); with `single`,
    one value at a time stands under a key. An event that `begins` or `ends` a type of state
    passes on the participants of the same roles. `sentences` gives a mode its own pattern.
    """

    id: str = attrs.field(validator=some_text)
    shape: str = attrs.field(validator=one_of(*SHAPE_NAMES))
    group: str = attrs.field(default="other", validator=some_text)
    required: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    modes: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    key: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    single: bool = attrs.field(default=False, validator=exactly(bool))
    begins: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    ends: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    symmetric: bool = attrs.field(default=False, validator=exactly(bool))
    sentence: str | None = attrs.field(default=None, validator=maybe_text)
    sentences: tuple[ModeSentence, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(ModeSentence)
    )
    note: str | None = attrs.field(default=None, validator=maybe_text)


Declaration: TypeAlias = Source | Actor | Type


def _claim_or_declaration(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not isinstance(value, Claim | Source | Actor | Type):
        raise FieldError(attribute.name, f"wanted a claim or a declaration, found {value!r}")


@attrs.frozen(kw_only=True)
class Correct:
    """Entry `target` was wrong, for `reason`; `record` is what it should have said.

    It is a retraction and an assertion in one line, so that no reader sees half of it.
    """

    target: int = attrs.field(validator=whole_number(1))
    reason: str = attrs.field(validator=one_of(*REASONS))
    record: Claim | Source | Actor | Type = attrs.field(validator=_claim_or_declaration)
    note: str | None = attrs.field(default=None, validator=maybe_text)


@attrs.frozen(kw_only=True)
class Close:
    """The state of entry `target` stopped being true `until`: not an error, an end."""

    target: int = attrs.field(validator=whole_number(1))
    until: Edtf = attrs.field(converter=to_endpoint)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )
    note: str | None = attrs.field(default=None, validator=maybe_text)


@attrs.frozen(kw_only=True)
class Retract:
    """Entry `target` is taken back, for `reason`, and nothing takes its place."""

    target: int = attrs.field(validator=whole_number(1))
    reason: str = attrs.field(validator=some_text)


@attrs.frozen(kw_only=True)
class Corroborate:
    """Another source says what the claim of entry `target` says; it changes no claim."""

    target: int = attrs.field(validator=whole_number(1))
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )
    note: str | None = attrs.field(default=None, validator=maybe_text)


@attrs.frozen(kw_only=True)
class Dispute:
    """Another source says otherwise than the claim of entry `target`; it changes no claim."""

    target: int = attrs.field(validator=whole_number(1))
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )
    note: str | None = attrs.field(default=None, validator=maybe_text)


@attrs.frozen(kw_only=True)
class Identify:
    """Two actors (by id) or two claims (by entry number) are the same, different, or unsure.

    The last word on a pair wins, so an identification can be taken back by another.
    """

    actors: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    claims: tuple[int, ...] = attrs.field(default=(), converter=to_tuple, validator=members(int))
    verdict: str = attrs.field(validator=one_of(*VERDICTS))
    reason: str = attrs.field(validator=some_text)


@attrs.frozen(kw_only=True)
class Withdraw:
    """A source is withdrawn, for `reason`: claims that rest only on it stand no longer."""

    source: str = attrs.field(validator=some_text)
    reason: str = attrs.field(validator=some_text)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )


@attrs.frozen(kw_only=True)
class Redact:
    """The content of entry `target` is erased; its commitment stays in the chain."""

    target: int = attrs.field(validator=whole_number(1))
    reason: str = attrs.field(validator=some_text)
    authority: str = attrs.field(validator=some_text)


@attrs.frozen(kw_only=True)
class Note:
    """A passage that was read and makes no claim, and why: a copyright line, a text that breaks off.

    It lets a reader see that nothing of a source was passed over.
    """

    text: str = attrs.field(validator=some_text)
    label: str | None = attrs.field(default=None, validator=maybe_text)
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(Citation)
    )


Record: TypeAlias = (
    Header
    | Claim
    | Source
    | Actor
    | Type
    | Correct
    | Close
    | Retract
    | Corroborate
    | Dispute
    | Identify
    | Withdraw
    | Redact
    | Note
)


@attrs.frozen(kw_only=True)
class Entry:
    """A record with its place in the log.

    `number` counts from 1 and is the line of the file; `at` is the instant of recording, in
    UTC; `batch` is the first number of the append that wrote it; `hash` is the head of the
    ledger at this entry. A redacted entry has no `record`.
    """

    number: int
    at: str
    batch: int
    hash: str
    record: Record | None
