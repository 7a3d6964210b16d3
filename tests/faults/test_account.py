"""Faults 42 and 43: the key becomes invalid during a run; Specter's own mail to the customer."""

from datetime import timedelta

import pytest

from specter_tui.engine.monitoring import monitoring_job
from tests.faults.world import CUSTOMER, ORDER
from tests.service.hook import hooked


@pytest.mark.parametrize("call", [CUSTOMER, ORDER])
def test_fault_42_a_key_that_goes_wrong_in_the_middle_of_a_run_halts_the_account(machine, call):
    here = machine()
    uids = here.world.place(5)
    for name, skip in ((call, 2), ("checkAccountSettings", 0)):
        here.world.spoil("refusal", name, skip=skip, times=None, code="1", text="Fel nyckel")
    program = here.run("export", "--all", "--json", LIMITS__CONCURRENCY="1")
    assert program.end() == 1
    assert "Fel nyckel" in program.err
    states = [program.views[uid]["state"] for uid in uids]
    assert states == ["exported", "exported", "retry_later" if call == ORDER else "ready", "ready", "ready"]
    assert here.world.calls(call) == 3
    here.world.spoil("refusal", "newOrderSubmit", times=None, code="1", text="Fel nyckel")
    watch = here.run("watch", "--once", ORDER__EXPORT="registered")
    assert "Fel nyckel" in watch.err
    assert here.world.calls(call) == 3, "the watch sends nothing either"
    assert here.held_each(uids) == [1, 1, 0, 0, 0]
    here.world.heal()
    here.export()
    assert here.held_each(uids) == [1] * 5


@pytest.mark.parametrize("refuses", [True, False], ids=["copies are refused", "copies are taken"])
def test_fault_43_the_customer_gets_one_mail_of_specter_though_the_answer_is_lost(machine, refuses):
    here = machine(refuses=refuses, ORDER__CONFIRM_CUSTOMER="true")
    (uid,) = here.world.place()
    here.world.spoil("lost", ORDER, after=True)
    assert here.export()[uid]["state"] == "unknown"
    for _ in range(2):
        here.export()
        here.run("watch", "--once", ORDER__EXPORT="registered")
    (made,) = here.world.at_specter(here.world.number(uid))
    assert {name.lower(): value for name, value in made["fields"].items()}["sendordermail"] == "1"


def beat_often() -> None:
    """Check for stalled work more often than normally."""
    monitoring_job._BEAT = timedelta(seconds=0.2)


def test_fault_43_a_paid_order_that_does_not_go_raises_an_alarm_since_its_customer_has_heard_nothing(machine):
    pytest.importorskip("apprise", reason="the extra alerts is not installed")
    here = machine(ORDER__CONFIRM_CUSTOMER="true", ORDER__EXPORT="registered")
    (uid,) = here.world.place()
    here.world.post(f"/shop/orders/{uid}/pay")
    nowhere = "http://127.0.0.1:1/"
    with hooked() as hook:
        settings = {"ALERT__URLS": hook.address, "ALERT__AFTER": "2 s", "SPECTER__URL": nowhere}
        watch = here.start("watch", first=beat_often, **settings)
        (alert,) = hook.wait_for(1)
        assert f"{here.world.number(uid)}: " in alert["message"]
        watch.kill()
    assert here.held(uid) == 0
