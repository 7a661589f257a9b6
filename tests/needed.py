"""What some tests need besides Python: skipped where it is missing, failed where CI=true promises it."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip a test for want of something; fail it where CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}; it must be there where CI=true")
    pytest.skip(what)


def program(name: str, package: str) -> str:
    """Return the path of a program; without it the test is skipped, and told the Debian package."""
    found = shutil.which(name)
    return missing(f"no {name} here: apt-get install {package}") if found is None else found
