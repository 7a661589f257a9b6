"""The tests mirror the rooms: whoever changes a module can name the file of its tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import factledger

PACKAGE = Path(factledger.__file__).parent
TESTS = Path(__file__).parent
MODULES = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix()
    for path in PACKAGE.rglob("*.py")
    if not path.stem.startswith("__")
)
ROOMS = {Path(module).parent.as_posix() for module in MODULES}

# Modules whose tests stand elsewhere, and why.
ELSEWHERE = {
    "dates/dated": ("dates/test_edtf.py", "a date is what its text is read to"),
    "log/proofs/kept_checkpoints": ("log/proofs/test_signing.py", "signing keeps them"),
    "log/proofs/key_files": ("log/proofs/test_signing.py", "what signs is made and read there"),
    "log/proofs/proof_parts": ("log/proofs/test_proof.py", "proofs are made of them"),
    "log/proofs/times/statement": (
        "log/proofs/times/test_time_statement.py",
        "whatever is read of a time is one",
    ),
    "log/proofs/times/tokens": ("log/proofs/times/test_time_statement.py", "they are read there"),
    "output/bundles/crate": ("output/bundles/test_bundle.py", "a bundle is one"),
    "output/bundles/page": ("output/bundles/test_bundle.py", "each bundle has one"),
    "output/bundles/selection": ("output/bundles/test_bundle.py", "each bundle is of one"),
    "web/adding/adding_page": ("web/adding/test_desk.py", "the desk shows it"),
    "web/replies/reply": ("web/test_routes.py", "routes lead to them"),
    "web/replies/static_files": ("web/test_routes.py", "routes lead to them"),
    "web/replies/welcome": ("web/test_routes.py", "who is not welcome gets no page"),
    "log/limits": ("log/test_canonical.py", "canonical JSON keeps them"),
    "checks/admitting/given_texts": (
        "checks/test_admission.py",
        "what is admitted is proved in them",
    ),
    "checks/admitting/held": ("checks/test_admission.py", "what is there is not admitted again"),
    "checks/erasing/redactions": ("checks/test_checks.py", "each check has its table there"),
    "ledger/auditing/soundness": ("ledger/test_ledger.py", "`Ledger.verify` asks it"),
    "cli/proving/proof_files": ("cli/commands/test_prove.py", "the command reads and writes them"),
    "cli/text/digest": ("cli/commands/test_asof.py", "the command prints it"),
    "cli/text/disputes": ("cli/commands/test_disputes.py", "the command prints it"),
    "cli/text/difference": ("cli/commands/test_diff.py", "the command prints it"),
    "cli/text/imports": ("cli/commands/test_import_rows.py", "the command prints it"),
    "cli/text/tenures": ("cli/commands/test_holders.py", "the commands print it"),
    "cli/text/view": ("cli/commands/test_asof.py", "the command prints it"),
    "cli/text/why": ("cli/commands/test_why.py", "the command prints it"),
}

# Files beside those of the modules, and what they test.
OTHERS = {
    "cli/test_errors.py": "each mistake of `tests/errors`, answered word for word",
    "cli/test_startup.py": "which modules each command loads",
    "index/test_sql_views.py": "views.sql, which is no module",
    "status/test_enumeration_compared.py": "factledger beside them",
    "status/test_enumeration.py": "every way in which the claims of small ledgers can have been",
    "test_benchmarks.py": "the folder `benchmarks`",
    "test_chiefs_of_mission.py": "the ledger `us-chiefs-of-mission`",
    "test_docs.py": "the pages",
    "test_durations.py": "what is said of the slowest files",
    "test_fuzz.py": "the targets in `tests/fuzz`, on their seeds",
    "test_growth.py": "how the time grows with the claims, through all rooms",
    "test_house.py": "how much one must read for one question, and that each name and room is found once",
    "test_shipped_tables.py": "vocabulary.json and en.json, which are no modules",
    "test_three_voices.py": "the ledger `three-voices`",
    "test_mayors.py": "two lists of the same terms, through all rooms",
    "test_ledgers.py": "the ledger `japan-ukraine`",
    "test_mirror.py": "the folders and names of the tests",
    "test_preloading.py": "the files of tests, before they are looked through",
    "test_mutation.py": "the tools in `tests/mutation`",
    "test_newcomer.py": "how many rounds of problems somebody has who writes drafts for the first time",
    "test_needed.py": "what becomes of a test for want of a program",
    "test_public_api.py": "what `import factledger` gives",
    "test_schemas.py": "the schemas of what goes in and out",
    "test_typed.py": "what a type checker sees of the public names",
    "views/test_growth.py": "how the work of telling a history grows with what is said of one claim",
    "web/pages/test_passages.py": "the words around a quote, on every page that cites it",
    "testing/laws/test_false_laws.py": "what sounds like a law and is none",
}


def wanted(module: str) -> list[str]:
    """Return the files in which a module may be tested: of its own name, or of its room's."""
    if module in ELSEWHERE:
        return [ELSEWHERE[module][0]]
    room = Path(module).parent
    names = (Path(module).name, room.name) if room.name else (Path(module).name,)
    return [(room / f"test_{name}.py").as_posix() for name in names]


def names_a_module(path: Path) -> bool:
    """Whether a file is named after a module or the room, as `test_edtf_vectors.py` after `edtf`."""
    room, name = path.parent, path.stem.removeprefix("test_")
    known = {*names_in(room.as_posix()), room.name}
    return any(name == one or name.startswith(f"{one}_") for one in known if one)


@cache
def names_in(room: str) -> frozenset[str]:
    """Return the names of the modules of a room, without it."""
    paths = map(Path, MODULES)
    return frozenset(path.name for path in paths if path.parent.as_posix() == room)


def test_every_module_has_a_file_of_tests() -> None:
    """`ROOM/MODULE.py` is tested in `tests/ROOM/test_MODULE.py`, or else in `tests/ROOM/test_ROOM.py`."""
    files = {module: wanted(module) for module in MODULES}
    assert {m: f for m, f in files.items() if not any((TESTS / name).exists() for name in f)} == {}


def test_every_file_of_tests_is_named_after_what_it_tests() -> None:
    """A file in the folder of a room bears the name of a module or of the room, or is listed above."""
    files = [path.relative_to(TESTS) for room in ROOMS for path in (TESTS / room).glob("test_*.py")]
    unnamed = {path.as_posix() for path in files if not names_a_module(path)}
    assert unnamed == {name for name in OTHERS if Path(name).parent.as_posix() in ROOMS}


def test_nothing_is_listed_in_vain() -> None:
    """What is listed above is there, and needs to be listed."""
    assert {module for module in ELSEWHERE if module not in MODULES} == set()
    assert {name for name, _ in ELSEWHERE.values() if not (TESTS / name).exists()} == set()
    assert {name for name in OTHERS if names_a_module(Path(name))} == set()
    assert {name for name in OTHERS if not (TESTS / name).exists()} == set()
