"""Text of a ledger as Markdown that says it and does nothing else."""

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
    r"""Return the text as Markdown of one line that is read as this text, whatever it holds.

    Runs of blanks become one; what hides or acts in a terminal is shown as an escape.

    >>> print(plain("<b>*Ten* [points]</b>"), plain("1. # no list"))
    \<b\>\*Ten\* \[points\]\</b\> 1\. # no list
    """
    line = " ".join(show(text).split())
    escaped = _ACTING.sub(lambda found: f"\\{found[0]}", line)
    begun = _BEGINNING.match(escaped)
    if begun and begun[0].isdigit():
        escaped = f"{begun[0]}\\{escaped[begun.end() :]}"
    elif begun:
        escaped = f"\\{escaped}"
    return re.sub(r"#$", r"\\#", escaped) if len(escaped) > 2 else escaped


def address(url: str) -> str:
    """Return an address as a link, where it is one of the web; else as text.

    >>> address("https://example.org/a?b=c"), address("javascript:alert(1)")
    ('<https://example.org/a?b=c>', 'javascript:alert(1)')
    """
    return f"<{url}>" if _ADDRESS.fullmatch(url) else plain(url)
