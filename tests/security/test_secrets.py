"""Keys and persons: in no file, no argument, no line, no error (rules 2, 3, 16, 17, 20, 22, 25)."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from specter_tui.cli.session import guarded
from specter_tui.journal.safety.operators import current_operator
from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import change, document, placed
from tests.security.process import all_bytes, environment, run, run_alone
from tests.support.environment import in_environment
from tests.support.file_modes import mode
from tests.support.waiting import wait_for

pytestmark = pytest.mark.usefixtures("quick_retries")
SECRETS = ("ABICART__AUTH", "SPECTER__API_USER_KEY", "SPECTER__INTEGRATION_KEY")


def lived(sandbox, folder: Path) -> dict[str, str]:
    """Run commands that write: exports with a refusal and a lost answer, auto mode, a backup, a list of orders."""
    # One at a time, so that it is the first order that is refused and the second whose answer is lost.
    variables = environment(sandbox, folder) | {"LIMITS__CONCURRENCY": "1"}
    sandbox.faults["specter"].add(Fault(kind="refusal", call="newOrderSubmit", code="12", text="no"))
    sandbox.faults["specter"].add(Fault(kind="lost", call="newOrderSubmit", after=True))
    run(variables, "export", "--all")
    run(variables, "watch", "--once")
    run(variables, "journal", "backup", str(folder / "copy.db"))
    run(variables, "orders", "--json")
    return variables


def test_2_no_key_is_in_any_file_or_line(stocked, tmp_path):
    sandbox = stocked(orders=6, plain=True)
    variables = lived(sandbox, tmp_path)
    sandbox.faults["shop"].add(Fault(kind="redirect", times=None))
    told = [run(variables, *command) for command in (["check"], ["orders"], ["journal", "show"], ["watch", "--once"])]
    seen = all_bytes(tmp_path) + "".join(one.stdout + one.stderr for one in told).encode()
    assert b"90002" in seen
    assert [name for name in SECRETS if variables[name].encode() in seen] == []


def test_2_no_key_is_in_the_arguments_of_a_process(stocked, tmp_path):
    variables = environment(stocked(orders=1), tmp_path, WATCH__INTERVAL="0.2")
    watch = subprocess.Popen(
        [sys.executable, "-m", "specter_tui", "watch"],
        env=in_environment(variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        log = tmp_path / "log"
        wait_for(lambda: log.exists() and b"looked" in log.read_bytes(), "a look in the log")
        family = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert "specter_tui watch" in family
        assert [name for name in SECRETS if variables[name] in family] == []
    finally:
        watch.terminate()
        watch.communicate(timeout=60)


@pytest.mark.parametrize("spoilt", ["LIMITS__TIMEOUT", "SPECTER__SBM_ID", "ORDER__PAYMENT_TYPES"])
def test_3_no_key_is_in_the_error_about_a_setting(stocked, tmp_path, spoilt):
    variables = environment(stocked(orders=0), tmp_path) | {spoilt: "{nonsense"}
    found = run(variables, "check")
    assert found.returncode == 2
    assert spoilt in found.stderr
    assert [name for name in SECRETS if variables[name] in found.stderr] == []


def test_4_an_error_of_our_own_is_one_line_and_a_report_without_variables(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def command() -> int:
        key, person = "canary-key", "19121212-1212"
        raise ValueError(f"{key} of {person}")

    assert guarded(command) == 1
    (line,) = capsys.readouterr().err.splitlines()
    (report,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert str(report) in line
    assert mode(report) == 0o600
    told = line + report.read_text(encoding="utf-8")
    assert "ValueError" in told
    assert "canary" not in told
    assert "1212" not in told


def test_16_every_file_is_the_owners_alone_after_every_operation(stocked, tmp_path):
    before = os.umask(0)
    try:
        sandbox = stocked(orders=3, plain=True)
        variables = lived(sandbox, tmp_path)
        number = str(document(sandbox, placed(sandbox)[2])["orderNumber"])
        assert run(variables, "journal", "erase", number).returncode == 0
    finally:
        os.umask(before)
    files = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert {one.name for one in files} >= {"journal.db", "journal.db.reserve", "journal.db.copies", "log", "copy.db"}
    assert [one for one in files if mode(one) != 0o600] == []
    folders = [tmp_path / "data", tmp_path / "state" / "specter-tui"]
    assert [mode(one) for one in folders] == [0o700, 0o700]


def test_17_no_person_is_in_any_file(stocked, tmp_path):
    sandbox = stocked(orders=4, plain=True)
    for uid in placed(sandbox):
        customer = document(sandbox, uid)["customer"]
        address = customer["address"] | {"firstName": "Kanariefrun", "lastName": "Gulfjader", "address": "Burgatan 7"}
        # Buyers of their own: an order whose answer is lost holds back no other.
        info = customer["info"] | {"email": f"kanarie{uid}@fagel.example", "nin": f"19121212-{uid % 10_000:04}"}
        change(sandbox, uid, customer=customer | {"address": address, "info": info}, note="Kanarienotis")
    quote = "Kanariefrun Gulfjader finns redan (kanarie@fagel.example)"
    sandbox.faults["specter"].add(Fault(kind="refusal", call="newCustomerSubmit", code="12", text=quote))
    lived(sandbox, tmp_path)
    seen = all_bytes(tmp_path)
    assert b"90002" in seen
    for word in (b"Kanarie", b"Gulfjader", b"Burgatan", b"fagel.example", b"121212"):
        assert word not in seen, word


def shown(variables: dict[str, str]) -> dict[str, dict[str, object]]:
    lines = run(variables, "journal", "show", "--json").stdout.splitlines()
    return {line["order"]: line for line in map(json.loads, lines)}


def test_20_erasing_leaves_no_trace_and_names_the_copies(stocked, tmp_path):
    sandbox = stocked(orders=2, plain=True)
    variables = environment(sandbox, tmp_path)
    assert run(variables, "export", "--all").returncode == 0
    orders = shown(variables)
    assert run(variables, "journal", "backup", str(tmp_path / "copy.db")).returncode == 0
    number, order = next(iter(orders.items()))
    found = run(variables, "journal", "erase", "--customer", str(order["customer_number"]))
    assert found.returncode == 0
    assert "copy.db" in found.stderr
    assert "erased" in found.stdout
    after = shown(variables)
    assert after[number]["customer_number"] is None
    assert after[number]["specter_number"] == order["specter_number"]
    again = run(variables, "export", "--all")
    assert again.returncode == 0
    assert len(sandbox.specter.orders) == 2


def test_20_what_is_not_there_or_not_said_cannot_be_erased(stocked, tmp_path):
    variables = environment(stocked(orders=1, plain=True), tmp_path)
    assert run(variables, "journal", "erase", "1001").returncode == 2, "no journal yet"
    run(variables, "export", "--all")
    wrong = (["erase"], ["erase", "1001", "--customer", "1"], ["erase", "nothing"], ["erase", "--customer", "0"])
    for command in wrong:
        assert run(variables, "journal", *command).returncode == 2, command


def test_22_an_event_has_the_login_and_the_host_and_no_name_that_was_typed(stocked, tmp_path):
    sandbox = stocked(orders=1, plain=True)
    variables = environment(sandbox, tmp_path, LOGNAME="mallory", USER="mallory", SUDO_USER="no-such-user")
    run(variables, "export", "--all")
    (number,) = {line.split()[0] for line in run(variables, "journal", "show").stdout.splitlines()}
    events = [json.loads(line) for line in run(variables, "journal", "show", number, "--json").stdout.splitlines()]
    me = current_operator()
    assert {(event["operator"], event["host"]) for event in events} == {(me.login, me.host)}


@pytest.mark.parametrize("verb", ["--retry", "--close"])
def test_22_a_decision_needs_a_reason(stocked, tmp_path, verb):
    variables = environment(stocked(orders=1, plain=True), tmp_path)
    found = run(variables, "resolve", "1001", verb, "--reason", "  ")
    assert found.returncode == 2
    assert "--reason" in found.stderr


def test_25_nobody_is_called_but_the_shop_and_specter(stocked, tmp_path):
    """Python's audit hook sees every connection of the process."""
    sandbox = stocked(orders=2, plain=True)
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import sys\n"
        f"file = open({str(tmp_path / 'connections')!r}, 'a', buffering=1)\n"
        "def note(event, args):\n"
        "    if event == 'socket.connect':\n"
        "        file.write(repr(args[1]) + '\\n')\n"
        "    elif event == 'socket.getaddrinfo':\n"
        "        file.write(repr((args[0], args[1])) + '\\n')\n"
        "sys.addaudithook(note)\n"
    )
    variables = environment(sandbox, tmp_path, PYTHONPATH=str(hook))
    for command in (["check"], ["export", "--all"], ["watch", "--once"], ["articles", "check"]):
        run_alone(variables, *command)
    called = set((tmp_path / "connections").read_text().splitlines())
    ports = {re.search(r":(\d+)", variables[name])[1] for name in ("ABICART__URL", "SPECTER__URL")}
    assert called
    assert {re.search(r"(\d+)\D*$", one)[1] for one in called} == ports, called


def test_25_no_proxy_of_the_environment_comes_in_between(stocked, tmp_path):
    caught = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(0.5)

        def listen() -> None:
            try:
                proxy.accept()
                caught.append("called")
            except TimeoutError:
                pass

        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        names = dict.fromkeys(("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"), address)
        variables = environment(stocked(orders=1, plain=True), tmp_path, **names)
        assert run(variables, "export", "--all").returncode == 0
        thread = threading.Thread(target=listen)
        thread.start()
        thread.join()
    assert caught == []
