"""An order whose call fails: its state, its events, Specter's data, and what happens next."""

import socket
import sqlite3
from contextlib import closing
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from specter_tui.config.settings import load_settings
from specter_tui.engine.checks.account_check import check_all
from specter_tui.engine.events import Notice, ReachChanged
from specter_tui.engine.service import ShopService
from specter_tui.engine.work_queue.todo import of_order
from specter_tui.journal.opening import open_journal
from specter_tui.journal.repositories.halts import Halts
from specter_tui.journal.safety.operators import current_operator
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from specter_tui.specter.errors import NotSent
from tests.engine.shop import add_note, at_specter, buyer, calls, change, document, placed, spoil
from tests.faults.proxy import Proxy
from tests.support.driven_engine import PATIENCE, Driven, states

pytestmark = pytest.mark.usefixtures("quick_retries")
QUICK = {"LIMITS__TIMEOUT": "0.5"}
CUSTOMER, ORDER = "newCustomerSubmit", "newOrderSubmit"


def one(stocked, driven, *, orders: int = 1, **others: str) -> tuple[Sandbox, Driven, int]:
    """Start a shop with an order, and an engine that has read it."""
    sandbox = stocked(orders=orders, plain=True)
    engine = driven(sandbox, **others)
    engine.look()
    sandbox.ledger.clear()
    return sandbox, engine, placed(sandbox)[0]


def halt_is_due(engine: Driven, minutes: int = 30) -> None:
    """Make that many minutes pass for the halt, and for nothing else."""
    shop = engine.settings.abicart.webshop
    with open_journal(engine.engine.place, shop, current_operator()) as journal, journal.db.change:
        journal.db.execute("UPDATE halts SET next_at = next_at - ? WHERE shop = ?", (minutes * 60_000_000, shop))


def external(engine: Driven, uid: int) -> str:
    return engine.entry(uid).external_no or ""


@pytest.mark.parametrize(
    ("kind", "more", "came"),
    [
        ("lost", {}, "No answer came"),
        ("delay", {"seconds": 1.0}, "No answer came"),
        ("error", {}, "Specter answered HTTP 500"),
        ("busy", {}, "Specter answered HTTP 503"),
        ("answer", {"status": 403, "text": "no"}, "Specter answered HTTP 403"),
        ("html", {}, "Specter's answer could not be used"),
        ("garbage", {}, "Specter's answer could not be used"),
        ("empty", {}, "Specter's answer could not be used"),
    ],
)
@pytest.mark.parametrize("action", [CUSTOMER, ORDER])
@pytest.mark.parametrize("after", [False, True], ids=["before the work", "after the work"])
def test_a_call_without_a_usable_answer_leaves_the_order_unknown(stocked, driven, kind, more, came, action, after):
    # Only the answer that is late is waited for in vain; any other comes, however busy the machine is.
    sandbox, engine, uid = one(stocked, driven, **(QUICK if kind == "delay" else {}))
    spoil(sandbox, kind, action, after=after, **more)
    (ended,) = engine.export(uid)
    assert ended.sent
    step = "customer" if action == CUSTOMER else "order"
    assert (ended.view.state, ended.view.step) == ("unknown", step)
    assert ended.view.message.startswith(came)
    item = of_order(ended.view, "en")
    assert item is not None
    if step == "customer":
        assert item.text.startswith(came)
    elif ended.view.came:
        assert item.text == f"It may be in Specter. {ended.view.cause or came}."
    else:
        assert item.text == f"It may be in Specter: no answer came. ({ended.view.cause})"
    assert ended.view.cause or ended.view.came == came
    assert not ended.view.cause or ended.view.cause not in ended.view.message
    assert "fail" not in ended.view.message.casefold()
    assert engine.verbs(uid) == ["claimed", *(["customer_known"] if step == "order" else []), "unknown"]
    assert calls(sandbox, action) == 1
    if kind != "delay":  # Its work is done when our time is already over.
        assert at_specter(sandbox, external(engine, uid)) == (after and action == ORDER)
    assert document(sandbox, uid).get("externalOrderNumber", "") == ""


@pytest.mark.parametrize("action", [CUSTOMER, ORDER])
def test_an_answer_that_is_cut_is_unknown_and_one_that_is_sliced_is_an_answer(stocked, driven, action):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "truncated", action)
    assert states(engine.export(uid)) == ["unknown"]
    assert at_specter(sandbox, external(engine, uid)) == (action == ORDER)

    other = stocked(orders=1, plain=True, seed=2)
    spoil(other, "sliced", action)
    assert states(driven(other, JOURNAL__URL=f"{engine.settings.journal.address}2").export()) == ["exported"]


def test_what_is_unknown_is_repeated_by_itself_where_specter_refuses_copies_and_did_not_have_it(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "lost", ORDER)
    assert states(engine.export(uid)) == ["unknown"]
    assert states(engine.export()) == ["exported"]
    assert at_specter(sandbox, external(engine, uid)) == 1
    assert calls(sandbox, CUSTOMER) == 2, "the card must hold this order's address when the order is made"
    assert engine.verbs(uid) == [
        "claimed", "customer_known", "unknown", "reclaimed", "customer_known", "exported", "write_back_done",
    ]  # fmt: skip


def test_what_is_unknown_and_did_arrive_is_found_out_by_the_refusal_of_a_copy(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "lost", ORDER, after=True)
    assert states(engine.export(uid)) == ["unknown"]
    (ended,) = engine.export()
    assert ended.view.state == "exists"
    assert "has" in ended.view.message
    assert at_specter(sandbox, external(engine, uid)) == 1
    number = sandbox.specter.orders_of(external(engine, uid))[0].number
    view = engine.do(ShopService.enter_number, uid, str(number))
    assert (view.state, view.write_back) == ("exported", "done")
    assert document(sandbox, uid)["externalOrderNumber"] == str(number)


def test_nothing_unknown_at_the_order_is_repeated_by_itself_where_specter_may_take_copies(stocked, driven):
    sandbox, engine, uid = one(stocked, driven, SPECTER__REFUSES_DUPLICATES="false")
    spoil(sandbox, "lost", ORDER, after=True)
    assert states(engine.export(uid)) == ["unknown"]
    engine.export()
    engine.export(uid)
    engine.turn()
    assert engine.view(uid).state == "unknown"
    assert calls(sandbox, ORDER) == 1
    assert at_specter(sandbox, external(engine, uid)) == 1


def test_a_person_may_have_an_unknown_order_repeated(stocked, driven):
    sandbox, engine, uid = one(stocked, driven, SPECTER__REFUSES_DUPLICATES="false")
    spoil(sandbox, "lost", ORDER)
    engine.export(uid)
    assert states(engine.do(ShopService.repeat, [uid], "not in Specter, I looked")) == ["exported"]
    assert at_specter(sandbox, external(engine, uid)) == 1
    with engine.reader() as journal:
        reclaimed = next(event for event in journal.events.page(uid) if event.verb == "reclaimed")
    assert reclaimed.reason == "not in Specter, I looked"
    assert reclaimed.operator


@pytest.mark.parametrize("kind", ["limited", "refusal"])
def test_a_repeat_that_comes_to_nothing_leaves_the_doubt_about_the_call_before_it(stocked, driven, kind):
    sandbox, engine, uid = one(stocked, driven, SPECTER__REFUSES_DUPLICATES="false")
    spoil(sandbox, "lost", ORDER, after=True)
    assert states(engine.export(uid)) == ["unknown"]
    spoil(sandbox, kind, ORDER, seconds=0)
    assert states(engine.do(ShopService.repeat, [uid], "not in Specter, I thought")) == ["unknown"]
    add_note(sandbox, uid)
    engine.export()
    engine.export(uid)
    assert engine.view(uid).state == "unknown"
    assert calls(sandbox, ORDER) == 2, "what a person asked for, and nothing by itself"
    assert at_specter(sandbox, external(engine, uid)) == 1


def test_nothing_unknown_at_the_order_is_repeated_by_itself_in_another_form(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "lost", ORDER)
    engine.export(uid)
    add_note(sandbox, uid)
    assert states(engine.export()) == ["unknown"]
    assert calls(sandbox, ORDER) == 1


@pytest.mark.parametrize("boxes", [0, 1, 2])
def test_what_is_unknown_at_the_customer_is_repeated_by_itself_where_the_customer_is_found_again(
    stocked, driven, boxes
):
    ignored = {"CUSTOMER__IGNORE_ORG_NO": str(boxes > 0).lower(), "CUSTOMER__IGNORE_EMAIL": str(boxes > 1).lower()}
    sandbox, engine, uid = one(stocked, driven, SPECTER__REFUSES_DUPLICATES="false", **ignored)
    spoil(sandbox, "lost", CUSTOMER, after=True)
    assert states(engine.export(uid)) == ["unknown"]
    engine.export()
    assert engine.view(uid).state == ("unknown" if boxes == 2 else "exported")
    assert calls(sandbox, CUSTOMER) == (1 if boxes == 2 else 2)
    assert len(sandbox.specter.customers) == 1
    assert at_specter(sandbox, external(engine, uid)) == (boxes < 2)


def test_an_automatic_repeat_takes_its_time_and_ends(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "lost", ORDER, times=None)
    for _ in range(4):
        engine.export()
    assert calls(sandbox, ORDER) == 2, "the first, and one repeat; the next waits"
    assert engine.entry(uid).repeats == 1
    clock_set_back(engine, timedelta(days=1))
    engine.export()
    assert engine.entry(uid).repeats == 2, "the pause is not a day longer"


@pytest.mark.parametrize("action", [CUSTOMER, ORDER])
def test_a_call_that_specter_puts_off_is_tried_later(stocked, driven, action):
    sandbox, engine, uid = one(stocked, driven, orders=2, LIMITS__CONCURRENCY="1")
    spoil(sandbox, "limited", action, seconds=1)
    assert states(engine.export()) == ["retry_later", "exported"]
    assert engine.verbs(uid)[-1] == "retry_later"
    entry = engine.entry(uid)
    assert entry.retry_at is not None
    assert 0.5 < (entry.retry_at - entry.changed_at).total_seconds() < 1.5
    assert at_specter(sandbox, external(engine, uid)) == 0
    with engine.reader() as journal:
        tries = [event.at for event in journal.events.page() if event.verb in ("retry_later", "claimed")]
    assert (tries[2] - tries[1]).total_seconds() > 0.5, "the next order waits as long"


@pytest.mark.parametrize("restarted", [False, True], ids=["the same program", "another program"])
def test_a_clock_set_back_holds_no_order_back(stocked, driven, restarted):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "refusal", ORDER, code="17", text="Nej")
    assert states(engine.export(uid)) == ["refused"]
    spoil(sandbox, "limited", CUSTOMER, seconds=0)
    assert states(engine.do(ShopService.repeat, [uid], "Specter has it right now")) == ["retry_later"]
    assert engine.verbs(uid) == ["claimed", "customer_known", "refused", "reclaimed", "retry_later"]

    clock_set_back(engine, timedelta(days=1))
    if restarted:
        engine.leave()
        engine = driven(sandbox)
    engine.thorough_look()
    assert states(engine.export()) == ["exported"]
    assert at_specter(sandbox, external(engine, uid)) == 1


def clock_set_back(engine: Driven, by: timedelta) -> None:
    """Let all that the journal stored of this shop's orders be of the time before the clock was set back."""
    shop, later = engine.settings.abicart.webshop, by // timedelta(microseconds=1)
    with open_journal(engine.engine.place, shop, current_operator()) as journal, journal.db.change:
        journal.db.execute(
            "UPDATE orders SET changed_at = changed_at + ?, retry_at = retry_at + ? WHERE shop = ?",
            (later, later, shop),
        )


@pytest.mark.parametrize("asked", [10**6, 10**12, 10**30])
def test_a_pause_longer_than_any_is_an_hour(stocked, driven, asked):
    _, engine, _ = one(stocked, driven)

    async def put_off(service: ShopService) -> float:
        return service.account.not_reached(NotSent("wait", float(asked)))

    assert engine.do(put_off) == 3600


def test_an_order_waits_when_nobody_answers_at_specter_and_goes_when_someone_does(tmp_path):
    shop = Sandbox(SandboxOptions(orders=2, plain=True))
    with shop, closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens: who connects is refused.
        port = taken.getsockname()[1]
        journal = {"JOURNAL__URL": f"sqlite:///{tmp_path / 'journal.db'}", "UI__LANGUAGE": "en"}
        settings = load_settings(None, {**shop.settings, **journal, "SPECTER__URL": f"http://127.0.0.1:{port}/"})
        with Driven(settings) as engine:
            ended = engine.export()
            assert {one.view.state for one in ended} == {"retry_later"}
            assert engine.told(ReachChanged)[-1].who == "specter"
            uids = [one.view.uid for one in ended]
        assert not shop.specter.orders
        taken.close()
        with Proxy(shop.settings["SPECTER__URL"], port), Driven(settings) as engine:
            engine.look()
            assert set(states(engine.do(ShopService.export, uids))) == {"exported"}


@pytest.mark.parametrize("action", [CUSTOMER, ORDER])
def test_a_refusal_is_kept_with_its_words_and_is_not_repeated(stocked, driven, action):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "refusal", action, code="17", text="Det g\xe5r inte")
    (ended,) = engine.export(uid)
    assert ended.view.state == "refused"
    assert "Det går inte" in ended.view.message
    entry = engine.entry(uid)
    assert (entry.reason, entry.message, entry.refusals) == ("17", "Det går inte", 1)
    engine.export()
    engine.export(uid)
    engine.turn()
    assert calls(sandbox, action) == 1
    assert at_specter(sandbox, external(engine, uid)) == 0


def test_an_order_that_was_refused_goes_again_once_it_is_edited(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "refusal", ORDER, code="17", text="Nej")
    engine.export(uid)
    add_note(sandbox, uid)
    engine.look()
    assert "sent again" in engine.view(uid).message
    assert states(engine.export()) == ["exported"]
    assert engine.verbs(uid)[2:5] == ["refused", "reclaimed", "customer_known"]
    assert at_specter(sandbox, external(engine, uid)) == 1


def test_after_five_refusals_of_the_form_no_automatic_try_is_made(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "refusal", ORDER, code="17", text="Nej", times=None)
    engine.export(uid)
    for _ in range(4):
        engine.do(ShopService.repeat, [uid], "try again")
    assert engine.entry(uid).refusals == 5
    add_note(sandbox, uid)
    engine.turn()
    engine.export()
    assert calls(sandbox, ORDER) == 5


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Externt ordernummer {external} finns redan (order 90777)", "90777"),
        ("{external} already exists as ordernummer: 90777", "90777"),
        ("Order nr 90777 finns redan", None),
        ("Order nr 90777 finns redan, externt X{external}", None),
        ("Externt ordernummer {external} finns redan", None),
        ("Order 1 och order 2 finns redan", None),
        ("already exists since 2026-11-20", None),
        ("Ett ordernummer {external} redan finns", None),
        ("Externt ordernummer {external} används redan av order 90777", "90777"),
        ("Ordernumret är redan använt", None),
        ("Ordernumret är upptaget", None),
        ("External order number {external} already used by order no. 90777", "90777"),
        ("The order number is already in use", None),
        ("Duplicate order", None),
        ("Dubblett", None),
    ],
)
@pytest.mark.parametrize("refuses", [False, True])
def test_an_order_that_specter_knows_exists_and_its_number_is_a_proposal_until_copies_are_known_to_be_refused(
    stocked, driven, text, number, refuses
):
    sandbox, engine, uid = one(stocked, driven, SPECTER__REFUSES_DUPLICATES=str(refuses).lower())
    shown = document(sandbox, uid)["orderNumber"]
    spoil(sandbox, "refusal", ORDER, code="99", text=text.format(external=shown))
    (ended,) = engine.export(uid)
    is_entered = number is not None and refuses
    assert ended.view.state == ("exported" if is_entered else "exists")
    assert ended.view.specter_number == (number if is_entered else None)
    assert ended.view.proposed_number == (None if is_entered else number)
    assert any("SPECTER__REFUSES_DUPLICATES=true" in text for text in engine.notices) != refuses
    if is_entered:
        assert document(sandbox, uid)["externalOrderNumber"] == number
        assert engine.verbs(uid)[2:] == ["exists", "number_entered", "write_back_done"]
    engine.turn()
    assert calls(sandbox, ORDER) == 1


def test_the_refusal_of_a_copy_is_told_by_the_pattern_of_the_settings(stocked, driven):
    sandbox, engine, uid = one(stocked, driven, SPECTER__DUPLICATE_ANSWER="^88;")
    spoil(sandbox, "refusal", ORDER, code="88", text="Nej, se order 90777")
    (ended,) = engine.export(uid)
    assert (ended.view.state, ended.view.proposed_number) == ("exported", None), "a pattern that is set decides alone"
    assert ended.view.specter_number == "90777"


def test_a_pattern_that_is_set_decides_alone_also_against_the_built_in_words(stocked, driven):
    sandbox, engine, uid = one(stocked, driven, SPECTER__DUPLICATE_ANSWER="^88;")
    spoil(sandbox, "refusal", ORDER, code="5", text="finns redan")
    assert states(engine.export(uid)) == ["refused"]


def test_no_code_is_taken_for_a_duplicate_by_itself(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "refusal", ORDER, code="5", text="Artikeln saknas")
    assert states(engine.export(uid)) == ["refused"]


def test_a_customer_cannot_exist_in_that_sense(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    spoil(sandbox, "refusal", CUSTOMER, code="5", text="finns redan")
    assert states(engine.export(uid)) == ["refused"]


@pytest.mark.parametrize("name", ["API_USER_KEY", "INTEGRATION_KEY", "SBM_ID", "API_USER_ID"])
def test_a_wrong_key_halts_the_account_and_leaves_every_order_as_it_was(stocked, driven, name):
    sandbox, engine, _ = one(stocked, driven, orders=6, **{f"SPECTER__{name}": "9999"})
    ended = engine.export()
    assert {view.state for view in engine.do(lambda service: service.everything())} == {"ready"}
    assert not any(one.view.specter_number for one in ended)
    assert engine.entries() == {}
    assert calls(sandbox, CUSTOMER) <= 4, "what was under way at once, and no more"
    halt = engine.told(ReachChanged)[-1]
    assert (halt.who, halt.reach, halt.halted) == ("specter", "refused", True)
    assert "SPECTER__ keys" in halt.text


@pytest.mark.parametrize("action", [CUSTOMER, ORDER])
def test_a_redirect_halts_the_account_in_the_middle_of_a_run(stocked, driven, action):
    sandbox, engine, first = one(stocked, driven, orders=5, LIMITS__CONCURRENCY="1")
    for uid in placed(sandbox):
        buyer(sandbox, uid, f"{uid}@example.com")
    spoil(sandbox, "redirect", action, skip=1)
    engine.export()
    kept = engine.entries()
    exported = [uid for uid, entry in kept.items() if entry.state == "exported"]
    assert exported == [first]
    (met,) = [entry for entry in kept.values() if entry.state != "exported"]
    assert (met.state, met.step) == ("unknown", "customer" if action == CUSTOMER else "order")
    assert engine.told(ReachChanged)[-1].halted
    assert len(sandbox.specter.orders) == 1
    engine.export()
    assert len(sandbox.specter.orders) == 1, "not before the pause is over, although the account test passes"
    halt_is_due(engine)
    # One order is tried alone, and as it is answered the others go on.
    engine.export()
    assert len(sandbox.specter.orders) == 4
    assert engine.view(met.uid).state == "unknown", "the order that met it stays as it is"
    assert all(at_specter(sandbox, external(engine, uid)) <= 1 for uid in placed(sandbox))


def test_auto_mode_goes_on_once_the_halt_is_over(stocked, driven):
    sandbox, engine, _ = one(stocked, driven, orders=2, ORDER__EXPORT="registered", LIMITS__CONCURRENCY="1")
    spoil(sandbox, "redirect", CUSTOMER)
    spoil(sandbox, "redirect", "checkAccountSettings", skip=1)
    for _ in range(2):
        engine.turn()
        assert [entry.state for entry in engine.entries().values()] == ["unknown"]
        halt_is_due(engine)
    assert states(engine.turn()) == ["unknown", "exported"]
    assert sorted(entry.state for entry in engine.entries().values()) == ["exported", "unknown"]


def test_a_halt_outlives_the_program_and_ends_on_a_persons_word(stocked, driven):
    sandbox, engine, _ = one(stocked, driven, orders=3, LIMITS__CONCURRENCY="1")
    spoil(sandbox, "redirect", ORDER)
    engine.export()
    engine.leave()
    again = driven(sandbox, JOURNAL__URL=engine.settings.journal.address)
    again.look()
    assert set(states(again.export())) <= {"ready", "unknown"}
    assert not sandbox.specter.orders
    assert again.do(lambda service: service.account.resume("the address was wrong"))
    assert sorted(states(again.export())) == ["exported", "exported", "unknown"]
    assert sorted(entry.state for entry in again.entries().values()) == ["exported", "exported", "unknown"]


def test_a_trial_goes_alone_and_another_status_lengthens_the_halt(stocked, driven):
    sandbox, engine, _ = one(stocked, driven, orders=6)
    spoil(sandbox, "redirect", ORDER, times=None)
    engine.export()
    before = calls(sandbox, ORDER)
    halt_is_due(engine)
    engine.export()
    assert calls(sandbox, ORDER) == before + 1
    with engine.reader() as journal:
        ((statuses,),) = journal.db.rows("SELECT statuses FROM halts WHERE shop = ?", (journal.shop,))
    assert statuses == 2


def test_a_halt_is_over_where_the_clock_was_set_back_since(stocked, driven):
    sandbox, engine, _ = one(stocked, driven, orders=2, LIMITS__CONCURRENCY="1")
    spoil(sandbox, "redirect", ORDER)
    engine.export()
    halt_is_due(engine, minutes=-24 * 60)
    assert sorted(states(engine.export())) == ["exported", "unknown"]


def test_a_trial_that_specter_refuses_ends_the_halt_and_the_order_is_refused(stocked, driven):
    sandbox, engine, _ = one(stocked, driven, orders=3, LIMITS__CONCURRENCY="1")
    spoil(sandbox, "redirect", ORDER)
    engine.export()
    halt_is_due(engine)
    spoil(sandbox, "refusal", ORDER, code="17", text="Nej")
    assert sorted(states(engine.export())) == ["exported", "refused", "unknown"]


@pytest.mark.parametrize("repeat", ["lost", "error"])
def test_an_order_that_met_such_a_status_is_sent_by_no_one_but_a_person(stocked, driven, repeat):
    """Though Specter is known to refuse copies, and a repeat on a person's word had no answer."""
    sandbox, engine, uid = one(stocked, driven, SPECTER__REFUSES_DUPLICATES="true")
    spoil(sandbox, "redirect", ORDER)
    engine.export()
    engine.do(lambda service: service.account.resume("looked into"))
    spoil(sandbox, repeat, CUSTOMER)
    assert states(engine.do(lambda service: service.repeat([uid], "not there, I looked"))) == ["unknown"]
    engine.export()
    engine.export(uid)
    engine.turn()
    assert engine.view(uid).state == "unknown"
    assert calls(sandbox, ORDER) == 1
    assert states(engine.do(lambda service: service.repeat([uid], "still not there"))) == ["exported"]


def test_check_and_every_start_say_that_a_halt_or_a_stop_holds(stocked, driven):
    sandbox, engine, _ = one(stocked, driven, UI__TIME_ZONE="Asia/Tokyo")
    spoil(sandbox, "redirect", ORDER)
    engine.export()
    engine.leave()
    again = driven(sandbox, UI__TIME_ZONE="Asia/Tokyo", JOURNAL__URL=engine.settings.journal.address)
    again.do(lambda service: service.stop("a fire"))
    halt = again.do(lambda service: service.context.journal(Halts.current))
    at = halt.next_at.astimezone(ZoneInfo("Asia/Tokyo"))
    halted = again.told(ReachChanged)[0]
    assert (halted.who, halted.reach, halted.halted) == ("specter", "refused", True)
    assert f"is tried at {at:%H:%M}" in halted.text
    assert "Nothing is sent" not in halted.text, "the screen says that before it"
    found = {one.text: one.level for one in again.do(check_all) if one.what == "sending"}
    assert found == {halted.text: "problem", again.do(why_stopped): "problem"}
    again.do(lambda service: service.resume("all is well"))
    assert not [one for one in again.do(check_all) if one.what == "sending"]


async def why_stopped(service: ShopService) -> str:
    return service.emergency_stop.why


def test_three_server_failures_in_a_row_halt_the_account(stocked, driven):
    sandbox, engine, _ = one(stocked, driven, orders=6, LIMITS__CONCURRENCY="1")
    spoil(sandbox, "error", ORDER, times=None)
    engine.export()
    assert calls(sandbox, ORDER) == 3
    assert engine.told(ReachChanged)[-1].halted


@pytest.mark.parametrize("why", ["discarded", "number in the shop"])
@pytest.mark.parametrize("state", ["retry_later", "unknown", "refused"])
def test_what_the_shop_withdrew_meanwhile_is_not_sent_by_itself(stocked, driven, why, state):
    sandbox, engine, uid = one(stocked, driven)
    if state == "retry_later":
        spoil(sandbox, "limited", CUSTOMER)
    elif state == "unknown":
        spoil(sandbox, "lost", ORDER)
    else:
        spoil(sandbox, "refusal", ORDER, code="17", text="Nej")
    assert states(engine.export(uid)) == [state]
    engine.leave()
    change(sandbox, uid, note="edited", **({"discarded": True} if why == "discarded" else {"externalOrderNumber": "7"}))
    sandbox.ledger.clear()
    again = driven(sandbox)
    for ended in (again.export(uid), again.export(), again.turn()):
        assert not any(one.sent for one in ended)
    assert calls(sandbox, CUSTOMER) + calls(sandbox, ORDER) == 0
    assert again.entry(uid).state == state


def test_the_journal_refusing_the_claim_stops_the_call(stocked, driven):
    """Without a claim on disk there is no call: the file itself refuses the claim's commit."""
    sandbox, engine, uid = one(stocked, driven)
    refuse_in_the_file(engine, "INSERT ON orders", "NEW.state = 'sending'")
    with pytest.raises(Exception, match="refused the change"):
        engine.engine.submit(ShopService.export, [uid]).result(PATIENCE)
    assert "specter" not in sandbox.ledger.calls()
    assert any(notice.level == "error" for notice in engine.told(Notice))


def test_the_journal_refusing_the_customer_number_stops_the_order_call(stocked, driven):
    sandbox, engine, uid = one(stocked, driven)
    refuse_in_the_file(engine, "UPDATE OF customer_number ON orders", "NEW.customer_number IS NOT NULL")
    with pytest.raises(Exception, match="refused the change"):
        engine.export(uid)
    assert calls(sandbox, ORDER) == 0
    assert not sandbox.specter.orders


def test_a_number_that_the_journal_cannot_take_is_kept_aside_shown_and_entered_later(stocked, driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.orders.submission._PAUSES_BETWEEN_TRIES", (0.01, 0.01))
    sandbox, engine, uid = one(stocked, driven)
    allow = refuse_in_the_file(engine, "UPDATE ON orders", "NEW.state = 'exported'")
    engine.export(uid)
    side = engine.engine.journal_path.with_name("journal.db.unrecorded.jsonl")
    assert '"specter_number": "90001"' in side.read_text()
    assert any("90001" in text and str(side) in text for text in engine.notices)
    assert engine.entry(uid).state == "sending"
    allow()
    engine.turn()
    entry = engine.entry(uid)
    assert (entry.state, entry.specter_number, entry.write_back) == ("exported", "90001", "done")
    assert side.read_text() == ""
    assert at_specter(sandbox, external(engine, uid)) == 1
    assert calls(sandbox, ORDER) == 1


def test_the_next_start_enters_what_was_kept_aside(stocked, driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.orders.submission._PAUSES_BETWEEN_TRIES", ())
    sandbox, engine, uid = one(stocked, driven)
    allow = refuse_in_the_file(engine, "UPDATE ON orders", "NEW.state = 'exported'")
    engine.export(uid)
    allow()
    engine.leave()
    again = driven(sandbox)
    assert again.entry(uid).state == "exported"
    again.turn()
    assert document(sandbox, uid)["externalOrderNumber"] == "90001"
    assert calls(sandbox, ORDER) == 1


def test_the_journal_is_written_again_and_again_and_the_number_is_kept_aside_meanwhile(stocked, driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.orders.submission._PAUSES_BETWEEN_TRIES", (0.2,) * 20)
    _, engine, uid = one(stocked, driven)
    side = engine.engine.journal_path.with_name("journal.db.unrecorded.jsonl")
    allow = refuse_in_the_file(engine, "UPDATE ON orders", "NEW.state = 'exported'")
    running = engine.engine.submit(ShopService.export, [uid])
    with pytest.raises(TimeoutError):
        running.result(0.4)
    assert '"specter_number": "90001"' in side.read_text(), "or it would be lost if the power went now"
    allow()
    assert states(running.result(PATIENCE)) == ["exported"]
    assert side.read_text() == ""
    assert engine.verbs(uid).count("exported") == 1


def refuse_in_the_file(engine: Driven, change: str, when: str):
    """Make the journal's file refuse a change, as a broken disk would; the returned function allows it again."""

    def run(sql: str) -> None:
        with closing(sqlite3.connect(engine.engine.journal_path)) as file:
            file.execute(sql)
            file.commit()

    run(f"CREATE TRIGGER broken BEFORE {change} WHEN {when} BEGIN SELECT RAISE(ABORT, 'broken'); END")
    return lambda: run("DROP TRIGGER broken")
