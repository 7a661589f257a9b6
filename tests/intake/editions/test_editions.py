"""The next edition of a file: what it changes is written, and nothing else."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from effort import LONG
from factledger import Close, Correct, Ledger, Refused, Retract, State
from factledger.intake import Map, import_edition, import_rows, new_ledger, survey_edition
from factledger.intake.maps.map_file import parse_map

# A list of artists in the shape of a museum's: 27,438 rows, of which a year later 606 are new, 28
# gone and 339 have other years. Made here; in a short run a seventieth of it.
ROWS, NEW, GONE, CHANGED = (27_438, 606, 28, 339) if LONG else (400, 12, 3, 7)
MAP = """
[ledger]
origin = "artists"

[[source]]
id = "{source}"
title = "A list of artists, {source}"

[[type]]
id = "active"
shape = "state"
group = "artists"
required = ["holder"]
key = ["holder"]
sentence = "{{holder}} was active"

[edition]
of = ["list-2024"]
{edition}

[row]
key = "artist-{{id}}"

[[row.actor]]
id = "artist-{{id}}"
category = "person"
names = "{{name}}"

[row.claim]
kind = "state"
type = "active"
holder = "artist-{{id}}"
since = {{ year = "{{begin}}" }}
until = {{ year = "{{end}}" }}
"""
Row = dict[str, str]


def given(source: str = "list-2025", edition: str = 'gone = "retract"') -> Map:
    """Return the map of an edition."""
    return parse_map(MAP.format(source=source, edition=edition), "m.toml")


def artists(count: int, first: int = 1) -> list[Row]:
    """Return rows of the list."""
    return [
        {"id": str(i), "name": f"Artist, {i}", "begin": str(1500 + i % 400), "end": str(1560 + i % 400)}
        for i in range(first, first + count)
    ]  # fmt: skip


def file(folder: Path, rows: Iterable[Row], name: str = "a.csv") -> str:
    """Return the path of a file with rows."""
    rows = list(rows)
    with (folder / name).open("w", encoding="utf-8", newline="") as into:
        writer = csv.DictWriter(into, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return str(folder / name)


def ledger_of(folder: Path, rows: Iterable[Row]) -> Ledger:
    """Return a ledger that holds the edition before."""
    path, before = file(folder, rows, "before.csv"), given("list-2024", "")
    into = new_ledger(before, "memory:", path)
    import_rows(into, before, path)
    return into


def kinds(ledger: Ledger, before: int) -> list[str]:
    """Return the kinds of the records behind an entry, but for declarations."""
    found = ledger.index.kinds(before + 1, len(ledger))
    return sorted(kind for kind in found if kind not in ("actor", "source", "type"))


def test_an_edition_of_a_museum_is_brought_in_by_its_differences(tmp_path: Path) -> None:
    """New rows, other years and rows that are gone are counted and written, whatever the order and columns."""
    old = artists(ROWS - NEW + GONE)
    into = ledger_of(tmp_path, old)
    chance = random.Random(7)
    left = old[:]
    chance.shuffle(left)
    left = left[GONE:]
    for row in left[:CHANGED]:
        row["end"] = str(int(row["end"]) + 1)
    rows = [*left, *artists(NEW, first=ROWS + 1_000)]
    chance.shuffle(rows)
    path = file(tmp_path, [{"uuid": f"u{i}", **row} for i, row in enumerate(rows)])

    expected = {"new": NEW, "changed": CHANGED, "gone": GONE, "same": ROWS - NEW - CHANGED}
    found = survey_edition(into, given(), path)
    assert (found.found.rows, found.changes) == (ROWS, expected)
    before = len(into)
    done = import_edition(into, given(), path, found=found)
    assert (done.before, done.after) == (before, len(into))
    written = ["correct"] * CHANGED + ["retract"] * GONE + ["state"] * NEW
    assert kinds(into, before) == written

    head = into.head
    again = import_edition(into, given(), path)
    assert again.found.changes == {"same": ROWS}
    assert into.head == head
    assert not LONG or into.check() == ()


def test_a_correction_gives_only_what_changed_and_cites_the_new_row(tmp_path: Path) -> None:
    """What the row says otherwise is named; who was in the ledger stays as declared."""
    old = artists(2)
    into = ledger_of(tmp_path, old)
    old[1] |= {"end": "1600", "name": "Another spelling"}
    import_edition(into, given(), file(tmp_path, old))
    (record,) = (e.record for e in into.entries() if isinstance(e.record, Correct))
    assert (record.changes, record.reason) == (("citations", "until"), "source-corrected")
    assert isinstance(record.record, State)
    (citation,) = record.record.citations
    assert (citation.source, (citation.locator or "")[:15]) == ("list-2025", "line 3, sha256 ")


def test_only_another_column_or_order_changes_nothing(tmp_path: Path) -> None:
    """Other lines and other hashes are no other claims, and the new source is not even declared."""
    into = ledger_of(tmp_path, artists(5))
    rows = [{"more": "x", **row} for row in reversed(artists(5))]
    done = import_edition(into, given(), file(tmp_path, rows))
    assert (done.before, done.after) == (len(into), len(into))
    assert not done.found.writes


def test_what_was_corrected_by_hand_stays_until_the_file_says_otherwise(tmp_path: Path) -> None:
    """A row that says what it said before does not undo a correction; one that says another thing does."""
    old = artists(2)
    into = ledger_of(tmp_path, old)
    target = into.find("artist-1").number
    into.append(
        {"kind": "correct", "target": target, "reason": "misread", "change": {"since": "1490"}}
    )
    assert import_edition(into, given(), file(tmp_path, old)).found.changes == {"same": 2}
    old[0]["end"] = "1570"
    assert import_edition(into, given(), file(tmp_path, old)).found.changes["changed"] == 1
    standing = into.belief().standing_reading(target)
    assert standing is not None
    claim = into.belief().reading(standing)
    assert isinstance(claim, State)
    assert (str(claim.since), str(claim.until)) == ("1490", "1570")
    old[0]["begin"] = "1495"
    import_edition(into, given(), file(tmp_path, old))
    assert import_edition(into, given(), file(tmp_path, old)).found.changes == {"same": 2}


CLOSE = 'gone = "close"\nuntil = "[2024..2025]"'


def test_what_is_gone_may_be_closed_and_come_back(tmp_path: Path) -> None:
    """A state without an end ends where the map says; when its row is there again, the end is taken back."""
    old = artists(3)
    old[0]["end"] = ""
    into = ledger_of(tmp_path, old)
    without = file(tmp_path, old[2:])
    assert survey_edition(into, given(edition=CLOSE), without).changes == {"same": 1, "gone": 1, "kept": 1}  # fmt: skip
    import_edition(into, given(edition=CLOSE), without)
    (close,) = (e.record for e in into.entries() if isinstance(e.record, Close))
    assert str(close.until) == "[2024..2025]"
    assert close.citations[0].locator == "not among its 1 rows"
    head = into.head
    assert not import_edition(into, given(edition=CLOSE), without).found.writes
    assert into.head == head
    with_all = file(tmp_path, old)
    assert survey_edition(into, given(edition=CLOSE), with_all).changes == {"same": 2, "again": 1}
    import_edition(into, given(edition=CLOSE), with_all)
    (back,) = (e.record for e in into.entries() if isinstance(e.record, Retract))
    assert back.reason == "in the list again; list-2025, line 2"
    assert import_edition(into, given(edition=CLOSE), with_all).found.changes == {"same": 3}


@pytest.mark.parametrize(("edition", "changes"), [("", {"same": 1, "kept": 2}), ('gone = "keep"', {"same": 1, "kept": 2})])  # fmt: skip
def test_what_is_gone_is_kept_where_the_map_does_not_say(
    edition: str, changes: dict[str, int], tmp_path: Path
) -> None:
    """Nothing is taken back because a file is shorter, unless the map says so."""
    into = ledger_of(tmp_path, artists(3))
    assert (
        survey_edition(into, given(edition=edition), file(tmp_path, artists(1))).changes == changes
    )


def test_what_was_taken_back_is_asserted_anew_when_its_row_is_back(tmp_path: Path) -> None:
    """A claim that went with one edition comes with a later one, under the same key."""
    into = ledger_of(tmp_path, artists(2))
    import_edition(into, given(), file(tmp_path, artists(1)))
    assert import_edition(into, given(), file(tmp_path, artists(2))).found.changes == {"same": 1, "new": 1}  # fmt: skip
    assert into.check() == ()


def test_a_row_of_another_type_takes_the_place_of_the_whole_claim(tmp_path: Path) -> None:
    """Where a map makes another type of the row, the correction gives the whole claim."""
    into = ledger_of(tmp_path, artists(1))
    other = MAP.replace('id = "active"', 'id = "lived"').replace(
        'type = "active"', 'type = "lived"'
    )
    map_ = parse_map(other.format(source="list-2025", edition=""), "m.toml")
    import_edition(into, map_, file(tmp_path, artists(1)))
    (record,) = (e.record for e in into.entries() if isinstance(e.record, Correct))
    assert (record.changes, record.record.type) == ((), "lived")  # type: ignore[union-attr]


def told(into: Ledger, rows: Iterable[Row], folder: Path, map_: Map | None = None) -> list[str]:
    """Return the problems of an edition."""
    found = survey_edition(into, map_ or given(), file(folder, rows), name="a.csv")
    return list(map(str, found.found.problems))


def test_what_cannot_be_compared_is_told(tmp_path: Path) -> None:
    """A key twice, a key of another's claim, a wrong date: each with its line, and nothing is written."""
    into = ledger_of(tmp_path, artists(1))
    into.append(
        {"kind": "state", "type": "active", "holder": "artist-1", "since": "1500", "until": "",
         "label": "artist-9", "source": "list-2024", "locator": "p. 3"}
    )  # fmt: skip
    rows = [*artists(2), *artists(1), *artists(1, first=9), *artists(1, first=3)]
    rows[-1] |= {"begin": "1600"}
    assert told(into, rows, tmp_path) == [
        "a.csv:4: import-operation: 'artist-1' is the key of line 2 too; give each row a key of its own",
        "a.csv:5: import-changed: 'artist-9' is #6 already, which is no row of list-2024, list-2025; give another key",
        "a.csv:6: date-order: until '1563' is before since '1600'; correct one of them",
    ]
    with pytest.raises(Refused):
        import_edition(into, given(), file(tmp_path, rows))


def test_after_very_many_problems_the_rest_is_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A map of another file is told by its first rows."""
    monkeypatch.setattr("factledger.intake.editions.revising.MOST_PROBLEMS", 1)
    monkeypatch.setattr("factledger.intake.editions.revising._TRIED", 1)
    into, rows = ledger_of(tmp_path, artists(1)), artists(9, first=2)
    for row in rows:
        row["end"] = "1000"
    assert len(told(into, rows, tmp_path)) == 1


def test_with_rows_left_out_nothing_is_taken_as_gone(tmp_path: Path) -> None:
    """Which claim a row that cannot be read was about is not known: what seems gone is kept."""
    into = ledger_of(tmp_path, artists(3))
    rows = artists(2)
    rows[1] |= {"end": "1600-13"}
    path = file(tmp_path, rows)
    found = survey_edition(into, given(), path, reject=True)
    assert found.changes == {"same": 1, "kept": 2}
    assert [*found.found.rejected] == [3]
    assert not found.writes
    rows[0] |= {"end": "1599"}
    path = file(tmp_path, rows)
    found = survey_edition(into, given(), path, reject=True)
    into.append({"kind": "actor", "id": "x", "category": "person", "names": ["X"]})
    done = import_edition(into, given(), path, found=found)
    assert (done.found.changes["changed"], done.after - done.before) == (1, 2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('[row]\n', '[row]\nrecorded = "2020-01-01"\n', "m.toml: import-map: an edition is recorded now; leave out [row] recorded"),
        ("[[source]]", '[[source]]\nid = "b"\ntitle = "B"\n[[source]]', "m.toml: import-map: an edition is one source; declare one [[source]]"),
    ],
)  # fmt: skip
def test_a_map_that_is_of_no_edition(old: str, new: str, message: str, tmp_path: Path) -> None:
    """What is dated elsewhere, or of several sources, is no edition."""
    into, text = ledger_of(tmp_path, artists(1)), MAP.format(source="list-2025", edition="")
    text = text.replace(old, new, 1).replace("[row.claim]", '[row.claim]\nsource = "list-2025"')
    with pytest.raises(Refused) as refused:
        told(into, artists(1), tmp_path, parse_map(text, "m.toml"))
    assert str(refused.value) == message


def test_rows_of_an_edition_assert(tmp_path: Path) -> None:
    """A row that says itself what it corrects is no row of an edition."""
    text = MAP.format(source="list-2025", edition="").replace(
        "[row]\n", '[row]\noperation = "correct"\n'
    )
    assert told(ledger_of(tmp_path, artists(1)), artists(1), tmp_path, parse_map(text, "m.toml")) == [
        "a.csv:2: import-operation: rows of an edition assert, so that what is gone can be told; "
        "this one would correct"
    ]  # fmt: skip


def test_an_edition_that_was_interrupted_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written stays, and the same again writes the rest."""
    monkeypatch.setattr("factledger.intake.editions.revising._WRITTEN", 2)
    into, path = ledger_of(tmp_path, artists(1)), file(tmp_path, artists(7))
    calls = 0

    def stop(rows: int) -> None:
        nonlocal calls
        calls += rows
        if calls == 5:
            raise KeyboardInterrupt

    found = survey_edition(into, given(), path)
    with pytest.raises(KeyboardInterrupt):
        import_edition(into, given(), path, found=found, on_rows=stop)
    assert import_edition(into, given(), path).found.changes == {"same": 3, "new": 4}
    assert into.check() == ()


def test_too_many_rows_of_an_edition_that_are_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with a first file, a map of another file is not taken for a file that is all wrong."""
    monkeypatch.setattr("factledger.intake.wrong_rows.MOST_REJECTED", 1)
    into, rows = ledger_of(tmp_path, artists(1)), artists(2, first=2)
    for row in rows:
        row["end"] = "1000"
    found = survey_edition(into, given(), file(tmp_path, rows), reject=True)
    assert [p.message for p in found.problems] == [
        "more than 1 rows are wrong; is it the map of this file?"
    ]
