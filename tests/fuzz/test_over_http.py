"""A sample of hostile documents and replies over real HTTP: other orders are not affected."""

import json
from random import Random

import pytest

from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import placed
from tests.fuzz.hostile import TEXTS, as_bytes, paths, spoil
from tests.fuzz.judging import SUCCESS, reply

pytestmark = pytest.mark.usefixtures("quick_retries")
HOSTILE, GOOD = 40, 4


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_orders_stop_no_other(stocked, driven, seed):
    sandbox = stocked(orders=HOSTILE + GOOD, plain=True)
    chance = Random(seed)
    uids = placed(sandbox)
    good, bad = uids[:: HOSTILE // GOOD][:GOOD], []
    for uid in uids:
        if uid in good:
            continue
        made = sandbox.shop.expanded(uid) | {"note": chance.choice(TEXTS)}
        for _ in range(chance.choice((1, 1, 2, 4))):
            spoil(made, chance.choice([path for path in paths(made) if path != ["uid"]]), chance)
        try:
            sandbox.shop.shown_as[uid] = json.loads(as_bytes(made, chance))
        except ValueError:
            continue
        bad.append(uid)
    engine = driven(sandbox)
    engine.export()
    entries = engine.entries()
    assert {uid: entries[uid].state for uid in good} == dict.fromkeys(good, "exported")
    seen = {view.uid: view for view in engine.do(lambda service: service.everything())}
    for uid in bad:
        if uid in entries:
            assert entries[uid].state == "exported"
        elif uid in seen:
            assert seen[uid].message or seen[uid].state in ("out_of_scope", "waiting"), seen[uid]
    assert sandbox.ledger.complaints == []
    assert len(sandbox.specter.orders) == sum(entry.state == "exported" for entry in entries.values())


def test_replies_are_successes_only_where_they_are(stocked, driven):
    sandbox = stocked(orders=12, plain=True)
    chance = Random(3)
    replies = [reply(chance) for _ in placed(sandbox)]
    for body in replies:
        text = body.decode("latin-1") or " "
        sandbox.faults["specter"].add(Fault(kind="answer", call="newOrderSubmit", after=True, text=text))
    engine = driven(sandbox)
    engine.export()
    exported = [entry for entry in engine.entries().values() if entry.state == "exported"]
    assert len(exported) <= sum(SUCCESS.fullmatch(body.strip()) is not None for body in replies)
    orders = sandbox.specter.orders.values()
    assert len({order.external for order in orders}) == len(orders), "an order is there twice"
