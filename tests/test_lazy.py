"""Names of a package that are loaded when they are first used."""

from __future__ import annotations

import pytest

from factledger.lazy import lazy_names


def test_a_name_is_that_of_its_home_and_is_kept() -> None:
    """Whoever uses it again finds it in the package."""
    package: dict[str, object] = {"__name__": "factledger.dates"}
    named = lazy_names(package, {"parse": "edtf"})
    from factledger.dates.edtf import parse

    assert named("parse") is package["parse"] is parse


def test_a_name_without_a_home_is_no_attribute() -> None:
    """Said as Python says it."""
    with pytest.raises(AttributeError, match=r"module 'factledger\.x' has no attribute 'y'"):
        lazy_names({"__name__": "factledger.x"}, {})("y")
