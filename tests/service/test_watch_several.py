"""`watch` on a folder of shops: one process, ready when all were tried, every line with its shop."""

import json

from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.options import SandboxOptions
from tests.engine.shop import calls
from tests.service.watching import watching
from tests.support.multi_shop_sandbox import MultiShopSandbox
from tests.support.shop_folders import shop_file, shops_folder
from tests.support.waiting import wait_for

PROCESS = {"LOG__FORMAT": "json", "WATCH__INTERVAL": "0.3"}


def test_one_process_serves_a_folder(tmp_path):
    with MultiShopSandbox(3, SandboxOptions(orders=2, articles=8, plain=True)) as mall:
        mall.shops[2].faults["shop"].add(Fault(kind="html", times=None))
        figures = str(tmp_path / "shops.prom")
        folder = shops_folder(tmp_path / "shops", *mall.shops, ORDER__EXPORT="registered", METRICS__FILE=figures)
        bad = shop_file(folder, "bad", {"ORDER__SINCE": "soon"})
        with watching(tmp_path, 0.6, ["--settings", str(folder)], PROCESS) as watch:
            assert watch.systemd.wait_for("READY=1")
            assert watch.systemd.wait_for("WATCHDOG=1")
            watch.wait_for("out_of_reach")
            first, second, third = (shop.options.webshop for shop in mall.shops)
            for shop in (first, second):
                watch.wait_for(f'"event": "exported", "shop": {shop}, "order": "10001"')
                watch.wait_for(f'"event": "exported", "shop": {shop}, "order": "10002"')
            own = tmp_path / f"shops-{first}.prom"
            wait_for(own.exists)
            watch.systemd.forget()
            assert watch.stop() == 0
            assert watch.systemd.wait_for("STOPPING=1")
            events = watch.events()
        assert sorted(one["shop"] for one in events if one["event"] == "exported") == [first, first, second, second]
        assert {one["shop"] for one in events if one["event"] == "reach" and one["reach"] == "out_of_reach"} == {third}
        (told,) = [
            one["message"] for one in events if str(bad) in str(one.get("message")) and "SINCE" in one["message"]
        ]
        assert "ORDER__SINCE" in told
        assert all("shop" in one for one in events if one["event"] not in ("notice", "stamina.retry_scheduled"))
        assert f'shop="{first}"' in own.read_text()
        assert [len(shop.specter.orders) for shop in mall.shops] == [2, 2, 0]
        assert sum(calls(shop, "Order.count") for shop in mall.shops) == 2, "one first look each"


def test_without_one_shop_that_can_be_opened_it_is_never_ready(tmp_path):
    with MultiShopSandbox(1, SandboxOptions(orders=0, articles=8)) as mall:
        folder = shops_folder(tmp_path / "shops", *mall.shops)
        place = tmp_path / f"journal-{mall.shops[0].options.webshop}"
        place.mkdir(mode=0o700)
        (place / "journal.db").write_bytes(b"not a journal, " * 500)
        with watching(tmp_path, 0, ["--settings", str(folder)], PROCESS) as watch:
            assert watch.process.end() == 2
            assert not watch.systemd.wait_for("READY=1", 0.1)
            assert "not a journal" in json.dumps(watch.events())
