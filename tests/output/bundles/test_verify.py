"""The script of a bundle: run with Python alone, and what it says of a bundle that was changed."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli_tools import small_ledger
from factledger import Ledger, PrivateKey
from factledger.log.stores import open_store
from factledger.output.bundles import verify
from factledger.output.bundles.bundle import Handover, bundle_files
from factledger.output.bundles.selection import Selection

KEY = PrivateKey("small", bytes(range(32)))
WHOLE, CHOSEN = Selection(), Selection(entries=(9, 4))


@pytest.fixture
def made(tmp_path: Path) -> Callable[[Selection], Path]:
    """Return what makes a bundle of a small ledger, signed."""

    def make(selection: Selection) -> Path:
        small_ledger(tmp_path).close()
        with Ledger.open(tmp_path) as ledger:
            folder = tmp_path / "bundle"
            folder.mkdir()
            for name, data in bundle_files(ledger, Handover(ledger.checkpoint(KEY), selection)):
                (folder / name).write_bytes(data)
        return folder

    return make


@pytest.mark.parametrize("selection", [WHOLE, CHOSEN])
def test_the_script_verifies_with_python_alone(
    selection: Selection, made: Callable[[Selection], Path]
) -> None:
    """Run without a package on its path; with the public key it verifies the signature."""
    folder = made(selection)
    words = [sys.executable, "-I", "-S", str(folder / "verify.py"), str(KEY.public)]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    files, entries, signature = run.stdout.splitlines()
    assert files.endswith("files are as SHA256SUMS lists them")
    assert entries.endswith("proved" if selection.entries else "are those of the checkpoint")
    assert signature == f"ledger.checkpoint: signed by {KEY.public.short}"


def test_an_erased_entry_is_verified_without_its_content(
    made: Callable[[Selection], Path], tmp_path: Path
) -> None:
    """Its hash stands for it, in the whole ledger as in a selection."""
    made(WHOLE)
    with open_store(str(tmp_path)) as store:
        store.erase({9})
    for selection in (WHOLE, CHOSEN):
        with Ledger.open(tmp_path) as ledger:
            folder = tmp_path / str(selection.whole)
            folder.mkdir()
            for name, data in bundle_files(ledger, Handover(ledger.checkpoint(), selection)):
                (folder / name).write_bytes(data)
        assert "FAILED" not in " ".join(verify.verify(str(folder)))


def test_hashes_are_those_of_sha256sum(made: Callable[[Selection], Path]) -> None:
    """The list is in the form of that program."""
    run = subprocess.run(
        ["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=made(CHOSEN), check=False
    )
    assert run.returncode == 0


def change(folder: Path, name: str, old: bytes, new: bytes) -> None:
    """Change a file of a bundle, and the list of hashes with it, as a forger does."""
    path, sums = folder / name, folder / "SHA256SUMS"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    was, is_now = (verify.sha256(d).hex() for d in (data, path.read_bytes()))
    sums.write_text(sums.read_text().replace(was, is_now))


FORGED = [
    (
        WHOLE,
        "ledger.jsonl",
        b"visited Kyiv",
        b"visited Lviv",
        "line 9 of ledger.jsonl does not follow",
    ),
    (WHOLE, "ledger.checkpoint", b"\n12\n", b"\n11\n", "is not the ledger of the checkpoint"),
    (CHOSEN, "entries.jsonl", b"visited", b"left", "entries.jsonl does not show"),
    (CHOSEN, "entries.proof", b"proof of several", b"proof of all", "is not a proof for the"),
    (CHOSEN, "entries.proof", b"\n12\n", b"\n11\n", "is not a proof for the checkpoint"),
    (CHOSEN, "entries.proof", b"entries ", b"entries 1", "the bundle is not whole"),
]


@pytest.mark.parametrize(("selection", "name", "old", "new", "told"), FORGED)
def test_a_forged_bundle_fails(
    selection: Selection, name: str, old: bytes, new: bytes, told: str,
    made: Callable[[Selection], Path],
) -> None:  # fmt: skip
    """Even if its list of hashes was made again."""
    folder = made(selection)
    change(folder, name, old, new)
    with pytest.raises(Exception) as failed:  # noqa: PT011  the one that it is told by
        list(verify.verify(str(folder)))
    assert told in str(failed.value) or told == "the bundle is not whole"


def test_a_proof_with_a_hash_less_or_another_fails(made: Callable[[Selection], Path]) -> None:
    """It is too short, or leads to another root."""
    folder = made(CHOSEN)
    lines = (folder / "entries.proof").read_bytes().split(b"\n")
    last = lines.index(b"") - 1
    change(folder, "entries.proof", lines[last] + b"\n", b"")
    with pytest.raises(verify.Failed, match="too short"):
        list(verify.verify(str(folder)))
    change(folder, "entries.proof", b"\n\n", b"\n" + lines[last - 1] + b"\n\n")
    with pytest.raises(verify.Failed, match="does not lead to the root"):
        list(verify.verify(str(folder)))


def test_a_file_that_was_changed_or_is_gone_is_told(
    made: Callable[[Selection], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, with code 1."""
    folder = made(WHOLE)
    copied = Path(verify.__file__).read_bytes()
    assert (folder / "verify.py").read_bytes() == copied
    (folder / "report.md").write_text("changed")
    with pytest.raises(verify.Failed, match=r"report.md is not the file that SHA256SUMS lists"):
        list(verify.verify(str(folder)))
    (folder / "report.md").unlink()
    run = subprocess.run(
        [sys.executable, str(folder / "verify.py")], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.startswith("FAILED: the bundle is not whole: ")


def test_it_ends_with_the_code_of_what_it_found(
    made: Callable[[Selection], Path], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """0 where all holds, 1 where not; and without a key it says what is left to do."""
    monkeypatch.setattr(verify, "__file__", str(made(WHOLE) / "verify.py"))
    assert verify.run_verifier([]) == 0
    assert "not verified: who made the checkpoint" in capsys.readouterr().out
    assert verify.run_verifier(["nonsense"]) == 1
    other = PrivateKey("small", bytes(32)).public
    assert verify.run_verifier([str(other)]) == 1
    assert "FAILED: the checkpoint is not signed by that key" in capsys.readouterr().out
    broken = str(KEY.public).replace("+", "+0", 1)
    assert verify.run_verifier([broken]) == 1
    assert "FAILED: that is no public key: write NAME+ID+KEY" in capsys.readouterr().out


@settings(max_examples=5, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40))
def test_its_signatures_are_those_of_a_library(seed: bytes, message: bytes) -> None:
    """Ed25519 as written down there, and as others compute it, agree; a changed bit does not."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert verify.signs(public, message, signature)
    assert not verify.signs(public, message + b"x", signature)


def test_a_proof_of_a_changed_entry_leads_elsewhere(made: Callable[[Selection], Path]) -> None:
    """Even where the readable line was changed alike."""
    folder = made(CHOSEN)
    shown = (folder / "entries.proof").read_bytes().split(b"\n")[2]
    changed = base64.b64encode(base64.b64decode(shown).replace(b"small", b"large"))
    change(folder, "entries.proof", shown, changed)
    change(folder, "entries.jsonl", b"small", b"large")
    with pytest.raises(verify.Failed, match="does not lead to the root"):
        list(verify.verify(str(folder)))


def test_no_key_and_no_signature_that_stands_for_no_point_is_taken() -> None:
    """As RFC 8032 wants: not beyond the field, not off the curve, not longer than it is."""
    y_beyond = (verify.P + 1).to_bytes(32, "little")
    off = (2).to_bytes(32, "little")
    assert verify.curve_point(y_beyond) is None
    assert verify.curve_point(off) is None
    assert verify.curve_point((1 | 1 << 255).to_bytes(32, "little")) is None
    whole = verify.BASE
    other = verify.curve_point((whole[1] | 1 << 255).to_bytes(32, "little"))
    assert other is not None
    assert other[:2] == (verify.P - whole[0], whole[1])
    assert not verify.signs(off, b"", bytes(64))
    assert not verify.signs(bytes([1]) + bytes(31), b"", bytes(32) + b"\xff" * 32)


def test_the_signature_of_the_key_is_told(made: Callable[[Selection], Path]) -> None:
    """With the key of who signed the checkpoint, the last line says whose signature it is."""
    *_, last = verify.verify(str(made(CHOSEN)), str(KEY.public))
    assert last == f"ledger.checkpoint: signed by {KEY.public.short}"


def test_the_script_ends_with_its_code(
    made: Callable[[Selection], Path], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Run as a script, it exits with 0 where all holds."""
    script = str(made(WHOLE) / "verify.py")
    monkeypatch.setattr(sys, "argv", [script])
    source = compile(Path(script).read_bytes(), verify.__file__, "exec")
    with pytest.raises(SystemExit) as ended:
        exec(source, {"__name__": "__main__", "__file__": script})
    assert ended.value.code == 0
    assert "FAILED" not in capsys.readouterr().out
