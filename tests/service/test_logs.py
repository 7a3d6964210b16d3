"""The log: one event a line, as text or JSON, without secrets and personal data."""

import io
import json
import logging
from datetime import UTC, datetime

import pytest

from specter_tui.cli.logs import log_message, redactor, set_up_logs
from specter_tui.config.settings import load_settings
from specter_tui.engine.events import (
    AutoChanged,
    Draining,
    ExportEnded,
    Notice,
    NumbersChecked,
    OrderView,
    PollFinished,
    ReachChanged,
    Stopped,
)
from specter_tui.sandbox.server.faults import Fault
from tests.service.watching import service
from tests.support.file_modes import mode
from tests.support.waiting import wait_for

CANARY = "kanariefågel/4711+x"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTINGS = {
    "ABICART__WEBSHOP": "22033",
    "ABICART__AUTH": CANARY,
    "SPECTER__SBM_ID": "1",
    "SPECTER__API_USER_KEY": "inner-canary",
    "SPECTER__INTEGRATION_KEY": "outer-canary",
    "ORDER__SINCE": "2026-01-01",
    "ALERT__URLS": "json://user:alert-canary@localhost/hook",
}


@pytest.fixture
def logged(monkeypatch):
    """Set the log up; return what it wrote."""
    before = logging.root.handlers[:], logging.root.level
    stream = io.StringIO()

    def set_up(**settings: str) -> io.StringIO:
        monkeypatch.setattr("sys.stderr", stream)
        set_up_logs([load_settings(None, {**SETTINGS, **settings})], on_stderr=True)
        return stream

    yield set_up
    for handler in logging.root.handlers:
        handler.close()
    logging.root.handlers[:], logging.root.level = before


EVENTS = [
    (PollFinished(NOW, None), "looked"),
    (ExportEnded(OrderView(uid=1, number="1001", state="exported", specter_number="90001"), sent=True), "exported"),
    (ExportEnded(OrderView(uid=1, number="1001", state="refused", message="No."), sent=True), "refused"),
    (ReachChanged("shop", "out_of_reach", "the shop cannot be reached"), "reach"),
    (ReachChanged("specter", "refused", "wrong key", halted=True), "reach"),
    (AutoChanged(on=True, by="svc@host"), "auto"),
    (Notice("warning", "Look!"), "notice"),
    (Draining(("1001", "1002")), "leaving"),
    (Stopped("crash"), "stopped"),
]


@pytest.mark.parametrize(("message", "event"), EVENTS)
@pytest.mark.parametrize("form", ["text", "json"])
def test_each_event_is_one_line(logged, message, event, form):
    stream = logged(LOG__FORMAT=form)
    log_message(message)
    (line,) = stream.getvalue().splitlines()
    if form == "json":
        assert json.loads(line)["event"] == event
    else:
        assert line.split()[2] == event
        assert line.split()[0].endswith("Z")


def test_what_is_no_news_is_not_logged(logged):
    stream = logged()
    log_message(NumbersChecked(1, ()))
    assert stream.getvalue() == ""


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_name_cannot_forge_a_line(logged, form):
    stream = logged(LOG__FORMAT=form)
    forged = 'Åsa\n2026-01-01 INFO exported order="1"\r\x1b[2J\u2028\u202ex'
    log_message(Notice("error", forged))
    log_message(ExportEnded(OrderView(uid=1, number=forged, state="refused", message=forged), sent=True))
    assert len(stream.getvalue().splitlines()) == 2
    assert "\x1b" not in stream.getvalue()
    for line in stream.getvalue().splitlines():
        assert not line.startswith("2026-01-01")


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL])
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_secret_in_a_line_of_any_level(logged, level, form):
    stream = logged(LOG__FORMAT=form)
    logging.root.setLevel(logging.DEBUG)
    secrets = load_settings(None, SETTINGS).secrets()
    assert "json://user:alert-canary@localhost/hook" in secrets
    log = logging.getLogger("some.library")
    for secret in secrets:
        log.log(level, "with %s in it", secret)
        log.log(level, "x", extra={"fields": {"field": secret}})
        log.log(level, "failed", exc_info=ValueError(secret))
    log.log(level, "POST https://shop.example/rpc?webshop=1&auth=kanarief%C3%A5gel%2F4711%2Bx failed")
    told = stream.getvalue()
    assert told
    assert "canary" not in told
    assert "kanarie" not in told
    assert "webshop=1" not in told


def test_secrets_do_not_show_in_settings_or_their_errors():
    settings = load_settings(None, SETTINGS)
    assert not [secret for secret in settings.secrets() if secret in repr(settings) + str(settings.model_dump())]


def test_an_empty_list_of_secrets_strikes_out_nothing():
    assert redactor([])("plain words") == "plain words"


def test_the_wires_libraries_do_not_log_their_addresses(logged):
    stream = logged()
    for name in ("httpx", "httpcore.connection"):
        logging.getLogger(name).info("HTTP Request: POST https://shop.example/?auth=%s", CANARY)
    assert stream.getvalue() == ""


def test_the_log_file_is_the_owners_alone_and_may_be_rotated(logged, tmp_path):
    file = tmp_path / "watch.log"
    logged(LOG__FILE=str(file))
    log_message(Notice("warning", "one"))
    assert mode(file) == 0o600
    file.rename(tmp_path / "watch.log.1")
    log_message(Notice("warning", "two"))
    assert "two" in file.read_text(encoding="utf-8")
    assert mode(file) == 0o600


def test_a_service_logs_looks_exports_and_failures_and_nobody(stocked, tmp_path):
    sandbox = stocked(orders=2, plain=True)
    sandbox.shop.tables["Order"][150001]["customer"]["address"] |= {"firstName": "Kanarie", "lastName": "Fogel"}
    with service(sandbox, tmp_path, LOG__FORMAT="json") as watch:
        watch.wait_for('"exported"')
        watch.wait_for('"looked"')
        watch.stop()
        events = watch.events()
    exported = [event for event in events if event["event"] == "exported"]
    assert sorted(str(event["specter_number"]) for event in exported) == ["90001", "90002"]
    assert {"looked", "leaving", "stopped"} <= {event["event"] for event in events}
    assert "Kanarie" not in watch.log
    assert "Fogel" not in watch.log


def test_a_log_file_that_cannot_be_written_is_one_sentence(stocked, tmp_path):
    with service(stocked(orders=0), tmp_path, LOG__FILE=str(tmp_path / "no" / "file")) as watch:
        assert watch.process.end() == 2
        (line,) = watch.log.splitlines()
        assert line.startswith("LOG__FILE:")


def test_what_stands_still_is_logged_when_it_changes_and_not_at_every_look(stocked, tmp_path):
    sandbox = stocked(orders=1, plain=True)
    sandbox.faults["specter"].add(Fault(kind="lost", call="newOrderSubmit", after=True))
    with service(sandbox, tmp_path, LOG__FORMAT="json", WATCH__INTERVAL="0.1") as watch:
        watch.wait_for('"unknown"')

        def looks() -> int:
            return sandbox.ledger.calls()["shop"]["Order.list"]

        before = looks()
        wait_for(lambda: looks() > before + 10, "some more looks")
        watch.stop()
        events = [event["event"] for event in watch.events()]
    assert (events.count("unknown"), events.count("looked")) == (1, 1)
