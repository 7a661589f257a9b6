"""Tests that take seconds each, and of whose kind a quicker one is tried every time.

`FACTLEDGER_ALL_ROWS=1` tries them, as CI does, and so does a long run.
"""

from __future__ import annotations

RARE = frozenset(
    {
        "docs/how-to/test-your-projection.md",
        "ledgers/us-chiefs-of-mission/README.md",
        "tests/browser/test_adding.py::test_selected_words_are_the_quote",
        "tests/browser/test_browser.py::test_a_large_site_shows_a_day_by_script",
        "tests/browser/test_browser.py::test_dark_colours_are_accessible",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[actors]",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[all]",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[difference]",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[entries]",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[post]",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[relationship]",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[said]",
        "tests/browser/test_browser.py::test_every_page_is_accessible_and_fits_a_telephone[source]",
        "tests/browser/test_browser.py::test_hostile_text_stays_text",
        "tests/browser/test_browser.py::test_previous_and_next_lead_along_and_back_again",
        "tests/browser/test_browser.py::test_quick_steps_are_all_counted",
        "tests/browser/test_browser.py::test_site_works_from_a_disk",
        "tests/browser/test_browser.py::test_the_first_claim_and_the_bars_are_in_sight[1280]",
        "tests/browser/test_browser.py::test_the_first_claim_and_the_bars_are_in_sight[768]",
        "tests/browser/test_browser.py::test_the_page_of_an_error_is_accessible",
        "tests/cli/commands/test_mcp.py::test_an_agent_that_cannot_be_heard_or_answered_is_told_in_a_line",
        "tests/cli/test_group.py::test_example_runs_as_it_stands[factledger site pages]",
        "tests/intake/parts/test_parts.py::test_a_cluster_makes_the_same_lines",
        "tests/intake/parts/test_parts.py::test_a_command_that_is_killed_goes_on",
        "tests/intake/parts/test_parts.py::test_processes_make_the_same_lines",
        "tests/cli/test_output_files.py::test_an_export_is_made_again_where_it_is_forced[plot -o p.png]",
        "tests/cli/test_progress.py::test_an_interrupted_copy_on_a_terminal",
        "tests/faults/test_crash_states.py::test_crash_states[copy-jsonl]",
        "tests/faults/test_crash_states.py::test_crash_states[create-sqlite]",
        "tests/faults/test_crash_states.py::test_crash_states[recover-sqlite]",
        "tests/faults/test_crash_states.py::test_failed_syncs",
        "tests/faults/test_erased.py::test_erased[old-other-120]",
        "tests/faults/test_erased.py::test_erased[old-usual-120]",
        "tests/faults/test_erased.py::test_erased[old-usual-1]",
        "tests/faults/test_erased.py::test_erased[other-other-120]",
        "tests/faults/test_erased.py::test_erased[other-other-1]",
        "tests/faults/test_erased.py::test_erased[other-usual-120]",
        "tests/faults/test_erased.py::test_erased[other-usual-1]",
        "tests/faults/test_erased.py::test_erased[usual-other-1]",
        "tests/faults/test_erased.py::test_erased[usual-usual-120]",
        "tests/faults/test_erased.py::test_killed_while_erasing",
        "tests/faults/test_flaws.py::test_a_missing_sync_is_found_by_a_power_cut[sqlite-synchronous-off]",
        "tests/faults/test_flaws.py::test_other_flaw[erased-in-two]",
        "tests/faults/test_flaws.py::test_other_flaw[index-in-pieces]",
        "tests/faults/test_flaws.py::test_other_flaw[itself-not-locked]",
        "tests/faults/test_flaws.py::test_other_flaw[lock-let-go]",
        "tests/faults/test_flaws.py::test_other_flaw[numbers-given-anew]",
        "tests/faults/test_flaws.py::test_other_flaw[others-not-seen]",
        "tests/faults/test_flaws.py::test_other_flaw[statement-left-open]",
        "tests/faults/test_full_disk.py::test_short_writes[copy-jsonl]",
        "tests/faults/test_killed_commands.py::test_killed_commands[checkpoint-4-sqlite]",
        "tests/faults/test_killed_commands.py::test_killed_commands[import-7-sqlite]",
        "tests/faults/test_killed_commands.py::test_killed_commands[redact-0-jsonl]",
        "tests/faults/test_limits.py::test_limits[jsonl]",
        "tests/faults/test_limits.py::test_limits[sqlite]",
        "tests/faults/test_limits.py::test_read_only_media[jsonl]",
        "tests/faults/test_limits.py::test_read_only_media[sqlite]",
        "tests/faults/test_readers.py::test_readers[copy]",
        "tests/faults/test_readers.py::test_readers[reindex]",
        "tests/faults/test_readers.py::test_slow_readers[jsonl-changes]",
        "tests/faults/test_readers.py::test_slow_readers[jsonl-claims]",
        "tests/faults/test_readers.py::test_slow_readers[jsonl-entries]",
        "tests/faults/test_readers.py::test_slow_readers[jsonl-lines]",
        "tests/faults/test_readers.py::test_slow_readers[jsonl-of one]",
        "tests/faults/test_readers.py::test_slow_readers[sqlite-changes]",
        "tests/faults/test_readers.py::test_slow_readers[sqlite-claims]",
        "tests/faults/test_readers.py::test_slow_readers[sqlite-entries]",
        "tests/faults/test_readers.py::test_slow_readers[sqlite-lines]",
        "tests/faults/test_writers.py::test_writers_whose_locks_are_tidied_away[jsonl]",
        "tests/hostile/test_bombs.py::test_commands_grow_with_the_file[ledger.db-words1-actor_corrected]",
        "tests/hostile/test_growth.py::test_a_draft_of_very_many_citations_is_refused_before_they_are_looked_for",
        "tests/hostile/test_growth.py::test_a_lost_seal_of_a_long_passage_is_not_looked_for_endlessly",
        "tests/hostile/test_terminal.py::test_no_entry_acts_on_a_terminal_when_it_is_shown_or_explained",
        "tests/index/test_index.py::test_room_for_few_changes_no_answer",
        "tests/intake/test_intake.py::test_import_that_is_stopped_between_batches",
        "tests/judges/test_judges.py::test_the_judges_say_of_other_sizes_what_we_say[metamorphic-log]",
        "tests/log/stores/postgres/test_postgres_load.py::test_what_was_acknowledged_survives_kills",
        "tests/log/stores/postgres/test_postgres_restore.py::test_a_restore_to_a_named_point_is_refused_until_it_is_accepted",
        "tests/log/stores/test_locks.py::test_a_pool_of_forked_processes_reads_while_a_thread_appends[ledger.db]",
        "tests/log/stores/test_locks.py::test_who_appends_in_a_thread_holds_up_nobody_in_a_forked_process[ledger.jsonl]",
        "tests/scaling/test_folding.py::test_what_bears_on_all_folds_all_again",
        "tests/scaling/test_running.py::test_a_process_that_was_killed_is_started_again",
        "tests/scaling/test_running.py::test_a_task_that_kills_every_process_is_given_up",
        "tests/status/test_redactions.py::test_a_ledger_answers_after_any_erasure",
        "tests/test_mutation.py::test_trials_tell_what_is_killed_what_survives_and_what_never_ends",
        "tests/testing/laws/test_laws.py::test_a_law_finds_the_bug_that_it_is_said_to_find[no clock: no answer goes beyond the day on which it is asked]",
        "tests/testing/laws/test_projections.py::test_what_a_broken_law_says_is_its_sentence_and_a_small_ledger",
        "tests/web/pages/test_pages.py::test_every_page_of_the_article_is_well_formed_and_leads_only_to_pages",
        "tests/web/test_site.py::test_every_change_day_has_a_page",
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
