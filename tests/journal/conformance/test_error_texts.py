"""A text of ours about what failed is kept as its code and values; what others said is kept as they said it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from specter_tui.errors import ErrorText, translate_error
from specter_tui.journal.journal import Journal
from specter_tui.journal.models import Barred, ShopOrder
from specter_tui.journal.repositories.api_calls import Call
from tests.journal.goods import status
from tests.journal.orders import LEASE, SOON, claimed, exported, intent

UID = 150001
AWAY = ErrorText("specter_http", status=503)
NESTED = ErrorText("about", what="Åsa", why=ErrorText("specter_check_keys", why=AWAY))
OURS_IN_ENGLISH = "Specter cannot be reached"
LIKE_A_CODE = '\x1f["specter_away", {}]'


def coded(text: str) -> tuple[str, dict[str, str]]:
    assert isinstance(text, ErrorText)
    return text.code, text.values


def last_event(journal: Journal) -> Any:
    return journal.events.page(UID)[-1]


@pytest.mark.parametrize("text", [AWAY, NESTED])
def test_what_failed_is_read_back_with_its_code(journal: Journal, text: ErrorText) -> None:
    claim = claimed(journal)
    assert journal.results.unknown(claim, text)
    entry = journal.orders.entry(UID)
    assert entry is not None
    for kept in (entry.message, last_event(journal).message):
        assert kept == text
        assert coded(kept) == (text.code, text.values)
        assert translate_error(kept, "sv") == translate_error(text, "sv") != text


def test_the_reason_of_a_repeat_by_itself_has_a_code_and_that_of_a_person_none(journal: Journal) -> None:
    journal.results.unknown(claimed(journal), AWAY)
    reason = ErrorText("repeated_safely")
    claim: Any = journal.claims.reclaim(intent(), LEASE, reason, automatic=True)
    entry = journal.orders.entry(UID)
    assert entry is not None
    assert coded(entry.reason) == coded(last_event(journal).reason) == ("repeated_safely", {})
    journal.results.unknown(claim, AWAY)
    journal.claims.reclaim(intent(), LEASE, str(reason), automatic=False)
    assert last_event(journal).reason == reason
    assert not isinstance(last_event(journal).reason, ErrorText)


def test_a_released_order_has_again_what_failed_before(journal: Journal) -> None:
    journal.results.unknown(claimed(journal), NESTED)
    again: Any = journal.claims.reclaim(intent(), LEASE, "looked", automatic=False)
    assert journal.results.release(again, ErrorText("specter_keys", status=403))
    entry = journal.orders.entry(UID)
    assert entry is not None
    assert coded(entry.message) == (NESTED.code, NESTED.values)
    assert coded(last_event(journal).message) == ("specter_keys", {"status": "403"})


def test_a_call_that_was_lost_again_keeps_why_it_was_now(journal: Journal) -> None:
    journal.results.unknown(claimed(journal), "lost")
    again: Any = journal.claims.reclaim(intent(), LEASE, "looked", automatic=False)
    assert journal.results.unknown(again, AWAY)
    entry = journal.orders.entry(UID)
    assert entry is not None
    assert (entry.state, entry.step) == ("unknown", "customer")
    assert coded(entry.message) == (AWAY.code, AWAY.values)


def test_a_late_answer_keeps_its_code(journal: Journal) -> None:
    claim = claimed(journal)
    journal.results.retry_later(claim, "", SOON)
    assert not journal.results.unknown(claim, AWAY)
    assert last_event(journal).verb == "late"
    assert coded(last_event(journal).message) == (AWAY.code, AWAY.values)


def test_a_halt_says_why_with_its_code(journal: Journal) -> None:
    journal.results.unknown(claimed(journal), AWAY, 503)
    barred: Any = journal.claims.claim(intent(2), LEASE)
    assert isinstance(barred, Barred)
    assert coded(barred.by.message) == (AWAY.code, AWAY.values)


def test_a_call_is_kept_with_the_code_of_what_failed(journal: Journal) -> None:
    journal.call_notes.note(UID, Call(datetime.now(UTC), "newOrderSubmit", "setInfo", {"rows": "1"}, 503, AWAY, 7))
    journal.call_notes.note(UID, Call(datetime.now(UTC), "newOrderSubmit", "setInfo", {}, 200, OURS_IN_ENGLISH, 7))
    claimed(journal)
    ours, theirs = journal.calls.of_order(UID)
    assert coded(ours.answer) == (AWAY.code, AWAY.values)
    assert not isinstance(theirs.answer, ErrorText)


def test_work_that_fails_says_why_with_its_code(journal: Journal) -> None:
    journal.overdue.note_failing("stock", NESTED)
    since = journal.overdue.found()[0].since
    journal.overdue.note_failing("stock", NESTED)
    (one,) = journal.overdue.found()
    assert one.since == since
    assert coded(one.why) == (NESTED.code, NESTED.values)


def test_what_the_shop_did_not_take_says_why_with_its_code(journal: Journal) -> None:
    exported(journal)
    journal.batches.keep("orders", "b-1", [status("90001", delivered=True)])
    assert journal.deliveries.refused(UID, NESTED)
    assert not journal.deliveries.refused(UID, NESTED), "the same once more changes nothing"
    delivery = journal.deliveries.of_order(UID)
    assert delivery is not None
    assert coded(delivery.problem) == coded(last_event(journal).message) == (NESTED.code, NESTED.values)
    journal.stock.unplaced({"A": AWAY, "B": "not_in_shop"})
    assert [type(one.why) for one in journal.stock.unknown()] == [ErrorText, str]


@pytest.mark.parametrize("said", [OURS_IN_ENGLISH, LIKE_A_CODE, "\x1f\x1f", LIKE_A_CODE * 2])
def test_what_others_said_is_never_taken_for_ours(journal: Journal, said: str) -> None:
    journal.results.refused(claimed(journal), "2", said)
    entry = journal.orders.entry(UID)
    assert entry is not None
    assert type(entry.message) is type(last_event(journal).message) is str
    assert entry.message == last_event(journal).message == said.lstrip("\x1f")
    journal.decisions.close_many([ShopOrder(UID, "1001")], said if said.strip() else LIKE_A_CODE)
    entry = journal.orders.entry(UID)
    assert entry is not None
    assert type(entry.reason) is type(last_event(journal).reason) is str


def test_a_code_that_this_version_does_not_know_is_shown_with_its_values(journal: Journal) -> None:
    journal.results.unknown(claimed(journal), AWAY)
    with journal.db.change:
        stored = '\x1f["of_another_version", {"why": ["specter_http", {"status": "503"}], "number": "9"}]'
        journal.db.execute("UPDATE orders SET message = ? WHERE shop = ?", (stored, journal.db.shop))
    entry = journal.orders.entry(UID)
    assert entry is not None
    assert entry.message == "of_another_version Specter answered HTTP 503 9"
