"""SVG → PNG, with the library of the extra `plot`, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from zlib import crc32

from factledger.errors import MissingExtra

_HEADER = 33  # bytes of the signature and of the first chunk

# Where memory runs out, the library ends the process that it is in, and leaves an image of it.
_DRAW = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from resvg_py import svg_to_bytes
svg = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(bytes(svg_to_bytes(svg_string=svg, background="white", zoom=2)))
"""
_MEMORY = (b"MemoryError", b"failed to map", b"cannot allocate", b"memory allocation")


def png_of(svg: str) -> bytes:
    """Return the drawing as a PNG on white, at twice its size, for dense screens.

    Raises `MissingExtra` where the extra is not installed, and `MemoryError` where the drawing takes
    more memory than there is.
    """
    if find_spec("resvg_py") is None:
        raise MissingExtra("PNG pictures", "resvg_py", "plot")
    path = os.pathsep.join(filter(None, sys.path))  # of this process, however it came by it
    drawn = subprocess.run(  # noqa: S603 - what it runs is written above
        [sys.executable, "-P", "-c", _DRAW],
        env={**os.environ, "PYTHONPATH": path},
        input=svg.encode(),
        capture_output=True,
        check=False,
    )
    if drawn.returncode:
        raise _failed(drawn.returncode, drawn.stderr)
    return _signed(drawn.stdout)


def _failed(code: int, said: bytes) -> Exception:
    """Return what to raise where nothing was drawn; a process that was ended wanted too much."""
    if code < 0 or any(word in said for word in _MEMORY):
        return MemoryError("to draw a PNG; an SVG takes less")
    last = said.decode(errors="replace").strip().rpartition("\n")[2]
    return RuntimeError(f"no PNG was drawn: {last}")


def _signed(png: bytes) -> bytes:
    """Return a PNG that says, behind its header, what made it."""
    said = b"tEXtSoftware\0factledger"
    chunk = (len(said) - 4).to_bytes(4) + said + crc32(said).to_bytes(4)
    return png[:_HEADER] + chunk + png[_HEADER:]
