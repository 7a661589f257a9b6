"""SVG → PNG, with the library of the extra `plot`."""

from __future__ import annotations

from factledger.errors import MissingExtra


def png_of(svg: str) -> bytes:
    """Return the drawing as a PNG on white, at twice its size, for dense screens.

    Raises `MissingExtra` where the extra is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        raise MissingExtra("PNG pictures", "resvg_py", "plot") from None
    return bytes(svg_to_bytes(svg_string=svg, background="white", zoom=2))
