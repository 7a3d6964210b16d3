"""The first start of `registered`: more than a few ready orders wait until a person has confirmed their number."""

from datetime import UTC, datetime
from typing import Any

import pytest

from specter_tui.abicart.document_lists import DocumentLists
from specter_tui.engine.auto_export import BEGUN, MOST_AT_FIRST
from specter_tui.engine.service import ShopService
from specter_tui.journal.repositories.cursors import Cursors
from tests.engine.shop import at_specter, placed, spoil

pytestmark = pytest.mark.usefixtures("quick_retries")
AUTO = {"ORDER__EXPORT": "registered"}


def test_a_few_ready_orders_go_by_themselves(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    driven(sandbox, **AUTO).turn()
    assert len(sandbox.specter.orders) == 3


def test_many_wait_for_their_count(stocked, driven):
    sandbox = stocked(orders=MOST_AT_FIRST + 2, plain=True)
    engine = driven(sandbox, **AUTO)
    engine.turn()
    engine.turn()
    assert not sandbox.specter.orders
    told = [text for text in engine.notices if "none was sent automatically before" in text]
    assert len(told) == 1, "told once"
    engine.do(lambda service: service.auto_export.agree(MOST_AT_FIRST + 1))
    engine.turn()
    assert not sandbox.specter.orders, "another count is no yes"
    engine.do(lambda service: service.auto_export.agree(MOST_AT_FIRST + 2))
    engine.turn()
    assert len(sandbox.specter.orders) == MOST_AT_FIRST + 2


@pytest.mark.parametrize("shown", [0, 2])
@pytest.mark.parametrize("counts", [True, False], ids=["counted", "not counted"])
def test_a_list_that_lacks_most_does_not_make_them_few(stocked, driven, monkeypatch, shown, counts):
    sandbox = stocked(orders=MOST_AT_FIRST + 2, plain=True)
    if not counts:
        spoil(sandbox, "refusal", "Order.count", "shop", code="-32601", text="Method not found", times=None)
    engine = driven(sandbox, **AUTO)
    with monkeypatch.context() as patched:
        show_only(patched, placed(sandbox)[:shown])
        # As in a service, where the second look is the next turn's.
        engine.do(lambda service: service.auto_export.turn(next_at=datetime.now(UTC)))
    engine.turn()
    assert not sandbox.specter.orders
    assert any("none was sent automatically before" in text for text in engine.notices)
    engine.do(lambda service: service.auto_export.agree(MOST_AT_FIRST + 2))
    engine.turn()
    assert len(sandbox.specter.orders) == MOST_AT_FIRST + 2


def show_only(patched: pytest.MonkeyPatch, uids: list[int]) -> None:
    """Make the shop list only these orders."""
    true = DocumentLists.raw

    async def listed(self: DocumentLists, method: str, query: object, selection: Any) -> list[Any]:
        raw = await true(self, method, query, selection)
        return [one for one in raw if one["uid"] in uids] if method == "Order.list" else raw

    patched.setattr(DocumentLists, "raw", listed)


def test_all_that_is_ready_sent_by_a_person_begins_it(stocked, driven):
    """The key E does the same."""
    sandbox = stocked(orders=MOST_AT_FIRST + 2, plain=True)
    engine = driven(sandbox, **AUTO)
    engine.turn()
    assert any("E in the console" in text for text in engine.notices)
    engine.do(ShopService.export, placed(sandbox))
    sandbox.arrivals.place()
    engine.turn()
    assert len(sandbox.specter.orders) == MOST_AT_FIRST + 3
    assert engine.do(lambda service: service.context.journal(Cursors.get, BEGUN))


def test_a_persons_word_lets_them_go_in_every_process_and_for_good(stocked, driven):
    sandbox = stocked(orders=MOST_AT_FIRST + 1, plain=True)
    engine, service = driven(sandbox, **AUTO), driven(sandbox, **AUTO)
    service.turn()
    assert not sandbox.specter.orders
    engine.do(lambda service: service.resume("ORDER__SINCE is right"))
    service.turn()
    assert len(sandbox.specter.orders) == MOST_AT_FIRST + 1


def test_refused_for_want_of_an_article_it_goes_again_by_itself_once_for_each_time_the_article_came(stocked, driven):
    sandbox = stocked(orders=1, plain=True)
    (uid,) = placed(sandbox)
    engine = driven(sandbox, **AUTO, ARTICLE__EXPORT="changed")
    spoil(sandbox, "refusal", "newOrderSubmit", code="4", text="Artikeln saknas", times=2)
    engine.turn()
    assert engine.view(uid).state == "refused"
    for _ in range(2):
        engine.turn()
    assert engine.verbs(uid).count("reclaimed") == 0, "no article came since"
    engine.do(ShopService.export_articles, everything=True)
    for _ in range(3):
        engine.turn()
    assert engine.verbs(uid).count("reclaimed") == 1
    assert engine.entry(uid).resends == 1
    engine.do(ShopService.export_articles, everything=True)
    engine.turn()
    assert engine.view(uid).state == "exported"
    assert at_specter(sandbox, engine.entry(uid).external_no) == 1
