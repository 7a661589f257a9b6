"""Text of a ledger → Markdown that shows this text and does nothing else."""

from __future__ import annotations

import re

from factledger.text import show

_ACTING = re.compile(
    r"[\\`*_{}\[\]<>~|^$@]"
    r"|&(?=[#\w])"  # an entity
    r"|=(?==)|(?<==)="  # a highlight
    r"|:(?=//|[A-Za-z_+-][\w+-]*:)"  # a link that some readers make of an address, or a picture of a word
    r"|(?<=\bwww)\."
)
_BEGINNING = re.compile(r"^([-+#=]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"https?://[!-;=?-~]+")


def plain(text: str) -> str:
    r"""Return Markdown of one line that shows the text, whatever it holds.

    Runs of blanks become one; what hides or acts in a terminal is shown as an escape.

    >>> print(plain("<b>*Ten* [points]</b>"), plain("1. # no list"))
    \<b\>\*Ten\* \[points\]\</b\> 1\. # no list
    """
    line = " ".join(show(text).split())
    escaped = _ACTING.sub(lambda match: f"\\{match[0]}", line)
    begun = _BEGINNING.match(escaped)
    if begun and begun[0].isdigit():
        escaped = f"{begun[0]}\\{escaped[begun.end() :]}"
    elif begun:
        escaped = f"\\{escaped}"
    return re.sub(r"#$", r"\\#", escaped) if len(escaped) > 2 else escaped


def web_link(url: str) -> str:
    """Return an address of the web as a link, any other as text.

    >>> web_link("https://example.org/a?b=c"), web_link("javascript:alert(1)")
    ('<https://example.org/a?b=c>', 'javascript:alert(1)')
    """
    return f"<{url}>" if _ADDRESS.fullmatch(url) else plain(url)
