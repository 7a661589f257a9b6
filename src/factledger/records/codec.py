"""Records ⇄ the JSON bodies of lines; the only file that knows cattrs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args, get_origin

import attrs

from factledger.dates.edtf import Edtf
from factledger.errors import DateError, FieldError
from factledger.records.claims import Assessment, Event, State, Tally
from factledger.records.declarations import Actor, Header, Source, Type
from factledger.records.reading import read
from factledger.records.record import Record
from factledger.text import nearest

if TYPE_CHECKING:  # cattrs is loaded where something is written, or refused
    import cattrs

Body: TypeAlias = dict[str, Any]

KINDS = (
    "ledger", "source", "actor", "type", "event", "state", "tally", "assessment", "correct",
    "close", "retract", "corroborate", "dispute", "identify", "withdraw", "redact", "note",
)  # fmt: skip
CORRECTABLE = ("event", "state", "tally", "assessment", "source", "actor", "type")
_READY: dict[str, type[Any]] = {
    "ledger": Header,
    "source": Source,
    "actor": Actor,
    "type": Type,
    "event": Event,
    "state": State,
    "tally": Tally,
    "assessment": Assessment,
}


def class_of(kind: str) -> type[Any]:
    """Return the class of the records of a kind; those about records are loaded when they are met."""
    if kind in _READY:
        return _READY[kind]
    from factledger.records import amendments

    found: type[Any] = getattr(amendments, kind.capitalize())
    return found


def kind_of(record: Record) -> str:
    """Return the kind of a record, as its line names it."""
    return "ledger" if type(record) is Header else type(record).__name__.lower()


DATE_FIELDS = ("when", "since", "until", "published", "retrieved")


def to_body(record: Record) -> Body:
    """Return the record as the JSON value of its line: defaults left out, dates as their text.

    >>> from factledger.records.amendments import Retract
    >>> to_body(Retract(target=14, reason="read from the wrong column"))
    {'kind': 'retract', 'target': 14, 'reason': 'read from the wrong column'}
    """
    fields = _converter().unstructure(record)
    kept = {name: value for name, value in fields.items() if value != ""}  # an unknown end
    return {"kind": kind_of(record), **kept}


def from_body(body: Body) -> Record:
    """Return the record that a JSON value holds.

    Raises `FieldError` for a kind, key or value that no record has: nothing is coerced, no key
    is passed over.

    >>> from_body({"kind": "retract", "target": "14", "reason": "misread"})
    Traceback (most recent call last):
        ...
    factledger.errors.FieldError: target: wanted a whole number, found '14'
    """
    kind, fields = split_kind(body)
    try:
        return _read(kind, fields)
    except (FieldError, DateError, TypeError) as error:  # a second reading says where
        raise next(iter(faults(body)), FieldError("record", str(error))) from None


def _read(kind: str, fields: Body) -> Record:
    if kind == "correct" and "record" in fields:
        fields["record"] = _read(*split_kind(fields["record"], CORRECTABLE))
    return read(class_of(kind), fields)  # type: ignore[no-any-return]


def faults(body: Body) -> tuple[FieldError, ...]:
    """Return all that keeps a JSON value from being a record, in the order of its fields."""
    try:
        kind, fields = split_kind(body)
        _converter().structure(fields, class_of(kind))
    except FieldError as fault:
        return (fault,)
    except Exception as error:
        return tuple(_readings(error, class_of(kind), fields))
    return ()


def split_kind(body: Body, kinds: Collection[str] = KINDS) -> tuple[str, Body]:
    """Return the kind of record that a JSON value names, and its other fields."""
    if not isinstance(body, dict):
        raise FieldError("record", f"wanted an object, found {body!r}")
    fields = dict(body)
    kind = fields.pop("kind", None)
    if not isinstance(kind, str) or kind not in kinds:
        raise FieldError("kind", f"unknown kind {kind!r}{_hint(kind, kinds)}")
    return kind, fields


def _hint(word: object, known: Iterable[str]) -> str:
    near = nearest(str(word), tuple(known))
    return f"; did you mean {near!r}?" if near else f"; one of {', '.join(known)}"


# --- how cattrs is told to be strict


@lru_cache(maxsize=1)
def _converter() -> cattrs.Converter:
    import cattrs

    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind, wanted in ((str, "text"), (int, "a whole number"), (bool, "true or false")):
        converter.register_structure_hook(kind, _exactly(kind, wanted))
    converter.register_structure_hook(Edtf, _exactly(str, "a date as text"))
    converter.register_unstructure_hook(Edtf, str)
    converter.register_structure_hook_func(_is_word, _exactly(str, "text"))
    converter.register_structure_hook_func(_is_tuple, _tuple_of(converter))
    converter.register_structure_hook_func(_is_claim_or_declaration, _nested(converter))
    converter.register_structure_hook_factory(_is_ours, _structuring)
    converter.register_unstructure_hook_factory(_is_ours, _unstructuring)
    return converter


def _is_ours(cls: Any) -> bool:
    return attrs.has(cls) and cls is not Edtf


def _is_claim_or_declaration(kind: object) -> bool:
    """Return whether a field holds what a correction puts in place."""
    return Source in get_args(kind)


# A class gets its hooks when it is first met: making those of all takes longer than most drafts.


def _structuring(cls: type[Any], converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    from cattrs.gen import make_dict_structure_fn

    structure = make_dict_structure_fn(cls, converter)
    return _from_object(structure)


def _unstructuring(cls: type[Any], converter: cattrs.Converter) -> Callable[[Any], Any]:
    from cattrs.gen import make_dict_unstructure_fn, override

    nested: Any = {"record": override(unstruct_hook=to_body)} if cls is class_of("correct") else {}
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **nested)


def _from_object(structure: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def hook(value: object, cls: type) -> Any:
        if not isinstance(value, dict):
            raise TypeError(f"wanted an object, found {value!r}")
        return structure(value, cls)

    return hook


def _exactly(kind: type, wanted: str) -> Callable[[Any, Any], Any]:
    """Return a hook that takes values of `kind` alone: cattrs by itself turns 5 into '5'."""

    def hook(value: object, cls: object) -> object:
        if type(value) is not kind:
            raise TypeError(f"wanted {wanted}, found {value!r}")
        return value

    return hook


def _is_word(cls: object) -> bool:
    """Return whether `cls` lists its words; the record's own validator says which they are."""
    return get_origin(cls) is Literal


def _is_tuple(cls: object) -> bool:
    return get_origin(cls) is tuple


def _tuple_of(converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    def hook(value: object, cls: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise TypeError(f"wanted a list, found {value!r}")
        items: Any = list[get_args(cls)[0]]  # type: ignore[misc]  # known at run time only
        return tuple(converter.structure(value, items))

    return hook


def _nested(converter: cattrs.Converter) -> Callable[[Any, Any], Any]:
    def hook(value: Any, cls: object) -> Any:
        kind, fields = split_kind(value, CORRECTABLE)
        return converter.structure(fields, class_of(kind))

    return hook


# --- what cattrs found, in our words


def _readings(
    error: BaseException, cls: type[Any], fields: Body, path: str = ""
) -> Iterable[FieldError]:
    """Yield the faults that a cattrs error holds, each with the path of its field."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _readings(inner, cls, fields, _stepped(inner, path))
        return
    yield from _reading(error, cls, fields, path)


def _stepped(error: BaseException, path: str) -> str:
    """Return the path of what an error arose in: cattrs notes a name or an index."""
    for note in getattr(error, "__notes__", ()):
        return _inside(path, str(note.name)) if hasattr(note, "name") else f"{path}[{note.index}]"
    return path


def _reading(error: BaseException, cls: type[Any], fields: Body, path: str) -> Iterable[FieldError]:
    from cattrs.errors import ForbiddenExtraKeysError

    if isinstance(error, ForbiddenExtraKeysError):
        known = tuple(field.name for field in attrs.fields(error.cl))
        for name in sorted(error.extra_fields):
            yield FieldError(_inside(path, name), f"unknown key{_hint(name, known)}")
    elif isinstance(error, KeyError):
        yield FieldError(path, "missing; every record of its kind has it")
    elif isinstance(error, FieldError):
        yield FieldError(_joined(path, error.field), error.reason)
    elif isinstance(error, DateError):
        yield FieldError(_date_field(fields, path, error.text), str(error))
    else:
        yield FieldError(path or "record", str(error))


def _date_field(fields: Body, path: str, text: str) -> str:
    """Return the field that holds a date's text: a record reads its dates as a whole."""
    holder = fields.get("record", fields) if path == "record" else fields
    name = next((n for n in DATE_FIELDS if holder.get(n) == text), "date")
    return _inside(path, name)


def _joined(path: str, field: str) -> str:
    last = path.rpartition(".")[2].partition("[")[0]
    return path if last in (field, f"{field}s") else _inside(path, field)


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
