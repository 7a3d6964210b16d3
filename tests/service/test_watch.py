"""`watch` under systemd: ready and alive when it is, its log one event a line."""

import configparser
import re
import shutil
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from specter_tui.cli.heartbeat import Heartbeat
from specter_tui.cli.systemd import notify, watchdog_seconds
from specter_tui.engine.events import Notice, PollFinished
from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import calls
from tests.service.watching import service

UNIT = Path(__file__).parents[2] / "specter_tui" / "cli" / "specter-tui.service"


def test_it_says_when_it_is_ready_alive_and_leaving(stocked, tmp_path):
    sandbox = stocked(orders=2, plain=True)
    with service(sandbox, tmp_path, watchdog=0.6) as watch:
        assert watch.systemd.wait_for("READY=1")
        assert watch.systemd.wait_for("WATCHDOG=1")
        watch.wait_for("exported")
        assert watch.stop() == 0
        assert watch.systemd.wait_for("STOPPING=1")
    assert len(sandbox.specter.orders) == 2
    assert calls(sandbox, "Order.count") == 1, "only the first look must agree with the shop's count"


def test_a_journal_that_cannot_be_used_is_never_ready(stocked, tmp_path):
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "journal.db").write_bytes(b"not a journal, " * 500)
    with service(stocked(orders=0), tmp_path) as watch:
        assert watch.process.end() == 2
        assert not watch.systemd.wait_for("READY=1", 0.1)
        (line,) = watch.log.splitlines()
        assert "not a journal" in line


def test_a_shop_that_does_not_answer_is_tried_again_and_that_is_life(stocked, tmp_path):
    sandbox = stocked(orders=1, plain=True)
    with service(sandbox, tmp_path, watchdog=0.6) as watch:
        watch.wait_for("looked")
        sandbox.faults["shop"].add(Fault(kind="html", times=None))
        watch.wait_for("out_of_reach")
        watch.systemd.forget()
        assert watch.systemd.wait_for("WATCHDOG=1")


def test_a_process_that_is_stopped_gives_no_sign(stocked, tmp_path):
    with service(stocked(orders=0), tmp_path, watchdog=0.6) as watch:
        assert watch.systemd.wait_for("WATCHDOG=1")
        watch.process.signal(signal.SIGSTOP)
        watch.systemd.forget()
        assert not watch.systemd.wait_for("WATCHDOG=1", 1.5)


def test_turns_that_stand_still_are_no_life(stocked, driven, monkeypatch):
    engine = driven(stocked(orders=0), watch=True)
    engine.wait_for(PollFinished)
    heart = Heartbeat(engine.engine)
    assert heart.alive(5)
    monkeypatch.setattr("specter_tui.cli.heartbeat.LONGEST_PAUSE", 0.0)
    monkeypatch.setattr("specter_tui.cli.heartbeat.INTERVALS", 0)
    heart = Heartbeat(engine.engine)
    heart.hear(Notice("information", "words are no work"))
    assert not heart.alive(5)


def test_an_engine_whose_loop_is_stuck_is_not_alive(stocked, driven):
    engine = driven(stocked(orders=0))

    async def block(_service: object) -> None:
        subprocess.run(["sleep", "1"], check=True)  # noqa: ASYNC221 (the fault that is meant)

    stuck = engine.engine.ask(block)
    assert not Heartbeat(engine.engine).alive(0.2)
    stuck.result(40)
    assert Heartbeat(engine.engine).alive(5)


@pytest.mark.parametrize("address", [None, "", "/nowhere/at/all"])
def test_without_systemd_nothing_is_said_and_nothing_fails(monkeypatch, address):
    said: list[object] = []
    monkeypatch.setattr(socket.socket, "sendall", lambda _, data: said.append(data))
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    if address is not None:
        monkeypatch.setenv("NOTIFY_SOCKET", address)
    notify("READY=1")
    assert said == []


def test_an_abstract_socket_is_reached(monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind("\0specter-tui-test")
        line.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", "@specter-tui-test")
        notify("READY=1", "STATUS=x")
        assert line.recv(100) == b"READY=1\nSTATUS=x"


@pytest.mark.parametrize(
    ("usec", "pid", "seconds"), [("30000000", "", 30.0), ("", "", None), ("0", "", None), ("5000000", "1", None)]
)
def test_the_watchdog_is_asked_for_by_systemd_and_of_this_process(monkeypatch, usec, pid, seconds):
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    monkeypatch.setenv("WATCHDOG_PID", pid)
    assert watchdog_seconds() == seconds


def unit() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(UNIT)
    return parser


def test_the_unit_waits_longer_for_the_end_than_the_calls_take():
    found = unit()["Service"]
    assert found["Type"] == "notify"
    assert int(found["WatchdogSec"]) >= 60
    assert int(found["TimeoutStopSec"]) > 2 * 30 + 60
    assert " watch" in found["ExecStart"]


def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path):
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("no systemd here")
    copy = tmp_path / UNIT.name
    text = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text(encoding="utf-8"))
    copy.write_text(text.replace("User=specter-tui", "User=root"))
    found = subprocess.run([verify, "verify", copy], capture_output=True, text=True, check=False)
    assert [line for line in found.stderr.splitlines() if UNIT.name in line] == []
