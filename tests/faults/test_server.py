"""The most important faults again, with the journal in a PostgreSQL server."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.faults import test_answers as answers
from tests.faults import test_kills as kills
from tests.faults import test_leaving as leaving
from tests.faults import test_operators as operators
from tests.faults import test_other_version as other_version
from tests.faults import test_stop as stop
from tests.faults.conftest import machines
from tests.faults.world import Machine


@pytest.fixture
def at_server(request: pytest.FixtureRequest, server_url: str, tmp_path: Path) -> Iterator[Callable[..., Machine]]:
    """Make machines that share one server's journal, as hosts do."""
    with machines(request, tmp_path, JOURNAL__URL=server_url) as make:
        yield make


STORIES = {
    "fault 1": kills.test_fault_01_killed_before_the_claim_commit,
    "fault 2": partial(
        kills.test_fault_02_03_killed_at_the_customer_goes_on_by_itself_where_a_match_rule_is_on,
        point="after claims.claim",
        made=0,
    ),
    "fault 3": partial(
        kills.test_fault_02_03_killed_at_the_customer_asks_the_operator_where_both_boxes_are_ticked,
        point="before results.customer_known",
    ),
    "fault 4": partial(
        kills.test_fault_04_killed_between_customer_and_order_sends_the_matched_customer_again,
        point="after results.customer_known",
    ),
    "fault 5": partial(
        kills.test_fault_05_killed_after_the_order_call_where_copies_are_refused, point="before results.exported"
    ),
    "fault 6": partial(kills.test_fault_06_killed_after_the_order_call_where_copies_are_taken, point="in the call"),
    "fault 7": partial(
        kills.test_fault_07_killed_before_the_write_back_is_on_file, point="before write_backs.done_many"
    ),
    "fault 10": leaving.test_fault_10_a_stop_that_does_not_wait_ends_in_unknown,
    "fault 11": answers.test_fault_11_no_answer_in_time_and_specter_commits_later,
    "fault 12": partial(answers.test_fault_12_no_answer_in_time_and_specter_never_commits, refuses=True),
    "fault 13": answers.test_fault_13_an_answer_that_comes_after_our_time_is_nobodys,
    "fault 17": partial(answers.test_fault_17_specter_dies_while_it_answers, refuses=True),
    "fault 21": operators.test_fault_21_eight_programs_asked_for_the_same_orders_make_one_claim_each,
    "fault 21 on other screens": operators.test_fault_21_what_one_program_does_shows_at_all_others_within_a_second,
    "fault 22": partial(operators.test_fault_22_the_watch_and_a_key_at_the_same_order, first="watch"),
    "fault 23": kills.test_fault_23_a_batch_of_100_is_killed_at_number_37,
    "fault 38": kills.test_fault_38_an_order_on_which_the_program_dies_twice_is_left_and_the_others_go_on,
    "fault 55": other_version.test_fault_55_a_service_sends_nothing_more_and_ends_with_2,
    "fault 57": partial(
        stop.test_fault_57_killed_while_a_number_is_typed_corrected_or_taken_back, when="after", verb="decisions.reopen"
    ),
    "fault 58": stop.test_fault_58_a_bulk_of_200_is_stopped_by_another_program,
}


@pytest.mark.parametrize("name", STORIES)
def test_the_same_holds_at_a_server(at_server, name):
    STORIES[name](machine=at_server)
