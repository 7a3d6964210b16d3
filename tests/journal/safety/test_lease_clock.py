"""Decide whether a lease has ended."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from specter_tui.journal.safety.lease_clock import LeaseClock, Process, process_gone, process_of, this_process
from tests.journal.orders import LEASE, TurnedClock


def test_a_process_is_named_and_read_back():
    me = this_process()
    assert Process.parse(str(me)) == me
    assert me.pid == os.getpid()
    assert me.boot
    assert not process_gone(me)


def test_the_boot_clock_only_goes_forward():
    leases = LeaseClock()
    first = leases.now()
    assert first <= leases.now() < first + 60_000
    assert leases.end(timedelta(seconds=10)) - leases.now() in range(9_000, 10_001)


def test_a_process_that_ended_is_gone_reaped_or_not():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        process = process_of(child.pid)
        assert not process_gone(process)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        if sys.platform == "linux":
            assert process_gone(process), "ended, though its parent has not asked yet"
    assert process_gone(process)


@pytest.mark.skipif(sys.platform != "linux", reason="start times are read from /proc")
def test_a_process_number_used_again_is_not_the_old_process():
    assert process_gone(replace(this_process(), started="1"))


def test_a_process_whose_start_is_not_known_lives_while_its_number_does():
    assert not process_gone(replace(this_process(), started=""))


class TestOver:
    lease_clock = TurnedClock()
    me = lease_clock.process
    until = lease_clock.end(LEASE)

    def over(self, **changes) -> bool:
        return self.lease_clock.over(str(replace(self.me, **changes)), self.until)

    def test_ours_is_not(self):
        assert not self.over()

    def test_one_of_another_boot_is(self):
        assert self.over(boot="another")

    def test_one_of_a_dead_process_is(self):
        assert self.over(started="1")

    def test_one_of_another_container_is_only_by_time(self):
        assert not self.over(space="pid:[1]", started="1")
        assert self.lease_clock.over(str(replace(self.me, space="pid:[1]")), self.lease_clock.now())


def test_where_there_is_no_proc_the_system_is_asked(monkeypatch, tmp_path):
    monkeypatch.setattr("specter_tui.journal.safety.lease_clock._PROC", tmp_path)
    monkeypatch.setattr("specter_tui.journal.safety.lease_clock.boot_id", lambda: "of-a-mac")
    me = this_process()
    assert (me.boot, me.space, me.started) == ("of-a-mac", "", "")
    assert not process_gone(me)
    monkeypatch.delattr("time.CLOCK_BOOTTIME", raising=False)
    assert LeaseClock().now() > 0
