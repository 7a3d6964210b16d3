"""Two shops that empty the queues of one API user are told apart before either takes the other's changes."""

import os
import time

import pytest

from specter_tui.journal.errors import QueueShared
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.queue_owners import Note
from tests.journal.orders import ALMA

USER = "1234 at https://api.example as 7"


def test_a_second_shop_on_this_machine_is_refused_until_it_has_a_user_of_its_own(tmp_path):
    first = Note(tmp_path, 1, USER)
    Note(tmp_path, 1, USER).close()
    with pytest.raises(QueueShared, match="shop 1 "):
        Note(tmp_path, 2, USER)
    Note(tmp_path, 2, "another user").close()
    Note(tmp_path, 3, "").close()
    first.close()
    with pytest.raises(QueueShared):
        Note(tmp_path, 2, USER)
    Note(tmp_path, 1, "").close()
    Note(tmp_path, 2, USER).close()


def test_a_note_of_a_program_that_ended_days_ago_counts_no_more_and_of_one_that_runs_it_does(tmp_path):
    first, old = Note(tmp_path, 1, USER), time.time() - 3 * 24 * 3600
    os.utime(tmp_path / "1", (old, old))
    with pytest.raises(QueueShared):
        Note(tmp_path, 2, USER)
    first.close()
    Note(tmp_path, 2, USER).close()


def test_shops_at_one_server_tell_of_each_other(server_url, tmp_path):
    with (
        open_journal(JournalLocation(tmp_path / "1", server_url), 1, ALMA) as one,
        open_journal(JournalLocation(tmp_path / "2", server_url), 2, ALMA) as two,
    ):
        one.empty_queues_of(USER)
        with pytest.raises(QueueShared, match="shop 1 "):
            two.empty_queues_of(USER)
        one.empty_queues_of("")
        two.empty_queues_of(USER)
