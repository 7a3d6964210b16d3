"""Two programs that empty the queues of one API user are detected before either takes the other's changes."""

import os
import time
from datetime import timedelta

import pytest

from specter_tui.journal.errors import QueueShared
from specter_tui.journal.goods_models import QueueUse
from specter_tui.journal.location import JournalLocation
from specter_tui.journal.models import LeaseTaken
from specter_tui.journal.opening import open_journal
from specter_tui.journal.safety.queue_owners import Note, noted_sharers
from tests.journal.orders import ALMA

LEASE = timedelta(minutes=1)
USER = "1234 at https://api.example as 7"


def use(*shops: int, user: str = USER) -> QueueUse:
    return QueueUse(user, frozenset(shops))


NOTHING = QueueUse()


def made_old(folder, shop: int) -> None:
    old = time.time() - 3 * 24 * 3600
    os.utime(folder / str(shop), (old, old))


def test_a_second_shop_on_this_machine_is_refused_until_it_has_a_user_of_its_own(tmp_path):
    first = Note(tmp_path, 1, use(1))
    Note(tmp_path, 1, use(1)).close()
    with pytest.raises(QueueShared, match="shop 1 "):
        Note(tmp_path, 2, use(2))
    Note(tmp_path, 2, use(2, user="another user")).close()
    Note(tmp_path, 3, NOTHING).close()
    first.close()
    with pytest.raises(QueueShared):
        Note(tmp_path, 2, use(2))
    Note(tmp_path, 1, NOTHING).close()
    Note(tmp_path, 2, use(2)).close()


def test_a_note_of_a_program_that_ended_days_ago_counts_no_more_and_of_one_that_runs_it_does(tmp_path):
    first = Note(tmp_path, 1, use(1))
    made_old(tmp_path, 1)
    with pytest.raises(QueueShared):
        Note(tmp_path, 2, use(2))
    first.close()
    made_old(tmp_path, 1)
    Note(tmp_path, 2, use(2)).close()


def test_the_day_of_a_note_begins_when_its_program_was_last_seen(tmp_path):
    first = Note(tmp_path, 1, use(1))
    made_old(tmp_path, 1)
    first.close()
    with pytest.raises(QueueShared):
        Note(tmp_path, 2, use(2))


def test_the_shops_of_one_program_and_of_another_one_for_the_same_shops_let_each_other_in(tmp_path):
    held = [Note(tmp_path, shop, use(1, 2)) for shop in (2, 1, 1, 2)]
    for alone in (1, 2):
        with pytest.raises(QueueShared) as refused:
            Note(tmp_path, alone, use(alone))
        assert refused.value.with_us
    with pytest.raises(QueueShared):
        Note(tmp_path, 3, use(3))
    with pytest.raises(QueueShared):
        Note(tmp_path, 1, use(1, 2, 3))
    for one in held:
        one.close()
    Note(tmp_path, 3, use(1, 2, 3)).close()


def test_a_program_that_serves_one_of_them_alone_keeps_out_the_others_while_it_runs(tmp_path):
    alone = Note(tmp_path, 1, use(1))
    for shop in (1, 2):
        with pytest.raises(QueueShared, match="shop 1 "):
            Note(tmp_path, shop, use(1, 2))
    alone.close()
    Note(tmp_path, 2, use(1, 2)).close()


def test_a_shop_that_was_served_with_this_one_a_moment_ago_is_named_for_a_day(tmp_path):
    for shop in (1, 2):
        Note(tmp_path, shop, use(1, 2)).close()
    assert noted_sharers(tmp_path, 1, use(1)) == {2}
    made_old(tmp_path, 2)
    assert noted_sharers(tmp_path, 1, use(1)) == frozenset()


def test_shops_at_one_server_tell_of_each_other(server_url, tmp_path):
    with (
        open_journal(JournalLocation(tmp_path / "1", server_url), 1, ALMA) as one,
        open_journal(JournalLocation(tmp_path / "2", server_url), 2, ALMA) as two,
    ):
        one.queue_owners.empty_queues_of(use(1))
        with pytest.raises(QueueShared, match="shop 1 "):
            two.queue_owners.empty_queues_of(use(2))
        one.queue_owners.empty_queues_of(NOTHING)
        two.queue_owners.empty_queues_of(use(2))


def test_shops_of_one_program_at_one_server_let_each_other_in_and_stop_who_served_one_alone(server_url, tmp_path):
    with (
        open_journal(JournalLocation(tmp_path / "1", server_url), 1, ALMA) as one,
        open_journal(JournalLocation(tmp_path / "2", server_url), 2, ALMA) as two,
    ):
        one.queue_owners.empty_queues_of(use(1))
        one.queue_owners.refuse_other_use(use(1))
        for journal in (two, one):
            journal.queue_owners.empty_queues_of(use(1, 2))
        one.queue_owners.refuse_other_use(use(1, 2))
        with pytest.raises(QueueShared, match="shop 2 "):
            one.queue_owners.refuse_other_use(use(1))
        assert one.queue_owners.sharers(use(1)) == {2}
        assert two.leases.take("watch", LEASE) == LeaseTaken()
        with pytest.raises(QueueShared, match="shop 2 "):
            one.queue_owners.sharers(use(1))
