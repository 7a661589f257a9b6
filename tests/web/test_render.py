"""Templates: what they escape and what they know."""

from __future__ import annotations

import pytest

from factledger.web.render import templates


def test_templates_escape_and_know_every_name() -> None:
    """What a template writes is escaped unless it is markup, and an unknown name is an error."""
    from jinja2 import UndefinedError

    assert templates().from_string("{{ x }}").render(x="<&>\u202e") == "&lt;&amp;&gt;\\u202e"
    with pytest.raises(UndefinedError):
        templates().from_string("{{ y }}").render()
