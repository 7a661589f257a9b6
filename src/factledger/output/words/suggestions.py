"""What is likely one thing in words: the reason, and the record that says so."""

from __future__ import annotations

import json
from collections.abc import Iterator

from factledger.output.words.dates import standing_dates
from factledger.output.words.sources import source_in_words
from factledger.records.sentences.grammar import with_number
from factledger.status.standings import Standing
from factledger.views.agreement.suggestions import Suggestion
from factledger.views.view import View


def suggestion_reason(found: Suggestion, view: View) -> str:
    """Return why two standings are likely one thing."""
    sources = " and ".join(
        source_in_words(one.citations[0].source, view.belief) for one in (found.one, found.other)
    )
    return f"{sources} tell of the same participants, {_times(found)}"


def _times(found: Suggestion) -> str:
    if found.apart:
        return (
            f"{with_number(found.apart, 'day')} apart, so as one thing their dates are in dispute"
        )
    return "at the same time" if found.exact else "at times that can be the same"


def suggestion_draft(found: Suggestion, view: View) -> Iterator[str]:
    """Yield the lines of a TOML draft that identifies two claims, below what they say as comments."""
    for standing in (found.one, found.other):
        yield f"# {standing_told(standing)}"
    one, other = found.numbers
    yield "[[identify]]"
    yield f'claims = ["#{one}", "#{other}"]'
    yield 'verdict = "same"'
    yield f"reason = {json.dumps(suggestion_reason(found, view), ensure_ascii=False)}"


def standing_told(standing: Standing) -> str:
    """Return a standing in words with its entry and dates."""
    dates = standing_dates(standing)
    label = f" {standing.claim.label}" if standing.claim.label else ""
    return f"#{standing.number}{label} {standing.sentence}{f' ({dates})' if dates else ''}"
