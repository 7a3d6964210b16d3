"""Bad settings, wrong keys, unreachable servers: reported in words, with the right status, without secrets."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from specter_tui.cli.app import app
from tests.engine.shop import spoil
from tests.support.environment import in_environment

COMMANDS = [("export", "--all"), ("watch", "--once"), ("journal", "show")]


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_bad_settings_end_every_command_before_any_call(stocked, commands, words):
    sandbox = stocked(orders=1, plain=True)
    ended = commands(sandbox, ORDER__SINCE="soon", LIMITS__CONCURRENCY="0").run(*words)
    assert ended.status == 2
    assert [line.partition(":")[0] for line in ended.err.splitlines()] == ["ORDER__SINCE", "LIMITS__CONCURRENCY"]
    assert ended.out == ""
    assert sandbox.ledger.calls() == {}


def test_a_settings_file_is_found_named_or_refused(stocked, commands, tmp_path: Path):
    sandbox = stocked(orders=1, plain=True)
    command = commands(sandbox)
    settings, command.settings = command.settings, {}
    text = "".join(f"{name}='{value}'\n" for name, value in settings.items())
    named = tmp_path / "named.env"
    named.write_text(text)
    named.chmod(0o600)
    assert command.run("orders").status == 2
    assert command.run("orders", "--settings", str(named)).status == 0
    assert command.run("--settings", str(named), "orders").status == 0
    assert command.run("orders", "--settings", str(tmp_path / "none.env")).status == 2
    named.chmod(0o640)
    refused = command.run("orders", "--settings", str(named))
    assert (refused.status, f"chmod 600 {named}" in refused.err) == (2, True)
    here = command.folder / "settings.env"
    here.write_text(text)
    here.chmod(0o600)
    assert command.run("orders").status == 0


@pytest.mark.parametrize("words", [("export", "--all"), ("check",)], ids=lambda w: w[0])
def test_a_shop_that_is_not_there_is_out_of_reach(stocked, commands, words):
    sandbox = stocked(orders=1, plain=True)
    spoil(sandbox, "redirect", "*", "shop", times=None)
    assert commands(sandbox).run(*words).status == 1, "it is there, and refuses us"
    sandbox.faults["shop"].clear()
    ended = commands(sandbox, ABICART__URL="http://127.0.0.1:1/").run(*words)
    assert ended.status == 3
    assert "the shop cannot be reached" in ended.out + ended.err


def test_a_specter_that_is_not_there_is_out_of_reach(stocked, commands):
    sandbox = stocked(orders=2, plain=True)
    command = commands(sandbox, SPECTER__URL="http://127.0.0.1:1/")
    ended = command.run("export", "--all", "--json")
    assert ended.status == 3
    assert set(ended.states) <= {"retry_later", "ready"}
    assert "Specter cannot be reached" in ended.err
    checked = command.run("check", "--json")
    assert checked.status == 3
    assert next(one for one in checked.objects if one["out_of_reach"])["what"] == "Specter"


@pytest.mark.parametrize("name", ["ABICART__AUTH", "SPECTER__API_USER_KEY", "SPECTER__INTEGRATION_KEY"])
def test_a_wrong_key_is_said_and_not_shown(stocked, commands, name):
    sandbox = stocked(orders=2, plain=True)
    command = commands(sandbox, **{name: "canary-wrong-key"})
    for words in (("check",), ("export", "--all", "--json")):
        ended = command.run(*words)
        assert ended.status == 1
        told = ended.out + ended.err
        for secret in (
            "canary-wrong-key",
            sandbox.settings["SPECTER__API_USER_KEY"],
            sandbox.settings["ABICART__AUTH"],
        ):
            assert secret not in told
    assert not sandbox.specter.orders
    for file in command.journal.parent.iterdir():
        assert b"canary-wrong-key" not in file.read_bytes()


def test_check_tells_what_would_block_orders_later(stocked, commands):
    sandbox = stocked(orders=0)
    run = commands(sandbox).run
    found = run("check", "--json")
    assert found.status == 1, "some article numbers are bad"
    by_what = {one["what"]: one for one in found.objects}
    assert {what for what, one in by_what.items() if one["level"] == "problem"} == {"article numbers"}
    assert {"Specter", "shop", "currency", "delivery", "payment", "service article"} <= by_what.keys()
    lacking = run("check", "--json", ORDER__ARTICLE_DELIVERY="", ORDER__PAYMENT_TYPES='{"card": "K"}').objects
    told = " ".join(one["text"] for one in lacking)
    assert "ORDER__ARTICLE_DELIVERY is not set" in told
    assert "has no payment type in ORDER__PAYMENT_TYPES" in told
    assert "PROBLEM  article numbers" in run("check").out
    mailing = run("check", ORDER__CONFIRM_CUSTOMER="true").out
    assert "switch the shop's own mail to the customer off" in mailing
    assert sandbox.specter.triggers == {}


@pytest.mark.parametrize("url", ["sqlite:///{folder}/bad.db", "mysql://x/y", "sqlite:///", "sqlite:///:memory:"])
def test_a_journal_that_cannot_be_used_is_bad_settings(stocked, tmp_path: Path, url):
    """In this process, since it ends before the first call."""
    sandbox = stocked(orders=1, plain=True)
    (tmp_path / "bad.db").write_bytes(b"no journal" * 1000)
    environment = {**sandbox.settings, "JOURNAL__URL": url.format(folder=tmp_path)}
    ended = CliRunner().invoke(app, ["orders"], env=in_environment(environment))
    assert ended.exit_code == 2
    assert len(ended.stderr.splitlines()) == 1
    assert sandbox.ledger.calls() == {}
