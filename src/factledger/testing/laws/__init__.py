"""The laws of a ledger, each a sentence and a check that draws its own examples.

Run them as property tests::

    @pytest.mark.parametrize("law", [*LAWS, *projection_laws(MINE)], ids=str)
    @given(st.data())
    def test_laws(law, data):
        law.check(data.draw)
"""

from __future__ import annotations

from factledger.testing.laws import (
    arriving,
    chains,
    days,
    differing,
    erasing,
    keeping,
    knowing,
    periods,
    together,
    writing,
)
from factledger.testing.laws.law import Law
from factledger.testing.laws.projections import check_projection, projection_laws

__all__ = ["LAWS", "Law", "check_projection", "projection_laws"]

LAWS: tuple[Law, ...] = (
    *knowing.LAWS,
    *chains.LAWS,
    *days.LAWS,
    *periods.LAWS,
    *together.LAWS,
    *arriving.LAWS,
    *keeping.LAWS,
    *writing.LAWS,
    *erasing.LAWS,
    *differing.LAWS,
)
"""The laws of every ledger, in the order in which the documentation tells them."""
