"""Every exception: its base, its name, what it says."""

from __future__ import annotations

import inspect

import pytest

import factledger
from factledger import FactledgerError, errors
from factledger.errors import FieldError
from factledger.records.claims import About


def test_every_exception_has_the_one_base() -> None:
    """Every exception of `factledger.errors` is a FactledgerError, and public."""
    raised = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, Exception)]

    assert [e for e in raised if not issubclass(e, FactledgerError)] == []
    assert {e.__name__ for e in raised} <= set(factledger.__all__)


def test_field_errors_name_their_field() -> None:
    """An error of a field keeps the field's name and the reason apart."""
    with pytest.raises(FieldError) as refused:
        About(role="cause", target=0)
    assert refused.value.field == "target"
    assert refused.value.reason == "wanted a whole number from 1 on, found 0"
