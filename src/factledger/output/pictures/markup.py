"""SVG elements as text: every attribute and every word of a ledger escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from factledger.text import show


def element(name: str, *inside: str, **attributes: object) -> str:
    """Return an element; `inside` is markup, attributes are text, those of None are left out.

    A trailing underscore of a name falls away, and the others are hyphens.

    >>> element("text", words("a < b"), x=1, font_size=12, class_="axis", id=None)
    '<text x="1" font-size="12" class="axis">a &lt; b</text>'
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


def words(text: str) -> str:
    """Return text as markup; what hides or acts, or may not stand in XML, is shown as an escape."""
    return escape(show(text))


def drawing(
    size: tuple[int, int], title: str, description: str, parts: Iterable[str], prefix: str
) -> str:
    """Return a whole SVG document that a reader of screens can tell: a title and a description."""
    width, height = size
    return element(
        "svg",
        "\n",
        element("title", words(title), id=f"{prefix}-title"),
        "\n",
        element("desc", words(description), id=f"{prefix}-desc"),
        "\n",
        *(f"{part}\n" for part in parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        font_family="system-ui, 'DejaVu Sans', sans-serif",
        font_size=13,
        fill="currentColor",
    )
