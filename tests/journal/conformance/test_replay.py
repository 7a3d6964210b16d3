"""Events are complete: replayed they give the present state; and none is ever altered."""

import pytest
from hypothesis import strategies as st

from specter_tui.journal.errors import JournalError, NumberTaken
from specter_tui.journal.models import Claim, KnownNumber, ShopOrder
from specter_tui.journal.opening import open_journal
from tests.journal.goods import change
from tests.journal.orders import ALMA, LEASE, SHOP, SOON, SPENT, TurnedClock, exported, intent

UIDS = st.integers(1, 3)
NUMBERS = st.sampled_from(["90001", "90002", "90003"])
VERBS = [
    *["claim", "reclaim", "customer_known", "exported", "retry_later", "unknown", "refused", "exists", "release"],
    *["expire", "enter", "close", "reopen", "import", "done", "conflict", "drift", "cancelled"],
    *["correct", "cleared", "lost"],
]


def replay(events):  # noqa: C901
    """Return the present state of every order, from its events alone."""
    orders = {}
    for event in events:
        if event.verb == "late":
            continue
        order = orders.setdefault(
            event.uid, {"state": None, "step": None, "number": None, "write_back": "none", "flags": set()}
        )
        assert event.from_state == order["state"]
        order |= {"state": event.to_state, "step": event.step}
        match event.verb:
            case "exported" | "number_entered" | "recovered" | "number_corrected":
                order |= {"number": event.specter_number, "write_back": "due"}
            case "imported":
                order["number"] = event.specter_number
            case "reopened" if event.from_state == "exported":
                due = order["write_back"] in ("due", "done")
                order |= {"number": None, "write_back": "due" if due else "none"}
            case "write_back_lost":
                order["write_back"] = "due"
            case "write_back_cleared":
                order["write_back"] = "none"
            case "write_back_done":
                order["write_back"] = "done"
            case "write_back_conflict":
                order["write_back"] = "conflict"
            case "drift_seen" | "cancel_seen":
                order["flags"].add(event.verb.split("_")[0])
            case "drift_settled" | "cancel_withdrawn":
                order["flags"].discard(event.verb.split("_")[0])
        if event.to_state is None:
            del orders[event.uid]
    return orders


def present(journal):
    return {
        entry.uid: {
            "state": entry.state,
            "step": entry.step,
            "number": entry.specter_number,
            "write_back": entry.write_back,
            "flags": {name for name, flag in (("drift", entry.drift), ("cancel", entry.cancelled_in_shop)) if flag},
        }
        for entry in journal.orders.entries()
    }


def play(journal, clock, claims, verb, uid, number, flag):  # noqa: C901
    """Do one operation with the order's last claim, whether it has ended or not."""
    order, claim = ShopOrder(uid, str(uid)), claims.get(uid)
    form = intent(uid, form_hash=number)
    match verb:
        case "claim":
            got = journal.claims.claim(form, LEASE)
        case "reclaim" if journal.orders.entry(uid):
            got = journal.claims.reclaim(form, LEASE, "because", automatic=flag)
        case "expire":
            clock.turn(LEASE)
            got = journal.claims.expire_leases()
        case "enter":
            got = journal.decisions.enter_number(order, number)
        case "close":
            got = journal.decisions.close_many([order], "because")
        case "reopen":
            got = journal.decisions.reopen(order, "because")
        case "correct":
            got = journal.decisions.correct_number(order, number, "because")
        case "cleared":
            got = journal.write_backs.cleared([uid])
        case "lost":
            got = journal.write_backs.lost(uid, number)
        case "import":
            got = journal.decisions.import_known([KnownNumber(uid, str(uid), number)])
        case "done":
            got = journal.write_backs.done(uid)
        case "conflict":
            got = journal.write_backs.conflict(uid, "1")
        case "drift":
            got = journal.drift.keep(uid, [change("TAJ-1", 2, 3)] if flag else [])
        case "cancelled":
            got = journal.write_backs.flag_cancelled(uid, flag)
        case _ if claim is None or verb == "reclaim":
            return
        case "customer_known":
            got = journal.results.customer_known(claim, "77")
        case "exported":
            got = journal.results.exported(claim, number, SPENT)
        case "retry_later":
            got = journal.results.retry_later(claim, "", SOON)
        case "refused":
            got = journal.results.refused(claim, "12", "")
        case _:
            got = getattr(journal.results, verb)(claim, "")
    if isinstance(got, Claim):
        claims[uid] = got


STEPS = st.lists(st.tuples(st.sampled_from(VERBS), UIDS, NUMBERS, st.booleans()), max_size=40)


def test_events_played_again_give_the_present_state(tell):
    tell(live, STEPS, stories=80, at_server=15)


def live(fresh, steps):
    clock, claims = TurnedClock(), {}
    with fresh() as place, open_journal(place, SHOP, ALMA, clock=clock) as journal:
        for verb, uid, number, flag in steps:
            before, last = present(journal), journal.events.last_id()
            try:
                play(journal, clock, claims, verb, uid, number, flag)
            except NumberTaken:
                assert journal.events.last_id() == last
            assert (present(journal) == before) or journal.events.last_id() > last
            assert replay(journal.events.page(limit=10_000)) == present(journal)
        numbers = [entry.specter_number for entry in journal.orders.entries(states=["exported"])]
        assert None not in numbers
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("sql", ["DELETE FROM events", "UPDATE events SET message = 'x'", "UPDATE events SET id = 9"])
def test_an_event_stays_as_it_is(journal, sql):
    exported(journal)
    with pytest.raises(JournalError, match="never"), journal.db.change:
        journal.db.execute(sql)
    assert len(journal.events.page()) == 3
