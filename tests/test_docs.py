"""The documentation is complete: everything public has its place, and links lead somewhere."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import attrs
import pytest

import factledger
from factledger import errors
from factledger.checks import CHECKS
from factledger.cli.group import VERBS
from factledger.dates.seasons import MONTHS
from factledger.records import kinds
from factledger.records.claims import ROLES
from factledger.records.record import Record
from factledger.records.vocabulary import shipped
from factledger.status.spans import Status
from reference_pages import PAGES, REFERENCE

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PACKAGE = Path(factledger.__file__).parent
MADE = (".venv", "build", "dist")  # by a command of the guide
FOLDERS = ("tutorial", "how-to", "reference", "explanation")
GUIDE = ROOT / "CONTRIBUTING.md"
PLACES = sorted(
    [
        *DOCS.rglob("*.md"),
        *ROOT.glob("*.md"),
        *ROOT.glob("ledgers/*/README.md"),
        *ROOT.glob(".github/**/*.md"),
    ]
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)+")
FENCED = re.compile(r"^( *)(```+|~~~+).*?^\1\2`*$", re.MULTILINE | re.DOTALL)
KINDS: dict[str, type] = {
    "ledger": factledger.Header,
    **{
        kind: getattr(factledger, kind.capitalize())
        for kind in (
            "source", "actor", "type", "event", "state", "tally", "assessment", "correct", "close",
            "retract", "corroborate", "dispute", "identify", "withdraw", "redact", "note",
        )
    },
}  # fmt: skip
PARTS = (
    factledger.Participant,
    factledger.Citation,
    factledger.Inferred,
    factledger.Count,
    factledger.About,
)
EVERY = {field.name for field in attrs.fields(Record)}
SHARED = {field.name for field in attrs.fields(factledger.Claim)} - EVERY


@cache
def page(name: str) -> str:
    """Return the text of a page of the reference."""
    return (REFERENCE / name).read_text(encoding="utf-8")


@cache
def sections(name: str) -> dict[str, str]:
    """Return what stands below each heading of a page of the reference, up to the next one."""
    parts = re.split(r"^#+ (.+)$", page(name), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def anchors(text: str) -> set[str]:
    """Return the anchors that the headings of a page give."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages_made_from_the_code_are_up_to_date(name: str) -> None:
    """`python tests/reference_pages.py` changes nothing."""
    assert page(name) == PAGES[name]()


def test_each_public_name_is_documented() -> None:
    """The page of the public names has a section with a sentence on each."""
    assert [
        name for name in factledger.__all__ if not sections("api.md").get(name, "").strip()
    ] == []


def test_each_error_is_documented() -> None:
    """The page of the errors has a section on each exception."""
    known = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.FactledgerError)
    }
    assert [name for name in known if not sections("errors.md").get(name, "").strip()] == []


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_is_documented(name: str) -> None:
    """The page of the checks says what each wants, and shows one of its messages."""
    section = sections("checks.md")[name]
    assert f"{CHECKS[name][1:]}." in section
    assert f"{name}: " in section


def test_each_type_is_documented() -> None:
    """The page of the vocabulary has a section on each type, with its roles."""
    for name, type_ in shipped().types.items():
        section = sections("vocabulary.md")[name]
        assert all(f"`{role}`" in section for role in type_.required), name


def test_each_command_is_documented() -> None:
    """The page of the commands names each."""
    assert [verb for verb in VERBS if f"factledger {verb}" not in page("cli.md")] == []


def keys_of(kind: type) -> list[str]:
    """Return the keys of a record or a part of one."""
    return [field.name for field in attrs.fields(kind)]


def test_every_kind_of_record_is_known_here() -> None:
    """The kinds that this file goes through are all that there are."""
    assert set(KINDS) == set(kinds.KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_record_and_its_keys_are_documented(kind: str) -> None:
    """The page of the records has a section on each kind, with exactly its keys."""
    is_claim = issubclass(KINDS[kind], factledger.Claim)
    elsewhere = EVERY | SHARED if is_claim else EVERY
    wanted = {key for key in keys_of(KINDS[kind]) if key not in elsewhere}
    assert documented_keys(sections("records.md")[kind]) == wanted


def test_the_keys_that_records_and_claims_share_are_documented() -> None:
    """The page of the records lists the keys of every record and of every claim, and no others."""
    assert documented_keys(sections("records.md")["What every record may say"]) == EVERY
    assert documented_keys(sections("records.md")["What claims"]) == SHARED


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_a_claim_is_documented(part: type) -> None:
    """The page of the records has a section on each part, with exactly its keys."""
    assert documented_keys(sections("records.md")[part.__name__.lower()]) == set(keys_of(part))


def documented_keys(section: str) -> set[str]:
    """Return the keys in the first column of a section's table."""
    cells = re.findall(r"^\| (`.+?) \|", section, flags=re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}


def test_each_default_is_documented() -> None:
    """A key without a default has an empty last column, any other has its default there."""
    for kind, record in KINDS.items():
        for row in re.findall(r"^\| (`.+) \|$", sections("records.md")[kind], flags=re.MULTILINE):
            first, *_, last = re.split(r" \|(?: |$)", f"{row} ")
            for key in re.findall(r"`(\w+)`", first):
                optional = attrs.fields_dict(record)[key].default is not attrs.NOTHING
                assert bool(last.strip()) == optional, (kind, key)


def test_each_role_season_and_status_is_documented() -> None:
    """What can be written as a role or a part of a year, and read as a status, is on its page."""
    assert all(f"`{role}`" in page("drafts.md") for role in ROLES)
    assert all(
        re.search(rf"\b{code}\b", sections("dates.md")["Parts of a year"]) for code in MONTHS
    )
    status = (DOCS / "explanation" / "status.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in status for name in Status)


def test_each_page_is_of_one_kind_and_in_the_index() -> None:
    """Beside the index, every page is in one of the four folders, and the index leads to it."""
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS) for path in DOCS.rglob("*.md") if path != DOCS / "index.md"]
    for found in pages:
        assert found.parts[0] in FOLDERS
        assert f"({found.as_posix()})" in index


def rooms() -> dict[str, list[str]]:
    """Return the rooms that the guide for contributors lists, each with the modules to begin with."""
    rows = re.findall(
        r"^\| `(\w+)` \| .+ \| (.*)\|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {room: re.findall(r"`(\w+)`", modules) for room, modules in rows}


def test_each_room_is_in_the_guide_for_contributors() -> None:
    """A newcomer finds there what lives in each module and folder of the package."""
    modules = {path.stem for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")}
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms().keys() == modules | folders


def test_each_module_to_begin_with_is_in_its_room() -> None:
    """The guide for contributors names no module that has moved."""
    for room, modules in rooms().items():
        for module in modules:
            places = PACKAGE / room / module, PACKAGE / room / f"{module}.py"
            assert any(map(is_there, places)), f"{room}/{module}"


def test_each_path_in_the_guide_for_contributors_is_there() -> None:
    """It stands in the repository or in the package, unless a command there makes it."""
    for path in PATH.findall(LINK.sub("", GUIDE.read_text(encoding="utf-8"))):
        if path.partition("/")[0] not in MADE:
            places = ROOT / path, PACKAGE / path, PACKAGE / f"{path}.py"
            assert any(map(is_there, places)), path


def is_there(path: Path) -> bool:
    """Return whether a file is there, or a folder that holds any."""
    return any(file.is_file() for file in path.glob("*")) if path.is_dir() else path.exists()


@pytest.mark.parametrize("path", PLACES, ids=[str(p.relative_to(ROOT)) for p in PLACES])
def test_links_lead_somewhere(path: Path) -> None:
    """A link to a page finds the page, and one to a part of it a heading."""
    text = path.read_text(encoding="utf-8")
    for link in LINK.findall(FENCED.sub("", text)):
        if link.startswith("https://"):
            continue
        name, _, part = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        if part:
            assert part in anchors(target.read_text(encoding="utf-8")), link


def test_examples_are_marked_with_their_language() -> None:
    """Every fenced block says what it is, so that none is passed over by the tests unseen."""
    for path in PLACES:
        fences = re.findall(r"^ *```(.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert set(fences[::2]) <= {"python", "console", "text", "toml", "json"}, path
        assert set(fences[1::2]) <= {""}, path
