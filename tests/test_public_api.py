"""The public names: what `factledger` promises, and nothing else."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.resources
import subprocess
import sys

import pytest

import factledger
from reference_pages import STUB, stub


def test_all_lists_each_name_once() -> None:
    """`__all__` repeats nothing, so that a name has one room."""
    assert len(factledger.__all__) == len(set(factledger.__all__))


def test_each_public_name_is_there() -> None:
    """Each name of `__all__` can be had from the package."""
    assert [name for name in factledger.__all__ if getattr(factledger, name, None) is None] == []


def test_star_import_gives_exactly_the_public_names() -> None:
    """`from factledger import *` brings the names of `__all__` and no others."""
    found: dict[str, object] = {}
    exec("from factledger import *", found)

    assert set(found) - {"__builtins__"} == set(factledger.__all__)


def test_dir_shows_the_public_names() -> None:
    """What a reader sees with `dir` is what is promised."""
    assert dir(factledger) == sorted(factledger.__all__)


def test_type_checkers_see_the_public_names() -> None:
    """`python tests/reference_pages.py` changes nothing in the stub that type checkers read."""
    assert STUB.read_text(encoding="utf-8") == stub()


def test_an_unknown_name_is_refused_as_python_does() -> None:
    """A name that is not there raises AttributeError with the name."""
    with pytest.raises(AttributeError, match="'factledger' has no attribute 'Leger'"):
        _ = factledger.Leger  # type: ignore[attr-defined]


def test_importing_the_package_loads_none_of_its_rooms() -> None:
    """`import factledger` is light: what loads rooms, when a name of theirs is used, comes alone."""
    code = "import sys, factledger; print([m for m in sys.modules if m.startswith('factledger.')])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "['factledger.lazy']"


def test_importing_the_main_module_runs_nothing() -> None:
    """`factledger.__main__` runs the command only as a program, not when it is imported."""
    module = importlib.import_module("factledger.__main__")

    assert callable(module.main)


def test_the_package_has_a_version_and_is_typed() -> None:
    """The installed package states its version, and ships its types."""
    assert importlib.metadata.version("factledger")
    assert importlib.resources.files("factledger").joinpath("py.typed").is_file()
