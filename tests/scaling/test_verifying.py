"""Every line of every segment is verified, and the tree over all is that of the log."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factledger import Ledger
from factledger.errors import Damaged, LogError, NotFound
from factledger.log.lines import chain, linked
from factledger.log.proofs.merkle import Frontier, leaf_hash
from factledger.log.stores import open_store
from factledger.log.stores.memory import MemoryStore
from factledger.scaling import Manifest, manifest_in, seal_lines, verify_segments
from factledger.scaling.files import joined_lines, packed, write_whole
from factledger.scaling.verifying import Subtrees, root_over

from .test_sealing import actor


@given(st.integers(1, 70), st.sampled_from([1, 2, 4, 16]))
def test_the_tree_over_segments_is_the_tree_over_their_lines(count: int, size: int) -> None:
    """The root over segments of any size that is a power of two is the root over all leaves."""
    leaves = [leaf_hash(b"%d" % n) for n in range(count)]
    parts = [subtrees(leaves, first, size) for first in range(0, count, size)]
    assert root_over(parts, size) == whole(leaves).root


def whole(leaves: list[bytes]) -> Frontier:
    """Return the frontier of leaves."""
    found = Frontier()
    for leaf in leaves:
        found.add(leaf)
    return found


def subtrees(leaves: list[bytes], first: int, size: int) -> Subtrees:
    """Return the subtrees over one segment."""
    part = whole(leaves[first : first + size])
    return Subtrees(first + 1, part.size, tuple(part.hashes))


def test_a_segment_in_the_middle_is_full() -> None:
    """Segments of other sizes give no root."""
    with pytest.raises(ValueError, match="not full"):
        root_over([Subtrees(1, 1, (b"1" * 32,)), Subtrees(2, 2, (b"2" * 32,))], 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of segments of four lines, of a ledger whose batches cross them."""
    with Ledger.create(tmp_path / "ledger", origin="sealed") as ledger:
        ledger.append(*(actor(n) for n in range(5)))
        ledger.append(*(actor(n) for n in range(5, 9)))
        root, head = ledger.checkpoint().root, ledger.head
    seal_lines(open_store(str(tmp_path / "ledger")), tmp_path / "parts", size=4)
    found = verify_segments(tmp_path / "parts")
    assert (found.entries, found.head, found.root) == (10, head, root.hex())
    return tmp_path / "parts"


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_line_that_was_changed_is_found(folder: Path, place: int) -> None:
    """A changed word is found, also where whoever changed it wrote its digest into the manifest."""
    segment = manifest_in(folder).segments[place]
    raws = segment.lines(folder)
    raws[-1] = raws[-1].replace(b'"names"', b'"namez"')
    write_whole(segment.path(folder), packed(joined_lines(raws)))
    with pytest.raises(LogError, match="cut off or changed"):
        verify_segments(folder)
    forge(folder, place, raws)
    with pytest.raises(Damaged, match="does not follow"):
        verify_segments(folder)


def forge(folder: Path, place: int, raws: list[bytes]) -> None:
    """Write lines as a segment, with a manifest that fits."""
    from factledger.scaling.files import digest_of

    manifest = manifest_in(folder)
    data = joined_lines(raws)
    changed = attrs.evolve(manifest.segments[place], digest=digest_of(data))
    write_whole(changed.path(folder), packed(data))
    segments = [*manifest.segments]
    segments[place] = changed
    attrs.evolve(manifest, segments=tuple(segments)).write(folder)


def test_a_line_that_is_not_canonical_is_found(tmp_path: Path) -> None:
    """Whoever hashes other bytes that say the same has written another line."""
    lines = [*chain(Ledger.create("memory:", origin="sealed").lines())]
    lines += linked(
        lines[-1].head, at=lines[-1].at, bodies=[b'{"kind": "note"}'], salts=[bytes(16)]
    )
    store = MemoryStore()
    store.restore(lines)
    seal_lines(store, tmp_path, size=4)
    with pytest.raises(Damaged, match="the body is not in its canonical form"):
        verify_segments(tmp_path)


def test_a_line_that_is_missing_is_found(folder: Path) -> None:
    """A segment without its last line is told, whatever the digest."""
    forge(folder, 1, manifest_in(folder).segments[1].lines(folder)[:-1])
    with pytest.raises(Damaged, match="it is missing"):
        verify_segments(folder)


def test_segments_that_do_not_meet_are_found(folder: Path) -> None:
    """A segment is to begin where the one before ends."""
    manifest = manifest_in(folder)
    first, _, last = manifest.segments
    Manifest(manifest.origin, (first, last), (), 4).write(folder)
    with pytest.raises(Damaged, match="does not join"):
        verify_segments(folder)


@pytest.mark.parametrize("keep", [0, 10, -1])
def test_a_file_that_is_cut_off_is_found(folder: Path, keep: int) -> None:
    """A file that was cut off, at whatever byte, is told with what to do."""
    path = manifest_in(folder).segments[0].path(folder)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(LogError, match="cut off or changed; delete it"):
        verify_segments(folder)


def test_a_file_that_is_gone_is_told(folder: Path) -> None:
    """A missing segment is named."""
    manifest_in(folder).segments[0].path(folder).unlink()
    with pytest.raises(NotFound, match=r"jsonl\.gz"):
        verify_segments(folder)


def test_a_file_that_was_deleted_is_made_again(folder: Path) -> None:
    """Sealing writes a segment again whose file is gone, as it was."""
    path = manifest_in(folder).segments[0].path(folder)
    before = path.read_bytes()
    path.unlink()
    seal_lines(open_store(str(folder.parent / "ledger")), folder)
    assert path.read_bytes() == before
