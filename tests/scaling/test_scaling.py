"""A ledger on many processes gives the answers of one, whatever its parts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from effort import few_examples
from factledger.dates.days import Day
from factledger.scaling import fold_parts, rows_in, seal_lines, whole_digest
from factledger.scaling.rows import rows_of
from factledger.status.timeline import Timeline
from factledger.testing.history import History, histories


@few_examples
@given(histories(), st.data())
def test_parts_give_the_answers_of_the_whole(history: History, data: st.DataObject) -> None:
    """At any cut, whatever the segments and parts, the rows are those of the whole, each once."""
    ledger = history.ledger()
    recorded = data.draw(st.integers(1, len(ledger)), "recorded")
    published = data.draw(st.none() | st.just(Day.parse("2021-06-01")), "published")
    belief = ledger.belief(recorded, published)
    whole = rows_of(Timeline(belief).tracks(belief.claims()), int)
    with TemporaryDirectory() as name:
        folder = Path(name)
        seal_lines(ledger._kept.store, folder, size=data.draw(st.sampled_from([2, 8, 64]), "size"))
        least = data.draw(st.integers(0, 12), "least")
        found = fold_parts(folder, recorded=recorded, published=published, least=least)
        assert sorted(rows_in(found)) == sorted(whole)
        assert found.digest == whole_digest(belief)
