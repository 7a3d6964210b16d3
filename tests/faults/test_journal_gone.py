"""The journal's file is removed while programs have it open: nothing is sent, and work resumes when it is back."""

import shutil

import pytest

from specter_tui.sandbox.server.options import SandboxOptions
from tests.service.watching import service, watching
from tests.support.multi_shop_sandbox import MultiShopSandbox
from tests.support.shop_folders import shops_folder
from tests.support.waiting import wait_for

PROCESS = {"LOG__FORMAT": "json", "WATCH__INTERVAL": "0.3"}
ALONE = SandboxOptions(orders=2, articles=8, plain=True)


def emptied(journal, aside):
    journal.parent.rename(aside)
    journal.parent.mkdir(mode=0o700)
    journal.touch(mode=0o600)


def put_back(journal, aside):
    shutil.rmtree(journal.parent, ignore_errors=True)
    aside.rename(journal.parent)


def held(sandbox):
    return len(sandbox.specter.orders)


@pytest.mark.parametrize("lose", [lambda journal, aside: journal.parent.rename(aside), emptied])
def test_fault_69_a_journal_that_is_gone_stops_its_shop_alone(tmp_path, lose):
    with MultiShopSandbox(2, ALONE) as mall:
        ill, well = mall.shops
        folder = shops_folder(tmp_path / "shops", *mall.shops, ORDER__EXPORT="registered")
        journal, aside = tmp_path / f"journal-{ill.options.webshop}" / "journal.db", tmp_path / "aside"
        with watching(tmp_path, 0, ["--settings", str(folder)], PROCESS) as watch:
            wait_for(lambda: [held(shop) for shop in mall.shops] == [2, 2], lambda: watch.log)
            lose(journal, aside)
            ill.arrivals.place()
            well.arrivals.place()
            watch.wait_for("put the journal back")
            wait_for(lambda: held(well) == 3, lambda: watch.log)
            assert held(ill) == 2
            put_back(journal, aside)
            wait_for(lambda: held(ill) == 3, lambda: watch.log)
            assert watch.stop() == 0
        told = [one for one in watch.events() if "put the journal back" in str(one)]
        assert "error of our own" not in watch.log
        assert {one.get("shop") for one in told} == {ill.options.webshop}
        assert [shop.ledger.complaints for shop in mall.shops] == [[], []]


def test_fault_69_an_older_copy_that_is_put_back_sends_nothing_twice(tmp_path):
    with MultiShopSandbox(1, ALONE) as mall:
        (shop,) = mall.shops
        with service(shop, tmp_path) as watch:
            journal, aside = tmp_path / "data" / "journal.db", tmp_path / "aside"
            wait_for(lambda: held(shop) == 2, lambda: watch.log)
            shutil.copytree(journal.parent, aside)
            shop.arrivals.place()
            wait_for(lambda: held(shop) == 3, lambda: watch.log)
            shutil.rmtree(journal.parent)
            watch.wait_for("put the journal back")
            shop.arrivals.place()
            aside.rename(journal.parent)
            wait_for(lambda: held(shop) == 4, lambda: watch.log)
            assert watch.stop() == 0
        assert shop.ledger.complaints == []
        assert len({order.external for order in shop.specter.orders.values()}) == 4
