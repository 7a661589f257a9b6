"""Tests that take seconds each, and of whose kind a quicker one is tried every time.

`FACTLEDGER_ALL_ROWS=1` tries them, as CI does, and so does a long run.
"""

from __future__ import annotations

RARE = frozenset(
    {
        "ledgers/us-chiefs-of-mission/README.md",
        "tests/browser/test_browser.py::test_a_large_site_shows_a_day_by_script",
        "tests/browser/test_browser.py::test_dark_colours_are_accessible",
        "tests/browser/test_browser.py::test_hostile_text_stays_text",
        "tests/browser/test_browser.py::test_previous_and_next_lead_along_and_back_again",
        "tests/browser/test_browser.py::test_quick_steps_are_all_counted",
        "tests/browser/test_browser.py::test_site_works_from_a_disk",
        "tests/browser/test_browser.py::test_the_first_claim_and_the_bars_are_in_sight[768]",
        "tests/cli/commands/test_mcp.py::test_an_agent_that_cannot_be_heard_or_answered_is_told_in_a_line",
        "tests/faults/test_crash_states.py::test_failed_syncs",
        "tests/faults/test_erased.py::test_killed_while_erasing",
        "tests/faults/test_flaws.py::test_other_flaw[erased-in-two]",
        "tests/faults/test_flaws.py::test_other_flaw[index-in-pieces]",
        "tests/faults/test_flaws.py::test_other_flaw[numbers-given-anew]",
        "tests/faults/test_killed_commands.py::test_killed_commands[checkpoint-4-sqlite]",
        "tests/faults/test_killed_commands.py::test_killed_commands[import-7-sqlite]",
        "tests/faults/test_limits.py::test_limits[sqlite]",
        "tests/faults/test_limits.py::test_read_only_media[sqlite]",
        "tests/faults/test_readers.py::test_readers[copy]",
        "tests/hostile/test_terminal.py::test_no_entry_acts_on_a_terminal_when_it_is_shown_or_explained",
        "tests/index/test_index.py::test_room_for_few_changes_no_answer",
        "tests/judges/test_judges.py::test_the_judges_say_of_other_sizes_what_we_say[metamorphic-log]",
        "tests/status/test_redactions.py::test_a_ledger_answers_after_any_erasure",
        "tests/test_mutation.py::test_trials_tell_what_is_killed_what_survives_and_what_never_ends",
        "tests/web/test_site.py::test_every_page_is_there_and_leads_only_to_files_that_are",
    }
)


def is_rare(nodeid: str) -> bool:
    """Return whether a test is one of these: by its file, its name, or its name with the row.

    >>> is_rare("tests/faults/test_readers.py::test_readers[copy]")
    True
    >>> is_rare("tests/faults/test_readers.py::test_readers[redact]")
    False
    """
    file = nodeid.partition("::")[0]
    return not RARE.isdisjoint((file, nodeid, nodeid.partition("[")[0]))
