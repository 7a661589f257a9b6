"""Mutation testing: what is changed, how it is told, and that the list of survivors is true."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mutation.edits import edits
from mutation.mutants import mutants, names
from mutation.page import PAGE, Figures, figures, with_figures, with_survivors
from mutation.run import ROOT, TESTS, WANTED, files_of, told
from mutation.survivors import Survivor, as_toml, listed


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("a < b", ["a <= b", "a >= b"]),
        ("a <= b < c", ["a < b < c", "a > b < c", "a <= b <= c", "a <= b >= c"]),
        ("a == b", ["a != b"]),
        ("a is not None", ["a is None"]),
        ("a and b", ["a or b"]),
        ("a + b", ["a - b"]),
        ("a @ b", []),
        ("not a", ["a"]),
        ("-a", ["a"]),
        ("~a", []),
        ("True", ["False"]),
        ("1", ["2"]),
        ("'text'", ["'XXtextXX'"]),
        ("''", ["'XX'"]),
        ("None", []),
        ("min", ["max"]),
        ("name", []),
        ("span.first", ["span.last"]),
        ("span.name", []),
        ("{a, b}", ["{b}", "{a}"]),
        ("{a: 1, b: 2}", ["{b: 2}", "{a: 1}"]),
        ("f(a, b=1, **c)", ["f(a, **c)", "f(a, b=1)"]),
        ("lambda: a", ["lambda: None"]),
        ("a if b else c", ["a if not b else c"]),
        ("a if not b else c", []),
        ("return a", ["return None"]),
        ("return None", []),
        ("return", []),
        ("a = b", ["a = None"]),
        ("a: int", []),
        ("a += b", ["pass"]),
        ("del a", ["pass"]),
        ("raise a", ["pass"]),
        ("f()", ["pass"]),
        ("break", ["continue"]),
        ("continue", ["break"]),
        ("if a and b: c", ["if not (a and b):\n    c"]),
        ("while a: c", ["while not a:\n    c"]),
        ("while a < b: c", []),
    ],
)
def test_what_a_place_is_changed_into(code: str, changed: list[str]) -> None:
    """Each kind of place has its changes, and no other; none of them is the same again."""
    (statement,) = ast.parse(code).body
    node = statement.value if isinstance(statement, ast.Expr) and "()" not in code else statement
    assert [ast.unparse(other) for other in edits(node)] == changed


def test_the_conditions_of_a_comprehension_are_left_out_one_by_one() -> None:
    """What a condition keeps out must be missed by a test."""
    (statement,) = ast.parse("[a for a in b if c if d]").body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.ListComp)
    changed = [ast.unparse(other) for other in edits(statement.value.generators[0])]
    assert changed == [" for a in b if d", " for a in b if c"]


MODULE = '''
"""A docstring."""
from typing import Literal, TypeAlias, TypeVar

Element = TypeVar("Element")
Kind = Literal["a"]
Names: TypeAlias = "tuple[str]"
if TYPE_CHECKING:
    import nothing


class Box:
    size: int = 1

    @cached(3)
    def fits(self, other: "Box") -> "bool":
        """Return whether it fits."""
        assert other.size > 0
        return self.size < other.size or self.size < other.size
'''


def test_a_mutant_is_told_by_its_place_its_line_and_its_change() -> None:
    """Left alone is what does not run or decides nothing; the same change again is counted."""
    line = "return self.size < other.size or self.size < other.size"
    less, both = "self.size < other.size", f"{line[7:]}"
    assert [mutant[:3] for mutant in mutants(MODULE, "box.py")] == [
        ("Box", "size: int = 1", "size: int = 1 → size: int = None"),
        ("Box", "size: int = 1", "1 → 2"),
        ("Box.fits", line, "return self.size < other.size or self.size < other.size → return None"),
        ("Box.fits", line, f"{both} → {less} and {less}"),
        ("Box.fits", line, f"{less} → self.size <= other.size"),
        ("Box.fits", line, f"{less} → self.size >= other.size"),
        ("Box.fits", line, f"{less} → self.size <= other.size (2)"),
        ("Box.fits", line, f"{less} → self.size >= other.size (2)"),
    ]


def test_of_a_long_change_only_the_words_that_differ_are_told() -> None:
    """What both have in common is left out, so that a change fits a line."""
    call = f"f({', '.join(f'argument_{i}=None' for i in range(6))})"
    changes = [mutant.change for mutant in mutants(call, "f.py")]
    assert changes[0].endswith(" → pass")
    assert changes[1:] == [
        "f(argument_0=None, argument_1=None, → f(argument_1=None,",
        *(f"argument_{i}=None, →" for i in range(1, 5)),
        "argument_4=None, argument_5=None) → argument_4=None)",
    ]


def test_a_mutant_is_compiled_with_its_edit_and_no_other() -> None:
    """Each has the code of the module but for one place, and the tree is whole again after it."""
    found = []
    for mutant in mutants("a = 1\nb = 2\n", "ab.py"):
        names: dict[str, object] = {}
        exec(mutant.code, names)
        found.append((names["a"], names["b"]))
    assert found == [(None, 2), (2, 2), (1, None), (1, 3)]


def test_trials_tell_what_is_killed_what_survives_and_what_never_ends(tmp_path: Path) -> None:
    """Each mutant is tried in a process of its own, and the module as it is stays as it is."""
    module = tmp_path / "countdown.py"
    module.write_text("def count(n):\n    while n > 0:\n        n -= 1\n    return n, 'x'\n")
    test = tmp_path / "test_countdown.py"
    test.write_text("import countdown\n\ndef test_it():\n    assert countdown.count(3)[0] == 0\n")
    script = tmp_path / "trial.py"
    script.write_text(
        "from pathlib import Path\n"
        "from mutation.mutants import mutants, names\n"
        "from mutation.trials import outcomes, untouched\n"
        "found = list(mutants(Path('countdown.py').read_text(), 'countdown.py'))\n"
        "assert untouched(['test_countdown.py']).code == 0\n"
        "for mutant, outcome in outcomes('countdown', found, ['test_countdown.py'], 2, jobs=2):\n"
        "    print(f'{mutant.change}: {outcome}')\n"
        "assert untouched(['test_countdown.py']).code == 0\n"
    )
    paths = os.pathsep.join([str(tmp_path), str(ROOT / "tests")])
    ran = subprocess.run(
        [sys.executable, script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert ran.stderr == ""
    assert sorted(ran.stdout.splitlines()) == [
        "'x' → 'XXxXX': survived",
        "0 → 1: killed",
        "1 → 2: killed",
        "n -= 1 → pass: timed out",
        "n > 0 → n <= 0: killed",
        "n > 0 → n >= 0: killed",
        "return (n, 'x') → return None: killed",
    ]


def test_the_tests_of_a_module_are_tried_as_they_are(tmp_path: Path) -> None:
    """Tests that fail without a change would kill every mutant."""
    script = tmp_path / "trial.py"
    script.write_text(
        "from mutation.run import files_of\n"
        "from mutation.trials import untouched\n"
        "print(untouched([str(files_of('status/effects/endings')[0])]).code)\n"
    )
    ran = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
    )
    assert (ran.stdout, ran.stderr) == ("0\n", "")


LISTED = listed()
ONE = Survivor("dates/edtf", "parse", "return 1", "1 → 2", "It is so.")


def test_a_module_is_good_where_enough_is_noticed_and_the_rest_is_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not listed is printed as the list wants it; what is listed in vain is named."""
    monkeypatch.setattr("mutation.run.listed", lambda: [ONE])
    unlisted = ONE._replace(line="return 'a'", reason="")
    good, bad = Figures("dates/edtf", 100, 3, 10), Figures("dates/edtf", 100, 3, 11)
    assert told(good, [ONE])
    assert "not in" not in capsys.readouterr().out.lower()
    assert not told(bad, [ONE])
    assert "fewer than 90%" in capsys.readouterr().out
    assert not told(good, [ONE, unlisted])
    assert as_toml(unlisted) in capsys.readouterr().out
    assert told(good, [], whole=False)
    assert not told(good, [])
    assert "take it out" in capsys.readouterr().out


def test_what_is_printed_of_a_survivor_can_be_put_into_the_list() -> None:
    """Read again, it is the same survivor, whatever its line quotes."""
    one = ONE._replace(line="return \"a\\n\" or 'b'")
    (fields,) = tomllib.loads(as_toml(one))["dates/edtf"]
    assert Survivor("dates/edtf", **fields) == one


@pytest.mark.parametrize("module", TESTS)
def test_the_tests_of_each_module_are_there(module: str) -> None:
    """A file of tests that was renamed is not left out unseen."""
    assert [path for path in files_of(module) if not path.exists()] == []


def test_every_module_that_decides_how_claims_stand_can_be_tried() -> None:
    """Of the room `status` none is left out that has a mutant."""
    package = ROOT / "src" / "factledger"
    there = {p for p in package.glob("status/**/*.py") if names(p.read_text(encoding="utf-8"))}
    known = {module.relative_to(package).with_suffix("").as_posix() for module in there}
    assert {module for module in TESTS if module.startswith("status/")} == known


@pytest.mark.parametrize("module", TESTS)
def test_each_survivor_of_the_list_is_a_mutant_with_a_reason(module: str) -> None:
    """Who changes a line that a survivor names runs `python tests/mutation/run.py` for its module."""
    path = ROOT / "src" / "factledger" / f"{module}.py"
    there = names(path.read_text(encoding="utf-8"))
    mine = [one for one in LISTED if one.module == module]
    assert [one for one in mine if one.mutant[1:] not in there] == []
    assert [one for one in mine if not one.reason.endswith(".")] == []
    assert len({one.mutant for one in mine}) == len(mine)


def test_the_page_lists_the_survivors() -> None:
    """`python tests/mutation/page.py` changes nothing."""
    page = PAGE.read_text(encoding="utf-8")
    assert with_survivors(page, LISTED) == page


def test_the_page_tells_the_figures_of_modules_that_were_tried_whole() -> None:
    """Of each at least nine in ten are noticed, and what survives is listed."""
    page = PAGE.read_text(encoding="utf-8")
    known = figures(page)
    assert list(known) == [module for module in TESTS if module in known]
    for module, found in known.items():
        assert found.noticed >= WANTED
        assert found.survived == sum(one.module == module for one in LISTED)
    assert with_figures(page, known.values()) == page
