"""SVG elements as text: every attribute and every word of a ledger escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from factledger.text import show


def element(name: str, *inside: str, **attributes: object) -> str:
    """Return an element; `inside` is markup, attributes are text; an attribute of None is left out.

    A trailing underscore of a name is dropped; the others become hyphens.

    >>> element("text", words("a < b"), x=1, font_size=12, class_="axis", id=None)
    '<text x="1" font-size="12" class="axis">a &lt; b</text>'
    """
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{words(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{pairs}>{''.join(inside)}</{name}>" if inside else f"<{name}{pairs}/>"


def words(text: str) -> str:
    """Return text as markup; characters that hide, act or are not allowed in XML become escapes."""
    return escape(show(text))


def drawing(
    size: tuple[int, int], title: str, description: str, parts: Iterable[str], prefix: str
) -> str:
    """Return a whole SVG document, with a title and a description for screen readers."""
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
