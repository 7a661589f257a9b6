"""What type checkers are to refuse, each line of it."""

from __future__ import annotations

from factledger import CONTACTS, Event, Ledger

Ledger.create("memory:", origin="o", clok=None)  # refused
ledger = Ledger.open("memory:", behnd=True)  # refused
ledger.append({}, expct=1)  # refused
ledger.append({}, text={})  # refused
ledger.try_append({}, expect=1)  # refused
ledger.redact(1, reason="r", authority="a", time_out=1)  # refused
ledger.as_of("2023", publishd="2024")  # refused
ledger.vintages("2023", betwen=("A", "B"))  # refused
ledger.changes(record=3)  # refused
ledger.fold(CONTACTS, recordd=3)  # refused
ledger.series(CONTACTS, "2022", "2023", entri=3)  # refused
ledger.difference("2022", "2023", betwen=("A", "B"))  # refused
ledger.steps(3, "2023", publishd="2024")  # refused
Event(type="AGREE", wen="2023", participants=[], citations=[])  # refused
