"""The values of a page → HTML; everything that comes from a ledger is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from factledger.dates.wording.told import date_words
from factledger.errors import MissingExtra
from factledger.output.words.dates import asked_on
from factledger.text import show
from factledger.web.urls import Links

if TYPE_CHECKING:
    from jinja2 import Environment


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates; raises `MissingExtra` without the package that reads them."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ModuleNotFoundError:
        raise MissingExtra("pages", "jinja2", "web") from None
    made = Environment(
        loader=PackageLoader("factledger.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=visible,
    )
    made.globals.update({"with": chosen_with, "without": chosen_without})
    made.filters.update({"in_words": date_words, "asked_on": asked_on})
    return made


def chosen_with(asked: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    """Return the parameters of a search that is kept to one more value."""
    return {**asked, name: value}


def chosen_without(asked: Mapping[str, str], name: str) -> dict[str, str]:
    """Return the parameters of a search that is no longer kept to a value."""
    return {key: held for key, held in asked.items() if key != name}


def visible(value: Any) -> Any:
    """Return a text with escapes for characters that hide or act; other values as they are."""
    return show(value, newlines=True) if type(value) is str else value


def html(name: str, link: Links, **values: Any) -> str:
    """Return a page as HTML: the template of a name, filled with values."""
    return templates().get_template(f"{name}.html").render(link=link, **values)
