"""Verifiers that others wrote, each a function from questions to verdicts."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs

from needed import missing
from proof_mutants import Consistency, Inclusion, Proof

SOURCE = Path(__file__).resolve().parent / "judge.go"
PACKAGES = Path("/usr/share/gocode")  # where Debian puts golang-golang-x-mod-dev


@attrs.frozen
class Signed:
    """A note, and the key that is to have signed it."""

    note: bytes
    key: str


Question = Inclusion | Consistency | Signed
Judge = Callable[[Iterable[Question]], list[bool]]


def metamorphic() -> Judge:
    """Return metamorphic-log as a judge; it is written in Rust."""
    try:
        import metamorphic_log as package
    except ImportError:
        missing("metamorphic-log is not installed")

    def verdict(question: Question) -> bool:
        try:
            match question:
                case Inclusion(index, size, leaf, proof, root):
                    package.verify_inclusion(index, size, leaf, list(proof), root)
                case Consistency(old, size, proof, old_root, root):
                    package.verify_consistency(old, size, list(proof), old_root, root)
                case Signed(note, key):
                    package.verify_signed_note(note.decode(), [key])
        except (package.VerifyError, UnicodeDecodeError):
            return False
        return True

    return lambda questions: [verdict(question) for question in questions]


def metamorphic_inclusion(note: str, key: str, index: int, leaf: bytes, proof: Proof) -> None:
    """Raise unless metamorphic-log finds the leaf in a checkpoint that it verified itself."""
    import metamorphic_log as package

    package.checkpoint_verify_inclusion(note, [key], index, leaf, list(proof))


def metamorphic_growth(older: str, newer: str, key: str, proof: Proof) -> None:
    """Raise unless metamorphic-log finds that one checkpoint extends the other."""
    import metamorphic_log as package

    package.checkpoint_verify_consistency(older, newer, [key], list(proof))


def metamorphic_checkpoint(note: bytes, key: str) -> bool:
    """Tell whether metamorphic-log takes a note for a checkpoint."""
    import metamorphic_log as package

    try:
        package.checkpoint_verify(note.decode(), [key])
    except package.VerifyError:
        return False
    return True


def built_judge(folder: Path) -> Path:
    """Return the program that asks golang.org/x/mod/sumdb, built in a folder."""
    if not shutil.which("go") or not (PACKAGES / "src/golang.org/x/mod/sumdb").is_dir():
        missing("Go or golang.org/x/mod is missing: apt install golang-go golang-golang-x-mod-dev")
    program = folder / "judge"
    plain = {"GOPATH": str(PACKAGES), "GO111MODULE": "off", "GOFLAGS": "", "CGO_ENABLED": "0"}
    environment = {**os.environ, **plain, "GOCACHE": str(folder / "cache")}
    subprocess.run(["go", "build", "-o", program, SOURCE], env=environment, check=True)
    return program


def asked(program: Path, questions: Iterable[dict[str, Any]]) -> list[bool]:
    """Return what the program answers."""
    lines = "\n".join(json.dumps(question, default=_text) for question in questions)
    said = subprocess.run([program], input=lines, capture_output=True, text=True, check=True)
    return [line == "true" for line in said.stdout.split()]


def sumdb(program: Path) -> Judge:
    """Return Go's sumdb as a judge."""

    def question(given: Question) -> dict[str, Any]:
        kind = {Inclusion: "inclusion", Consistency: "consistency", Signed: "note"}[type(given)]
        return {
            "kind": kind,
            **{name.replace("_", ""): v for name, v in attrs.asdict(given, recurse=False).items()},
        }

    return lambda questions: asked(program, map(question, questions))


def _text(value: bytes) -> str:
    return b64encode(value).decode()
