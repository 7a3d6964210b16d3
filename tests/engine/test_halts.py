"""An HTTP status that proves nothing, after a call without an order, halts every program on the journal."""

from functools import partial

import pytest

from specter_tui.engine.service import ShopService
from specter_tui.journal.models import Halt
from specter_tui.journal.repositories.halts import Halts
from specter_tui.specter.errors import UnexpectedStatus
from tests.engine.shop import calls, spoil
from tests.support.driven_engine import states

pytestmark = pytest.mark.usefixtures("quick_retries")
ON = {"ARTICLE__EXPORT": "changed", "STOCK__SYNC": "true"}


def halt_of(engine) -> Halt | None:
    return engine.do(lambda service: service.context.journal(Halts.current))


@pytest.mark.parametrize(
    ("call", "command"),
    [
        ("newArticleSubmit", ShopService.export_articles),
        ("newArticleSubmit", ShopService.create_service_articles),
        ("updateArticlesFromBatch", ShopService.pull_stock),
        ("clearArticleBatch", partial(ShopService.pull_stock, everything=True)),
    ],
    ids=["articles", "service articles", "acknowledge", "queue all"],
)
def test_every_write_to_specter_that_meets_such_a_status_is_a_row_of_the_journal(stocked, driven, call, command):
    sandbox = stocked(orders=1, articles=2, plain=True, stock_queued=True)
    one, other = driven(sandbox, **ON), driven(sandbox)
    spoil(sandbox, "answer", call, status=403, text="no", times=None)
    with pytest.raises(UnexpectedStatus):
        one.do(command)
    halt = halt_of(other)
    assert (halt.status, halt.statuses) == (403, 1)
    assert calls(sandbox, call) == 1, "it is not repeated"
    assert states(other.export()) == []
    assert calls(sandbox, "newOrderSubmit") == 0
    sandbox.faults["specter"].clear()
    other.do(ShopService.resume, "the address was wrong")
    assert states(other.export()) == ["exported"]
