"""Records ⇄ the JSON bodies of lines; the only file that knows cattrs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import UnionType
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin

import attrs

from factledger.dates.dated import Edtf
from factledger.records.kinds import class_of, kind_of
from factledger.records.reading import read_record
from factledger.records.record import Record

if TYPE_CHECKING:  # cattrs is loaded where something is written
    import cattrs

Body: TypeAlias = dict[str, Any]


def from_body(body: Body) -> Record:
    """Return the record that a JSON value holds.

    Raises the first `FieldError` of `read_record` for a value that holds none.

    >>> from_body({"kind": "retract", "target": "14", "reason": "misread"})
    Traceback (most recent call last):
        ...
    factledger.errors.FieldError: target: wanted a whole number, found '14'
    """
    found = read_record(body)
    if isinstance(found, tuple):
        raise found[0]
    return found


def to_body(record: Record) -> Body:
    """Return the record as the JSON value of its line: defaults left out, dates as their text.

    >>> from factledger.records.amendments import Retract
    >>> to_body(Retract(target=14, reason="read from the wrong column"))
    {'kind': 'retract', 'target': 14, 'reason': 'read from the wrong column'}
    """
    fields = _converter().unstructure(record)
    kept = {name: value for name, value in fields.items() if value != ""}  # an unknown end
    return {"kind": kind_of(record), **kept}


@lru_cache(maxsize=1)
def _converter() -> cattrs.Converter:
    """Return the converter that writes records; a class gets its hook when it is first met.

    Making the hooks of all classes takes longer than writing most drafts.
    """
    import cattrs
    from cattrs.fns import identity

    converter = cattrs.Converter()
    converter.register_unstructure_hook(Edtf, str)
    converter.register_unstructure_hook_factory(_is_ours, _unstructuring)
    converter.register_unstructure_hook_factory(_is_plain, lambda _: identity)
    converter.register_unstructure_hook_factory(_is_tuple, _listing)
    return converter


def _is_ours(cls: Any) -> bool:
    return attrs.has(cls) and cls is not Edtf


def _is_plain(hint: Any) -> bool:
    """Return whether a field holds, if anything, what is written as it is."""
    return isinstance(hint, UnionType) and {*get_args(hint)} <= {str, int, bool, type(None)}


def _is_tuple(hint: Any) -> bool:
    return get_origin(hint) is tuple


def _listing(hint: Any, converter: cattrs.Converter) -> Callable[[Any], Any]:
    """Return what writes the members of a tuple, each known to be of the class that it says."""
    write = converter.get_unstructure_hook(get_args(hint)[0])
    return lambda members: [write(member) for member in members]


def _unstructuring(cls: type[Any], converter: cattrs.Converter) -> Callable[[Any], Any]:
    from cattrs.gen import make_dict_unstructure_fn, override

    nested: Any = {"record": override(unstruct_hook=to_body)} if cls is class_of("correct") else {}
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True, **nested)
