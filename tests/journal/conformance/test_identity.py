"""A journal belongs to one Specter account, in a file and at a server."""

import pytest

from specter_tui.journal.errors import OtherAccount
from specter_tui.journal.goods_models import NewArticle
from tests.journal.orders import SOON, claimed, exported

TEST, REAL = "1234 at https://test.example.se", "1234 at https://api.specter.se"


def test_what_was_sent_to_one_account_is_not_for_another(journal):
    journal.account.belong_to(TEST)
    exported(journal)
    journal.account.belong_to(TEST)
    with pytest.raises(OtherAccount, match=r"test\.example\.se.*api\.specter\.se.*JOURNAL__URL"):
        journal.account.belong_to(REAL)
    journal.account.belong_to(TEST)


def test_articles_are_sent_to_one_account_too(journal):
    journal.account.belong_to(TEST)
    journal.sent_articles.note_sent([NewArticle("S-1", "digest", with_stock=True)])
    with pytest.raises(OtherAccount):
        journal.account.belong_to(REAL)


def test_a_slip_in_the_number_can_be_mended_before_anything_is_sent(journal):
    journal.account.belong_to(TEST)
    journal.account.belong_to(REAL)
    exported(journal)
    with pytest.raises(OtherAccount):
        journal.account.belong_to(TEST)


def test_a_journal_from_before_belongs_to_the_first_account_that_opens_it(journal):
    exported(journal)
    journal.account.belong_to(REAL)
    with pytest.raises(OtherAccount):
        journal.account.belong_to(TEST)


def test_a_slip_in_the_address_can_be_mended_while_nothing_was_sent(journal):
    journal.account.belong_to(TEST)
    assert journal.results.retry_later(claimed(journal), "Specter cannot be reached", SOON)
    journal.account.belong_to(REAL)
    assert journal.results.unknown(claimed(journal), "the answer never came")
    with pytest.raises(OtherAccount):
        journal.account.belong_to(TEST)
