"""A console that only shows: journal, shop and Specter are the same after it, whatever its engine is asked."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from specter_tui.config.settings import Settings
from specter_tui.engine.events import OrdersChanged, PollFinished
from specter_tui.engine.runtime.engine_thread import Engine
from specter_tui.engine.service import ShopService
from specter_tui.journal.errors import JournalError
from tests.engine.shop import change, placed
from tests.support.driven_engine import Driven


class Looking(Driven):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings, watch=True)
        self.engine = Engine(settings, self._hear, read_only=True)


def contents(path: Path) -> list[str]:
    """Return all that the journal holds."""
    with closing(sqlite3.connect(path)) as db:
        return list(db.iterdump())


def test_it_shows_the_orders_and_changes_nothing_whatever_it_is_asked(stocked, driven):
    sandbox = stocked(orders=3, plain=True)
    exported, edited, ready = placed(sandbox)
    writer = driven(sandbox, WATCH__INTERVAL="1", STOCK__SYNC="true", DELIVERY__SYNC="true")
    writer.export(exported, edited)
    writer.leave()
    change(sandbox, edited, discarded=True)  # A console that takes part would note the drift.
    settings = writer.settings.model_copy(
        update={"order": writer.settings.order.model_copy(update={"export": "registered"})}
    )
    before, catalogue = contents(writer.engine.journal_path), repr(sandbox.shop.articles)
    asked = [
        (ShopService.poll,),
        (ShopService.export, [ready]),
        (ShopService.export_all,),
        (ShopService.repeat, [ready], "why"),
        (ShopService.close_orders, [ready], "why"),
        (ShopService.enter_number, ready, "90009"),
        (ShopService.reopen, exported, "why"),
        (ShopService.stop, "why"),
        (ShopService.resume, "why"),
        (ShopService.fix_numbers, None),
        (ShopService.pull_stock,),
        (ShopService.export_articles,),
        (ShopService.begin_visit,),
        (ShopService.tick_drift, edited, "KAFFE-1"),
    ]
    with Looking(settings) as engine:
        engine.wait_for(PollFinished)
        for command, *values in asked:
            with suppress(Exception):
                engine.do(command, *values)
        engine.wait_for(OrdersChanged, lambda told: ready in {view.uid for view in told.orders})
    assert contents(writer.engine.journal_path) == before, "no lease, no cursor, no event, no claim"
    assert len(sandbox.specter.orders) == 2
    assert repr(sandbox.shop.articles) == catalogue


def test_it_makes_no_journal(stocked, settings_for):
    looking = Looking(settings_for(stocked(orders=1, plain=True)))
    with pytest.raises(JournalError):
        looking.engine.start(watch=True)
    assert not looking.engine.journal_path.exists()
