"""What happened in a shop since the operator of a console left it."""

import json
import sqlite3
from contextlib import closing

from specter_tui.engine.events import SinceLeft
from specter_tui.engine.service import ShopService
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from tests.engine.shop import gated, placed
from tests.support.driven_engine import PATIENCE


def notes(engine) -> list[dict]:
    with closing(sqlite3.connect(engine.engine.journal_path)) as db:
        return [json.loads(value) for (value,) in db.execute("SELECT value FROM cursors WHERE name LIKE 'left:%'")]


def test_the_sheet_tells_what_others_did_since_and_nothing_the_first_time(stocked, driven):
    sandbox = stocked(orders=4, plain=True)
    first, *others = placed(sandbox)
    console = driven(sandbox)
    console.do(ShopService.begin_visit)
    console.export(first)
    console.leave()
    assert console.told(SinceLeft) == [], "the first time there is nothing before"
    service = driven(sandbox)
    service.export(*others)
    service.leave()
    assert len(notes(service)) == 1, "what never was a visit records no end"
    again = driven(sandbox)
    again.do(ShopService.begin_visit)
    (since,) = again.told(SinceLeft)
    assert (since.exported, since.unknown, since.refused, since.unsent) == (3, 0, 0, 0)
    again.leave()
    quiet = driven(sandbox)
    quiet.do(ShopService.begin_visit)
    assert quiet.told(SinceLeft) == [], "nothing happened"


def test_a_hang_up_in_the_midst_of_a_bulk_is_told_with_what_was_not_sent(driven):
    sandbox = Sandbox(SandboxOptions(orders=5, plain=True))
    with gated(sandbox, "newOrderSubmit") as gate:
        console = driven(sandbox, LIMITS__CONCURRENCY="1")
        console.do(ShopService.begin_visit)
        console.look()
        running = console.engine.ask(ShopService.export, placed(sandbox))
        assert gate.came.wait(PATIENCE)
        console.engine.shut_down(hung_up=True)
        gate.open.set()
        assert running.result(PATIENCE)
        console.leave()
        (note,) = notes(console)
        assert (note["unsent"], note["hung_up"]) == (4, True)
        again = driven(sandbox)
        again.do(ShopService.begin_visit)
        (since,) = again.told(SinceLeft)
        assert (since.unsent, since.hung_up) == (4, True)
        again.leave()
