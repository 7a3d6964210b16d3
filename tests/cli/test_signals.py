"""The end of commands: by a signal that lets the call finish, by one that does not, by a closed pipe."""

import os
import signal
import socket
import subprocess

import pytest

from specter_tui.engine.events import AutoChanged, ExportEnded
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.options import SandboxOptions
from tests.cli.commands import PATIENCE, PROGRAM, Commands, ended
from tests.engine.shop import at_specter, gated, placed
from tests.support.environment import in_environment
from tests.support.waiting import wait_for

CUSTOMER, ORDER = "newCustomerSubmit", "newOrderSubmit"


def shop() -> Sandbox:
    return Sandbox(SandboxOptions(orders=3, plain=True))


@pytest.mark.parametrize(
    ("number", "status", "action"),
    [(signal.SIGTERM, 0, ORDER), (signal.SIGINT, 130, CUSTOMER), (signal.SIGHUP, 130, ORDER)],
)
def test_a_signal_during_a_call_lets_it_finish_and_be_recorded(commands, number, status, action):
    sandbox = shop()
    with gated(sandbox, action, after=True) as gate:
        command: Commands = commands(sandbox, LIMITS__CONCURRENCY="1")
        running = command.begin("export", "--all", "--json")
        assert gate.came.wait(PATIENCE)
        running.signal(number)
        wait_for(lambda: "leaving" in running.err)
        running.signal(number)
        gate.open.set()
        done = ended(running)
    assert done.status == status
    assert done.states == ["exported", "ready", "ready"]
    assert len(sandbox.specter.orders) == 1


@pytest.mark.parametrize(
    ("action", "after", "refuses", "state", "there"),
    [
        (CUSTOMER, True, "false", "exported", 1),
        (ORDER, False, "false", "unknown", 0),
        (ORDER, False, "true", "exported", 1),
        (ORDER, True, "false", "unknown", 1),
        (ORDER, True, "true", "exists", 1),
    ],
)
def test_a_kill_during_a_call_loses_nothing_and_doubles_nothing(commands, action, after, refuses, state, there):
    """The program is killed while Specter has not answered: before the work was done, or after."""
    sandbox = shop()
    with gated(sandbox, action, after=after) as gate:
        command: Commands = commands(sandbox, LIMITS__CONCURRENCY="1", SPECTER__REFUSES_DUPLICATES=refuses)
        first = placed(sandbox)[0]
        running = command.begin("export", f"uid:{first}")
        assert gate.came.wait(PATIENCE)
        gate.swallows = True
        running.kill()
        gate.stand_open()
        again = command.run("export", "--all", "--json")
    assert {one["uid"]: one["state"] for one in again.objects} == {
        uid: state if uid == first else "exported" for uid in placed(sandbox)
    }
    assert at_specter(sandbox, str(sandbox.shop.expanded(first)["orderNumber"])) == there
    assert len(sandbox.specter.customers) <= 3


INTERRUPTED_IMPORT = """
import os, signal, sys

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == "pydantic":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
"""


def test_an_interrupt_before_anything_has_begun_just_ends_it(commands, stocked, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTED_IMPORT)
    done = commands(stocked(orders=0)).start("check", PYTHONPATH=str(tmp_path)).ended()
    assert (done.status, done.out, done.err) == (-signal.SIGINT, "", "")


def test_a_watch_stays_until_a_signal_and_meanwhile_another_process_only_looks(stocked, commands, driven):
    sandbox = stocked(orders=1, plain=True)
    command: Commands = commands(sandbox, ORDER__EXPORT="registered", WATCH__INTERVAL="0.2")
    service = command.begin("watch", "--json")
    wait_for(lambda: service.out.count('"exported"') == 1)
    console = driven(sandbox, watch=True, ORDER__EXPORT="registered", WATCH__INTERVAL="0.2")
    assert console.wait_for(AutoChanged, lambda one: one.by).by == f"service on {socket.gethostname()}"
    sandbox.arrivals.place()
    wait_for(lambda: service.out.count('"exported"') == 2)
    assert console.told(ExportEnded) == []
    service.signal(signal.SIGTERM)
    assert ended(service).status == 0
    uid = sandbox.arrivals.place()["uid"]
    assert console.wait_for(ExportEnded).view.uid == uid, "the next one takes over"
    assert len(sandbox.specter.orders) == 3


def test_a_watch_that_is_interrupted_says_so(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    service = commands(sandbox, ORDER__EXPORT="registered").begin("watch", "--json")
    wait_for(lambda: '"exported"' in service.out)
    service.signal(signal.SIGINT)
    assert ended(service).status == 130


def test_one_pass_of_the_watch_sends_only_where_the_settings_say_so(stocked, commands):
    sandbox = stocked(orders=2, plain=True)
    command: Commands = commands(sandbox)
    done = command.run("watch", "--once", "--json")
    assert (done.status, done.out) == (0, "")
    assert "no order is sent by itself" in done.err
    done = command.run("watch", "--once", "--json", ORDER__EXPORT="registered")
    assert (done.status, done.states) == (0, ["exported", "exported"])
    assert command.run("watch", "--once", "--json", ORDER__EXPORT="registered").out == ""


def test_a_reader_that_goes_hears_nothing_more(stocked, commands):
    sandbox = stocked(orders=40)
    running = commands(sandbox).start("orders")
    assert running.process.stdout is not None
    running.process.stdout.close()
    running.process.stdout = None
    done = running.ended()
    assert done.status == 1
    assert not [word for word in ("Traceback", "BrokenPipe", "cannot be written") if word in done.err]


@pytest.mark.parametrize("words", [("journal", "show", "--json"), ("journal", "csv"), ("articles", "check")])
@pytest.mark.parametrize(("where", "why"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")])
def test_output_that_cannot_be_written_is_one_line(stocked, commands, words, where, why):
    command: Commands = commands(stocked(orders=1, plain=True))
    assert command.run("export", "--all").status == 0
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$@" {where}', "sh", *PROGRAM, *words],
        cwd=command.folder,
        env=os.environ | in_environment(command.settings),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if "cannot be written" in line]
    assert (done.returncode, len(said)) == (1, 1), done.stderr
    assert f"the output cannot be written ({why})" in said[0]
    assert "Traceback" not in done.stderr


def test_the_sandbox_command_prints_settings_and_stays(tmp_path):
    command = Commands(tmp_path, {})
    running = command.start("sandbox", "--orders", "3")
    assert running.process.stdout is not None
    settings = {}
    while "ORDER__ARTICLE_ROUNDING" not in settings:
        name, _, value = running.process.stdout.readline().strip().partition("=")
        settings[name] = value
    assert Commands(tmp_path, settings).run("orders").status == 0
    running.signal(signal.SIGTERM)
    assert running.process.wait(PATIENCE) == 0
    running.process.communicate()
