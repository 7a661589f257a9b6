"""What fuzzing starts from and what it found, replayed: each input keeps every promise."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "fuzz"
TARGETS = sorted(path.stem for path in (FOLDER / "targets").glob("[a-z]*.py"))
INPUTS = [
    pytest.param(target, path, id=f"{target}-{path.parent.parent.name}-{path.name}")
    for target in TARGETS
    for kind in ("seeds", "findings")
    for path in sorted((FOLDER / kind / target).glob("*"))
]


@pytest.mark.parametrize(("target", "path"), INPUTS)
def test_an_input_breaks_no_promise(target: str, path: Path) -> None:
    """Each seed, and each input that once broke something, is accepted or refused in our words."""
    import_module(f"fuzz.targets.{target}").one(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_seeds_of_its_own(target: str) -> None:
    """Fuzzing starts from true inputs of each kind."""
    assert list((FOLDER / "seeds" / target).iterdir())
