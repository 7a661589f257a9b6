"""How Sphinx makes a site of the pages; `./check --site` runs it.

The pages stay plain Markdown, which reads the same on the site, in an editor and where the repository
is hosted. So no page holds a table of contents for Sphinx: it is read off the lists of `index.md`.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

project = "factledger"
release = metadata.version(project)

extensions = ["myst_parser"]
include_patterns = ["*.md", "docs/**.md", "ledgers/*/README.md"]
root_doc = "docs/index"
nitpicky = True  # a link that leads nowhere is a warning
myst_heading_anchors = 6  # each heading can be linked to, by the name that it has elsewhere

html_theme = "furo"  # its fonts, styles and scripts are in its package
html_title = f"{project} {release}"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False

SECTION = re.compile(r"^## (.+)\n((?:(?!## ).*\n)*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)\.md\)")
FOREIGN = re.compile(
    r"""<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=["']?(?:https?:)?//[^\s>]*"""
)


def contents(index: str) -> str:
    """Return the table of contents that the lists of the index make, a part for each heading."""
    return "".join(
        "\n".join(["\n```{toctree}", ":hidden:", f":caption: {heading}", "", *pages, "```\n"])
        for heading, section in SECTION.findall(index)
        if (pages := LINK.findall(section))
    )


def add_contents(_app: Sphinx, page: str, source: list[str]) -> None:
    """Give the index its table of contents."""
    if page == root_doc:
        source[0] += contents(source[0])


def add_start(app: Sphinx, failure: Exception | None) -> None:
    """Let the root of the site lead to the index."""
    if failure is None:
        start = f'<meta http-equiv="refresh" content="0; url={root_doc}.html">\n'
        Path(app.outdir, "index.html").write_text(start, encoding="utf-8")


def warn_of_other_hosts(app: Sphinx, failure: Exception | None) -> None:
    """Warn when a page would load anything from another host."""
    if failure is None:
        for page in sorted(Path(app.outdir).rglob("*.html")):
            for loading in FOREIGN.findall(page.read_text(encoding="utf-8")):
                logging.getLogger(__name__).warning("%s loads from another host: %s", page, loading)


def setup(app: Sphinx) -> None:
    """Tie the functions above to the steps of Sphinx."""
    app.connect("source-read", add_contents)
    app.connect("build-finished", add_start)
    app.connect("build-finished", warn_of_other_hosts)
