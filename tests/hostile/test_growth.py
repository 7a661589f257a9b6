"""Inputs that take time as their square, or for ever, where a reader is careless.

None is timed: each is so long that a test does not come to its end where it is read carelessly.
"""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import factledger
from cli_tools import run
from factledger import Ledger, Refused
from factledger.citations.cues import _stops, cut_word, negation_cue, relative_cue, sentence_around
from factledger.citations.passages import SealedPassages
from factledger.citations.quotes import Found, Missing, Repeated, find, fold_text, seal
from factledger.dates.advice import refusal
from factledger.errors import DateError
from factledger.intake.drafts import parse_drafts
from factledger.intake.maps.templates import escaped, template
from factledger.log.forms import is_of_known_form, learn_form
from factledger.records.claims import Event, Participant
from factledger.records.declarations import Actor
from factledger.records.sentences.patterns import filled
from factledger.text import nearest, show
from growth_tools import Work, assert_grows_evenly
from hostile_tools import forged
from ledgers import event, ledger, source

LONG = 100_000
SOURCES = Path(factledger.__file__).parent

CARELESS: dict[str, Callable[[], object]] = {
    "sentence: blanks": lambda: sentence_around(" \n" * LONG, LONG, LONG + 1),
    "sentence: stops": lambda: sentence_around(". " * LONG, LONG, LONG + 1),
    "sentence: quotes": lambda: sentence_around("." + '"' * LONG, 0, 1),
    "negation: one word": lambda: negation_cue("n" * LONG, 0, LONG),
    "negation: many": lambda: negation_cue("failed  " * LONG, 0, LONG),
    "cut word: digits": lambda: cut_word("1." * LONG, 0, 2 * LONG),
    "stops: abbreviations": lambda: list(_stops("A. " * LONG)),
    "relative: last": lambda: relative_cue("last " * LONG + "x" * LONG),
    "relative: one word": lambda: relative_cue("last " + "x" * LONG),
    "fold: marks out of order": lambda: fold_text("a" + "\u0316\u0300" * LONG),
    "fold: Hangul": lambda: fold_text("\u1100\u1161\u11a8" * (LONG // 10)),
    "fold: marks without width": lambda: fold_text("a" + "\u200b" * LONG + "\u1161"),
    "advice: letters": lambda: refusal("a" * LONG),
    "advice: dots": lambda: refusal("." * LONG),
    "advice: brackets": lambda: refusal("[" * LONG),
    "sentence pattern: brackets": lambda: filled("[" * LONG, {}),
    "sentence pattern: braces": lambda: filled("{a" * LONG, {}),
    "template: colons": lambda: template("{" + ":.1" * LONG + "}"),
    "template: id": lambda: escaped("é" * LONG),
    "nearest: long": lambda: nearest("a" * LONG, ["a" * 50] * 100),
    "show": lambda: show("\x1b" * LONG),
    "form: quotation marks": lambda: learn_form(b'{"a":"' + b'","a":"' * LONG + b'"}'),
    "form: digits": lambda: is_of_known_form(b"[" + b"1" * LONG + b"]"),
}


@pytest.mark.parametrize("what", CARELESS)
def test_a_long_text_ends_in_good_time(what: str) -> None:
    """What would take time as its square takes as long as it is."""
    CARELESS[what]()


def test_a_quote_that_stands_everywhere_is_refused() -> None:
    """Places are compared up to a bound: what stands oftener is no single quote, whatever is beside it."""
    text = fold_text("a" * LONG)
    found = find("a" * (LONG // 2), text, prefix="b")
    assert isinstance(found, Repeated)
    assert len(found.places) < LONG // 2
    assert isinstance(find("aa", fold_text("aa aa baa"), prefix="b"), Found)


def test_a_quote_that_stands_very_often_is_named_four_times() -> None:
    """No place beyond the fourth is looked for, and none is kept."""
    found = find("a", fold_text("a" * LONG))
    assert isinstance(found, Repeated)
    assert len(found.places) == 4


def test_a_lost_seal_of_a_long_passage_is_not_looked_for_endlessly() -> None:
    """The longer a sealed passage, the fewer places are hashed; one that moved a little is found."""
    text = "Later. " + "b" * LONG
    assert isinstance(SealedPassages("a" * LONG).locate("0" * 64, 5, LONG // 2), Missing)
    assert SealedPassages(text).locate(seal("b" * 100), 0, 100) == Found(7, 107)


def test_a_draft_of_very_many_tables_is_read(tmp_path: Path) -> None:
    """The lines of a draft are counted once, not anew for each of its tables."""
    many = 20_000
    found = parse_drafts(b"[[note]]\ntext = 'x'\n" * many, "draft.toml", tmp_path)
    assert [found[0].where, found[-1].where] == ["draft.toml:1", f"draft.toml:{2 * many - 1}"]


def test_a_type_whose_sentence_is_all_brackets_is_appended() -> None:
    """A pattern of a sentence may be anything: it is filled in good time."""
    with Ledger.create("memory:", origin="example") as ledger:
        ledger.append(
            {"kind": "type", "id": "odd", "shape": "event", "sentence": "[" * LONG},
            {"kind": "actor", "id": "a", "category": "person", "names": ["A"]},
            {"kind": "source", "id": "s", "title": "S"},
            Event(
                type="odd", when="2020", participants=[Participant(role="actor", actor="a")],
                citations=[factledger.Citation(source="s", locator="l")],
            ),
        )  # fmt: skip
        assert len(ledger.as_of("2021").standings) == 1


@pytest.mark.parametrize("depth", [33, 900, 5000])
def test_a_record_in_python_goes_no_deeper_than_a_line(depth: int) -> None:
    """A table that nests too deep is refused, as is a number that Python does not write out."""
    deep: object = 1
    for _ in range(depth):
        deep = [deep]
    with Ledger.create("memory:", origin="example") as ledger:
        for value in (deep, {"a": deep}, 10**5000, -(10**5000)):
            with pytest.raises(Refused, match="record-form"):
                ledger.append({"kind": "retract", "target": value, "reason": "r"})


def test_a_date_with_every_digit_open_is_read_at_once() -> None:
    """A day that no year has is refused after ten thousand years, and not after all their days."""
    from factledger.dates.edtf import parse

    with pytest.raises(DateError):
        parse("{" + ",".join(["XXXX-02-3X"] * 50) + "}")


def test_nothing_is_read_that_can_run_or_explode() -> None:
    """No module reads YAML, XML, pickles or archives, or runs what it reads."""
    banned = {
        "yaml",
        "pickle",
        "marshal",
        "shelve",
        "xml",
        "tarfile",
        "zipfile",
        "subprocess",
        "ctypes",
    }
    running = ("eval", "exec", "compile", "__import__")
    for path in SOURCES.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not any(word in text for word in (*banned, *running)):
            continue
        for node in ast.walk(ast.parse(text)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            loaded = {name.partition(".")[0] for name in names}
            if path.name == "sqlite_file.py":  # it keeps connections from being closed after a fork
                loaded.discard("ctypes")
            if path.name == "sheets.py":  # it looks how large a workbook is before it is unpacked
                loaded.discard("zipfile")
            if path.name == "merge_driver.py":  # it sets git up, with arguments of its own alone
                loaded.discard("subprocess")
            if path.name in ("makers.py", "png.py"):  # they start this very program
                loaded.discard("subprocess")
            assert not banned & loaded, path
            called = (
                node.func.id
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                else ""
            )
            assert called not in running, path
    assert importlib.util.find_spec("factledger")


def of_actors(count: int, **fields: str) -> dict[str, Any]:
    """Return the body of an event with so many participants."""
    who = [{"role": "actor", "actor": f"a{i}", **fields} for i in range(count)]
    cited = [{"source": "s", "locator": "l"}]
    return {
        "kind": "event", "type": "CONSULT", "when": "2020", "participants": who, "citations": cited,
    }  # fmt: skip


def test_a_claim_of_very_many_actors_is_refused() -> None:
    """A claim is found under every two of its actors, so it names 64 of them at most."""
    found = ledger(source())
    names = (f"a{i}" for i in range(65))
    found.append(*(Actor(id=name, category="person", names=["A"]) for name in names))
    most = found.append(of_actors(64))[0]
    told = "at most 64, found 65; declare a group and name that, or write several claims"
    assert str(refusal_of(found, [of_actors(65)]).problems[0]).endswith(f"participants: {told}")
    wrong = refusal_of(found, [of_actors(64, of="a64")]).problems[0].message
    assert wrong.startswith(
        "participants: at most 64, found 65; those on whose behalf count as well"
    )
    assert found.as_of("2021").between("a0", "a63").standings[0].number == most.number


def test_a_forged_claim_of_very_many_actors_is_opened_in_good_time(tmp_path: Path) -> None:
    """A ledger with such a claim is opened, its hashes are verified, and who asks for the claim is told."""
    forged(tmp_path, [{"kind": "source", "id": "s", "title": "S"}, of_actors(LONG // 10)])
    for address in (str(tmp_path), str(tmp_path / "copy.db")):
        told = f"participants: at most 64, found {LONG // 10:,}; declare a group"
        assert run("verify", "-l", address).code == 0
        assert told in run("check", "-l", address).out + run("check", "-l", address).err
        assert told in run("asof", "2021", "-l", address).err
        if address == str(tmp_path):
            run("copy", address, str(tmp_path / "copy.db"))


def test_a_draft_of_very_many_citations_is_refused_before_they_are_looked_for() -> None:
    """To prove a quote takes long where the text is made for it: more than can be taken are not tried."""
    cited = [{"source": "s", "quote": f". . {i}"} for i in range(LONG)]
    (problem,) = refusal_of(ledger(source()), [{**of_actors(0), "citations": cited}]).problems[:1]
    told = f"citations: at most 64, found {LONG:,}; cite the others in a corroborate record"
    assert problem.message == told


def refusal_of(found: Ledger, wrong: Sequence[Event | dict[str, Any]]) -> Refused:
    """Return how a ledger refuses what is wrong."""
    with pytest.raises(Refused) as refused:
        found.append(*wrong)
    return refused.value


def test_a_name_that_is_wrong_very_often_is_explained_a_few_times() -> None:
    """The nearest names are looked for in the first 20 problems: each look takes all that are known."""
    wrong = [event("CONSULT", "2021-03-05", actor="JPNN", recipient="UKR") for _ in range(30)]
    problems = refusal_of(ledger(source()), wrong).problems
    told = ["did you mean" in problem.message for problem in problems]
    assert told == [True] * 20 + [False] * 10


def test_wrong_names_take_no_more_time_each_where_there_are_many() -> None:
    """Twice the names and twice the problems are at most three times the work, in appending and in checking."""

    def work(count: int) -> Work:
        found = ledger(source())
        names = (f"a{i}" for i in range(count))
        found.append(*(Actor(id=name, category="person", names=[f"Ann {name}"]) for name in names))
        wrong = [
            event("CONSULT", "2021-03-05", actor=f"b{i}", recipient="UKR") for i in range(count)
        ]
        return lambda: refusal_of(found, wrong)

    assert_grows_evenly(work, 100)
