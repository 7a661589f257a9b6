"""Files of keys that seal passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from factledger import NotProved, SealKey, WriteRefused, make_seal_key, read_seal_key

KEY, OTHER = SealKey(bytes(range(32))), SealKey(bytes(range(1, 33)))


def test_a_key_reads_back_from_its_file(tmp_path: Path) -> None:
    """Only its owner can read it, it is never written over, and its secret is not shown."""
    path = tmp_path / "key"
    key = make_seal_key(path, entropy=lambda count: bytes(range(count)))
    assert key == KEY == read_seal_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(WriteRefused, match="file exists"):
        make_seal_key(path)
    assert KEY.secret.hex() not in repr(KEY)


@pytest.mark.parametrize(
    "text",
    ["", "x", KEY.secret_text()[:-1], KEY.secret_text().replace(KEY.id, OTHER.id), "PRIVATE+KEY+a"],
)
def test_what_is_no_key_is_told(text: str, tmp_path: Path) -> None:
    """A key for signing, a cut one, one whose id does not fit: none of them seals."""
    path = tmp_path / "key"
    path.write_text(text)
    with pytest.raises(NotProved, match="no key to seal with"):
        read_seal_key(path)
    with pytest.raises(NotProved, match="cannot read: is a directory"):
        read_seal_key(tmp_path)
