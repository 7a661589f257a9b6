"""Declarations: the format of a ledger, and the sources, actors and types that claims refer to."""

from typing import Any, TypeAlias

import attrs

from factledger.dates.dated import Edtf
from factledger.errors import FieldError
from factledger.frozen import frozen
from factledger.records.claims import SHAPES
from factledger.records.fields import (
    MOST_NAMES,
    at_most,
    exactly,
    maybe_text,
    maybe_width,
    members,
    one_of,
    some_text,
    to_date,
    to_tuple,
    whole_number,
)
from factledger.records.record import Record
from factledger.value import Value

FORMAT = 1
CATEGORIES = ("country", "person", "post", "organization", "place", "group")
POLICIES = ("verbatim", "sealed")
_DIVIDE = "declare several types"


def some_names(instance: object, attribute: "attrs.Attribute[Any]", value: tuple[Any, ...]) -> None:
    """Refuse no name at all, too many, and names that are no text to read."""
    if not value:
        raise FieldError(attribute.name, "wanted a name or more, found none")
    at_most(MOST_NAMES, "keep those that sources use")(instance, attribute, value)
    for name in value:
        some_text(instance, attribute, name)


@frozen(kw_only=True, repr=False, eq=False)
class Header(Record):
    """The first record of every ledger: the format of its lines and the vocabulary they use.

    `origin` names the ledger wherever its head is quoted.
    """

    format: int = attrs.field(validator=whole_number(1))
    vocabulary: int = attrs.field(validator=whole_number(1))
    origin: str = attrs.field(validator=some_text)
    title: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class Source(Record):
    """A document that says something.

    `published` and `retrieved` are EDTF dates; `sha256` is the hash of its text in UTF-8;
    `complete` is false when the text breaks off. Under the policy `sealed` the ledger keeps no
    word of it; `licence` says under which its text may be kept and passed on. A copy of another source (a syndicated story) names it in `copy_of`, and gives
    no support of its own. `approximate` says how wide its approximate dates are meant ("10 years"),
    wherever their type does not say so.
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
    licence: str | None = attrs.field(default=None, validator=maybe_text)
    copy_of: str | None = attrs.field(default=None, validator=maybe_text)
    approximate: str | None = attrs.field(default=None, validator=maybe_width)
    note: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class Actor(Record):
    """A country, person, post, organization, place or group that can take part in claims.

    A post is an actor of its own and belongs `of` a country. The first of `names` is shown.
    """

    id: str = attrs.field(validator=some_text)
    category: str = attrs.field(validator=one_of(*CATEGORIES))
    names: tuple[str, ...] = attrs.field(converter=to_tuple, validator=some_names)
    of: str | None = attrs.field(default=None, validator=maybe_text)
    iso3166: str | None = attrs.field(default=None, validator=maybe_text)
    wikidata: str | None = attrs.field(default=None, validator=maybe_text)
    note: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class ModeSentence(Value):
    """The sentence pattern of one mode of a type, and the same with its verb in the infinitive."""

    mode: str = attrs.field(validator=some_text)
    sentence: str = attrs.field(validator=some_text)
    infinitive: str | None = attrs.field(default=None, validator=maybe_text)


@frozen(kw_only=True, repr=False, eq=False)
class ModeEffect(Value):
    """The types of state that one mode of a type of event begins, or ends; none where it names none."""

    mode: str = attrs.field(validator=some_text)
    types: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))


@frozen(kw_only=True, repr=False, eq=False)
class Type(Record):
    """A type of claim: its shape, the roles it needs, what it begins and ends, and its sentence.

    `key` lists the roles that say which state is meant (an office: its post); with `single`,
    one value at a time stands under a key, and `apart` lists the roles that tell values apart
    besides the value itself: where it is not given, those required and not in the key. Events of
    a type with `once` are one where the actors of these roles are the same (one is born once).
    An event that `begins` or `ends` a type of state passes on the participants of the same roles;
    `begins_by` and `ends_by` say otherwise for a mode. With `quantity` the value is read as a
    number with its unit; `approximate` says how wide an approximate date is meant ("10 years").
    `sentences` gives a mode its own pattern. `infinitive` is the sentence with "to" before its
    verb, as in "{actor} to visit {recipient}": by it a denial and a plan read as one.
    """

    id: str = attrs.field(validator=some_text)
    shape: str = attrs.field(validator=one_of(*SHAPES))
    group: str = attrs.field(default="other", validator=some_text)
    required: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    modes: tuple[str, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(str, most=MOST_NAMES, advice=_DIVIDE)
    )
    key: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    single: bool = attrs.field(default=False, validator=exactly(bool))
    begins: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    ends: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    begins_by: tuple[ModeEffect, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(ModeEffect)
    )
    ends_by: tuple[ModeEffect, ...] = attrs.field(
        default=(), converter=to_tuple, validator=members(ModeEffect)
    )
    once: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    apart: tuple[str, ...] = attrs.field(default=(), converter=to_tuple, validator=members(str))
    quantity: bool = attrs.field(default=False, validator=exactly(bool))
    approximate: str | None = attrs.field(default=None, validator=maybe_width)
    symmetric: bool = attrs.field(default=False, validator=exactly(bool))
    sentence: str | None = attrs.field(default=None, validator=maybe_text)
    infinitive: str | None = attrs.field(default=None, validator=maybe_text)
    sentences: tuple[ModeSentence, ...] = attrs.field(
        default=(),
        converter=to_tuple,
        validator=members(ModeSentence, most=MOST_NAMES, advice=_DIVIDE),
    )
    note: str | None = attrs.field(default=None, validator=maybe_text)


Declaration: TypeAlias = Source | Actor | Type
