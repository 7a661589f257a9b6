"""The pages and the stub that are made from the code: `python tests/reference_pages.py` writes them."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs

import factledger
from factledger import testing
from factledger.records.record import Record
from factledger.records.vocabulary import GROUPS, NEWEST, shipped
from factledger.views.projections import Projection
from sentences_page import sentences_page

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
_PARTS = {
    "Ask": "Ledger View Coordinates Answer Standing Status Change Redaction Trace Difference Step Cause Vintage Contradiction Side contradictions Suggestion suggestions SearchResult Tenure HeldStretch tenures Gap gaps Overlap overlaps",
    "Claims": "Claim Event State Tally Assessment Participant Citation Inferred Count About",
    "Declarations": "Header Source Actor Type ModeSentence ModeEffect Note",
    "Records about records": (
        "Correct Close Retract Corroborate Dispute Identify Withdraw Redact Entry"
    ),
    "Drafts": "read_drafts Proposal SealKey make_seal_key read_seal_key",
    "Projections": (
        "Projection fold series LEVEL OFFICES AGREEMENTS SANCTIONS AID CONTACTS Contacts STANCES"
    ),
    "Checkpoints and proofs": (
        "Checkpoint read_checkpoint InclusionProof JointProof ConsistencyProof read_proof PublicKey "
        "parse_public_key PrivateKey make_key read_key"
    ),
    "Dates": "Edtf OPEN UNKNOWN Day last_before",
    "Errors": (
        "FactledgerError DateError OutsideProfile FieldError Refused Problem NotFound NotProved "
        "MissingExtra LogError NotALedger NewerFormat Damaged Busy HeadMoved HeadLost "
        "WriteRefused NotErased OutcomeUnknown"
    ),
}
_CONSTANTS = {
    "OPEN": "An end that is open: what began has not ended, as far as the source knows.",
    "UNKNOWN": "An end on a day that the source does not give.",
    "LEVEL": "The level of each relationship, and whether there are relations.",
    "OFFICES": "Who holds which office.",
    "AGREEMENTS": "Agreements made, and in force.",
    "SANCTIONS": "Sanctions that hold.",
    "AID": "Aid given, and aid that goes on.",
    "CONTACTS": "How many contacts there were, by mode: itemised, and as sources count them.",
    "STANCES": "Stances and concerns, also denied and hypothetical ones.",
}

_FOR_TESTS = {
    "ACTORS": "The actors that histories are about.",
    "LAWS": "The laws of every ledger, each a `Law`.",
    "THEMES": "What claims can meet about: types of states and of events, by theme.",
    "TYPES": "The types that histories declare.",
}


# --- vocabulary.md


def vocabulary_page() -> str:
    """Return the page of the vocabulary."""
    known = shipped()
    by_shape = {
        shape: [t for t in known.types.values() if t.shape == shape]
        for shape in ("event", "state", "assessment")
    }
    parts = [
        "# The vocabulary",
        f"Version {NEWEST} of the types that a ledger may use without declaring them. A ledger names "
        "in its first record the version that it was begun with, and keeps it. What is newer than "
        "version 1 says so; a ledger of version 1 can declare such a type itself: `factledger types TYPE` "
        "prints the draft. This page is made "
        "from `vocabulary.toml` and what later versions add, in `src/factledger/records`.",
        "The event types in capitals, their modes and the contexts are those of PLOVER (Political "
        "Language Ontology for Verifiable Event Records, manual of 4 February 2024); the mode "
        "`meeting` of CONSULT is added, for meetings without a host. A ledger declares types of "
        "its own with [`type`](records.md#type) records.",
        "A tally has no types of its own: it counts events, so it names a type of event.",
        "How each type and mode reads, as a fact, a plan or a denial, is on [a page of its own]"
        "(sentences.md).",
        "## Events",
        "*Once* names the roles of a type that happens once to the same actors in them (one is born "
        "once): two reports of it tell of one event.",
        *map(_entry, by_shape["event"]),
        "## States",
        "The *key* says which state is meant: two claims with the same actors in these roles are "
        "about one. *Single-valued* means that one value at a time stands under a key, so a later "
        "one takes the place of what is only presumed of an earlier one. Two different values at "
        "one time are contested. States that are not single-valued stand beside each other.",
        *map(_entry, by_shape["state"]),
        "## Assessments",
        *map(_entry, by_shape["assessment"]),
        "## Contexts",
        ", ".join(f"`{name}`" for name in known.contexts) + ".",
        "## Groups",
        "Views are told in groups, in this order: " + ", ".join(f"`{g}`" for g in GROUPS) + ".",
    ]
    return "\n\n".join(parts) + "\n"


def _entry(kind: factledger.Type) -> str:
    facts = [
        f"group `{kind.group}`",
        f"needs {_words(kind.required)}" if kind.required else "needs no role",
    ]
    if kind.modes:
        facts.append(f"modes {_words(kind.modes)}")
    if kind.key:
        facts.append(f"key {_words(kind.key)}")
    facts += ["single-valued"] * kind.single + ["symmetric"] * kind.symmetric
    facts += [f"begins {_words(kind.begins)}"] if kind.begins else []
    facts += [f"ends {_words(kind.ends)}"] if kind.ends else []
    for how, effects in (("begins", kind.begins_by), ("ends", kind.ends_by)):
        facts += [f"as `{e.mode}` {how} {_words(e.types) or 'nothing'}" for e in effects]
    facts += [f"once to the same {_words(kind.once)}"] if kind.once else []
    facts += ["its value is a quantity"] * kind.quantity
    facts += _versions(kind)
    return f"### {kind.id}\n\n{'; '.join(facts)}.\n\n- `{kind.sentence}`"


def _versions(kind: factledger.Type) -> list[str]:
    """Return since which version a type is there as it is, where that is not the first."""
    versions = [shipped(version).types.get(kind.id) for version in range(1, NEWEST + 1)]
    if versions[0] == kind:
        return []
    since = versions.index(kind) + 1
    return [f"{'since' if versions[0] is None else 'so since'} version {since}"]


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


# --- api.md


def api_page() -> str:
    """Return the page of the public names."""
    parts = [
        "# The public names",
        "Everything that `from factledger import …` offers; anything else may change. Names are "
        "loaded when they are first used. This page is made from the code: the first sentence of "
        "each docstring; `help(NAME)` tells the rest.",
        "All arguments after a `*` are given by name. Dates are given as EDTF text or as `Edtf`, "
        "days of a question as text of the [query grammar](dates.md#query-dates), as "
        "`datetime.date` or as `Day`.",
    ]
    for title, names in _PARTS.items():
        parts += [f"## {title}", *map(_name, names.split())]
    parts += [
        "## For tests: factledger.testing",
        "Strategies, laws, the contract of a store, a fixed clock. It needs Hypothesis, which "
        "`factledger[testing]` installs. See "
        "[test your projection](../how-to/test-your-projection.md) and "
        "[write a store](../how-to/write-a-store.md); the laws are told in "
        "[Laws](../explanation/laws.md).",
        "\n".join(map(_for_tests, testing.__all__)),
    ]
    return "\n\n".join(parts) + "\n"


def _for_tests(name: str) -> str:
    return f"- `{name}`: {_FOR_TESTS.get(name) or _first(getattr(testing, name))}"


def _name(name: str) -> str:
    value = getattr(factledger, name)
    if name in _CONSTANTS:
        return f"### {name}\n\n{_CONSTANTS[name]}{_projection_note(value)}"
    said = f"### {name}\n\n```text\n{name}{_signature(value)}\n```\n\n{_first(value)}"
    members = list(_members(value)) if inspect.isclass(value) else []
    return said + ("\n\n" + "\n".join(members) if members else "")


def _projection_note(value: object) -> str:
    if isinstance(value, Projection):
        return f" A ready-made projection, named `{value.name}`."
    return ""


def _signature(value: Any) -> str:
    if inspect.isclass(value) and issubclass(value, Exception):
        return "(Exception)" if value.__base__ is Exception else f"({value.__base__.__name__})"  # type: ignore[union-attr]
    if inspect.isclass(value) and hasattr(value, "__members__"):
        return ""
    if inspect.isclass(value) and attrs.has(value):
        fields = [f for f in attrs.fields(value) if f.init and not f.name.startswith("_")]
        by_name = all(f.kw_only for f in fields)
        fields.sort(key=lambda f: by_name and f.default is not attrs.NOTHING)
        return f"({'*, ' * by_name}{', '.join(map(_field, fields))})"
    if inspect.isclass(value) and issubclass(value, tuple):
        given: dict[str, Any] = vars(value)["_field_defaults"]
        named = vars(value)["_fields"]
        return f"({', '.join(f'{f}={given[f]!r}' if f in given else f for f in named)})"
    try:
        return _plain(str(inspect.signature(value)))
    except ValueError:
        return ""


def _field(field: Any) -> str:
    if field.default is attrs.NOTHING:
        return str(field.name)
    if isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]
        return f"{field.name}=…"
    shown = "…" if callable(field.default) else repr(field.default)
    return f"{field.name}={shown}"


def _plain(signature: str) -> str:
    signature = re.sub(r"<(function|built-in function) (\w+)( at 0x[0-9a-f]+)?>", r"\2", signature)
    return signature.replace("'", "").replace("(self, ", "(").replace("(self)", "()")


def _members(value: type) -> Iterable[str]:
    if hasattr(value, "__members__"):
        yield from (f"- `{m.name}`: `{m.value!r}`" for m in value.__members__.values())
        return
    for base in reversed(value.__mro__):
        public = base is not value and base.__name__ in factledger.__all__  # has its own section
        told = base is Record or public  # what all records share is told with Correct
        if base.__module__.startswith("factledger.") and not told:
            yield from _own_members(base)


def _own_members(value: type) -> Iterable[str]:
    # The text is read, since attrs leaves no trace of a cached property in the class.
    body = ast.parse(textwrap.dedent(inspect.getsource(value))).body[0]
    for node in getattr(body, "body", ()):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            decorators = {ast.unparse(d) for d in node.decorator_list}
            call = "" if decorators & {"property", "cached_property"} else f"({_arguments(node)})"
            yield f"- `{node.name}{call}`: {_paragraph(ast.get_docstring(node))}"


def _arguments(function: ast.FunctionDef) -> str:
    for argument in ast.walk(function.args):
        if isinstance(argument, ast.arg):
            argument.annotation = None
    return re.sub(r"^(self|cls)(, )?", "", ast.unparse(function.args))


def _first(value: Any) -> str:
    return _paragraph(inspect.getdoc(value))


def _paragraph(docstring: str | None) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return " ".join((docstring or "").split("\n\n")[0].split())


PAGES: dict[str, Callable[[], str]] = {
    "vocabulary.md": vocabulary_page,
    "sentences.md": sentences_page,
    "api.md": api_page,
}


# --- __init__.pyi

STUB = Path(factledger.__file__).with_suffix(".pyi")


def stub() -> str:
    """Return what type checkers read of the package: the public names, each from its module."""
    module_of: dict[str, str] = vars(factledger)["_MODULE_OF"]
    names = sorted(module_of, key=lambda name: (module_of[name], *_order(name)))
    imports = [f"from factledger.{module_of[name]} import {name} as {name}" for name in names]
    said = "# The public names for type checkers, made by `python tests/reference_pages.py`."
    last = ["__all__: list[str]  # noqa: PYI035", "__version__: str"]
    return "\n".join([said, "", *imports, "", *last, ""])


def _order(name: str) -> tuple[bool, bool, str]:
    """Return what sorts names as imports are: constants, then classes, then functions."""
    return not name.isupper(), name.islower(), name


if __name__ == "__main__":
    STUB.write_text(stub(), encoding="utf-8")
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
