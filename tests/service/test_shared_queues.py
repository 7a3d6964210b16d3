"""Two shops with one Specter API user as people run them: together, and not one by one."""

import json
from contextlib import ExitStack
from functools import partial

import pytest

from tests.cli.commands import Commands
from tests.service.watching import watching
from tests.support.shared_account import (
    FIRST,
    OF_BOTH,
    OF_FIRST,
    OF_NOBODY,
    OF_SECOND,
    SECOND,
    SharedAccount,
    counted,
    shared_account,
    shown,
)
from tests.support.shop_folders import shop_file
from tests.support.waiting import wait_for

PROCESS = {"LOG__FORMAT": "json"}
CURE = "let Specter make an API user for each shop"


@pytest.fixture
def account(tmp_path):
    with shared_account(tmp_path, orders=1) as made:
        yield made


@pytest.fixture
def folder(account, tmp_path):
    for sandbox in (account.first, account.second):
        shop_file(tmp_path / "shops", str(sandbox.options.webshop), account.settings(sandbox))
    return tmp_path / "shops"


@pytest.fixture
def run(tmp_path):
    command = Commands(tmp_path, {})
    command.settings.clear()
    return command.run


def is_right(account: SharedAccount, times: int = 1) -> bool:
    return (
        shown(account.first, OF_FIRST),
        shown(account.first, OF_BOTH),
        shown(account.second, OF_SECOND),
        shown(account.second, OF_BOTH),
    ) == (3 * times, 5 * times, 4 * times, 5 * times)


@pytest.mark.parametrize("at_server", [False, True])
def test_workers_that_share_a_folder_bring_everything_home(account, tmp_path, request, at_server):
    own = {"JOURNAL__URL": request.getfixturevalue("server_url")} if at_server else {}
    for sandbox in (account.first, account.second):
        shop_file(tmp_path / "shops", str(sandbox.options.webshop), account.settings(sandbox, **own))
    with ExitStack() as held:
        workers = []
        for name in "abc":
            (tmp_path / name).mkdir()
            words = ["--settings", str(tmp_path / "shops")]
            workers.append(held.enter_context(watching(tmp_path / name, 0, words, PROCESS)))
        for worker in workers:
            assert worker.systemd.wait_for("READY=1")
        for times in range(1, 4):
            account.count(ALFA=3 * times, BETA=4 * times, BADA=5 * times)
            wait_for(partial(is_right, account, times), lambda: "\n".join(worker.log for worker in workers))
        for worker in workers:
            assert worker.stop() == 0
            assert "API user" not in worker.log
    assert account.first.ledger.complaints == account.second.ledger.complaints == []


def test_a_folder_is_served_and_who_serves_one_of_its_shops_alone_is_refused(account, folder, run, tmp_path):
    alone = str(folder / f"{SECOND}.env")
    with watching(tmp_path, 0, ["--settings", str(folder)], PROCESS) as watch:
        assert watch.systemd.wait_for("READY=1")
        account.count(ALFA=3, BETA=4, BADA=5)
        wait_for(lambda: is_right(account), lambda: watch.log)
        for words in (("stock", "pull"), ("watch",)):
            refused = run(*words, "--settings", alone)
            assert refused.status == 2, refused.err
            assert CURE in refused.err
        checked = run("check", "--json", "--settings", alone)
        assert [one["level"] for one in checked.objects if one["what"] == "queues"] == ["note"]
        together = run("check", "--json", "--settings", str(folder))
        assert [one["level"] for one in together.objects if one["what"] == "queues"] == ["ok", "ok"]
        for words in (("orders",), ("stock", "rows")):
            assert run(*words, "--settings", alone).status < 2
        account.count(ALFA=3, BETA=4, BADA=5, INGEN=1)
        assert watch.stop() == 0
        assert not [one for one in watch.events() if "API user" in json.dumps(one)]
    assert account.first.ledger.complaints == account.second.ledger.complaints == []


def test_a_folder_is_done_once_with_all_its_shops_open(account, folder, run):
    account.count(ALFA=3, BETA=4, BADA=5, INGEN=6)
    ended = run("watch", "--once", "--settings", str(folder))
    assert is_right(account), ended.err
    assert account.specter.user.stock.open is None
    assert not account.specter.user.stock.waiting
    assert OF_NOBODY not in ended.out


def test_a_folder_begins_with_all_stock_of_its_shops(account, folder, run):
    account.count(ALFA=3, BETA=4, BADA=5)
    run("watch", "--once", "--settings", str(folder))
    account.second.shop.tables["Article"][counted(account.second)[0]]["stock"]["stock"] = 99
    ended = run("stock", "pull", "--all", "--json", "--settings", str(folder))
    assert is_right(account), ended.err
    told = [(one["shop"], one["complete"]) for one in ended.objects if one["kind"] == "summary"]
    assert dict(told) == {FIRST: True, SECOND: True}


def test_two_programs_with_a_shop_each_are_refused_by_the_second(account, folder, run, tmp_path):
    first, second = (["--settings", str(folder / f"{shop}.env")] for shop in (FIRST, SECOND))
    with watching(tmp_path, 0, first, PROCESS) as watch:
        assert watch.systemd.wait_for("READY=1")
        refused = run("watch", *second)
        assert refused.status == 2
        assert CURE in refused.err
        checked = run("check", "--json", *second)
        assert [one["level"] for one in checked.objects if one["what"] == "queues"] == ["problem"]
        assert checked.status == 1
        watch.stop()
