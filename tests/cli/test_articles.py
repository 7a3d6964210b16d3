"""The commands about articles, stock and the day's report: output, exit statuses, and only data on stdout."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from specter_tui.sandbox.shop.patch_rules import write_by_hand
from specter_tui.sandbox.specter.operations import count_stock
from tests.engine.shop import document, placed
from tests.support.stock_server import row, stock, stock_server

ON = {"ARTICLE__EXPORT": "changed"}


def test_bad_numbers_are_printed_fixed_and_gone(stocked, commands):
    sandbox = stocked(orders=0)
    here = commands(sandbox)
    checked = here.run("articles", "check", "--json")
    assert checked.status == 1
    bad = [one for one in checked.objects if one["kind"] == "bad_number"]
    assert bad
    assert {"package", "no_stock"} <= {one["kind"] for one in checked.objects}
    named = next(one for one in bad if one["number"])
    one = here.run("articles", "fix", named["number"], "--json")
    assert one.status == 0
    assert all(line["written"] for line in one.objects)
    rest = here.run("articles", "fix", "--all")
    assert rest.status == 0
    assert here.run("articles", "check").status == 0
    assert here.run("articles", "fix", "NO-SUCH").status == 2
    assert here.run("articles", "fix").status == 2


def test_articles_are_exported_and_only_changed_ones_again(stocked, commands):
    sandbox = stocked(orders=0, plain=True)
    sandbox.specter.articles.clear()
    here = commands(sandbox, **ON)
    first = here.run("articles", "export", "--json")
    summary = first.objects[-1]
    assert summary["kind"] == "summary"
    assert summary["sent"] == len(sandbox.specter.articles) > 0
    again = here.run("articles", "export", "--json").objects[-1]
    assert (again["sent"], again["calls"]) == (0, 0)
    assert again["unchanged"] == summary["sent"]


def test_articles_are_not_sent_where_the_settings_say_no(stocked, commands):
    ended = commands(stocked(orders=0)).run("articles", "export")
    assert ended.status == 2
    assert "ARTICLE__EXPORT" in ended.err


def test_service_articles(stocked, commands):
    sandbox = stocked(orders=0)
    here = commands(sandbox)
    sandbox.specter.articles.clear()
    listed = here.run("articles", "service", "--dry-run", "--json")
    assert [one["message"] for one in listed.objects] == ["set"] * 6
    assert not sandbox.specter.articles
    assert here.run("articles", "service").status == 0
    assert len(sandbox.specter.articles) == 6


def test_stock_is_pulled_and_what_has_no_place_is_printed(stocked, commands):
    sandbox = stocked(orders=0, plain=True, stock_queued=True)
    here = commands(sandbox)
    number = next(line["number"] for line in sandbox.shop.articles() if line["stock"] is not None)
    for site in sandbox.specter.articles[number].available:
        count_stock(sandbox.specter, number, 21, site)
    uid = next(line["article"] for line in sandbox.shop.articles() if line["number"] != number and not line["variant"])
    write_by_hand(sandbox.shop, "Article", uid, {"articleNumber": "OMDOPT"})
    ended = here.run("stock", "pull", "--once", "--json")
    assert ended.status == 1
    assert ended.objects[-1]["written"] >= 1
    assert {one["code"] for one in ended.objects[:-1]} == {"not_in_shop"}
    held = {line["number"]: line["stock"] for line in sandbox.shop.articles()}
    assert held[number] == 42
    assert here.run("stock", "pull").status == 1
    (lost,) = (one["number"] for one in ended.objects[:-1])
    write_by_hand(sandbox.shop, "Article", uid, {"articleNumber": lost})
    assert here.run("stock", "pull", "--once", "--json").status == 0, "a program that begins later writes it, too"


def test_a_day_is_reported_in_every_form(stocked, commands):
    sandbox = stocked(orders=6, plain=True)
    here = commands(sandbox)
    here.run("export", "--all")
    at = datetime.fromisoformat(document(sandbox, placed(sandbox)[-1])["ordered"])
    day = str(at.astimezone(ZoneInfo("Europe/Stockholm")).date())
    told = here.run("report", "--date", day, "--json")
    assert told.status == 0
    (report,) = told.objects
    assert report["balanced"] is True
    assert report["exported_orders"] >= 1
    (rate, *_) = report["shop_rates"]
    for amount in (report["shop_total"], report["held_total"], rate["net"], rate["vat"]):
        assert re.fullmatch(r"-?\d+\.\d\d", amount)
    table = here.run("report", "--date", day, "--csv").out
    assert table.startswith("\ufeffDate,Until,Counted,Currency,Part")
    assert "shop = in Specter + held" in here.run("report", "--date", day).out
    month = here.run("report", "--date", day, "--month", "--by", "exported", "--json").objects[0]
    assert (month["date"][-2:], month["basis"]) == ("01", "exported")
    assert here.run("report", "--week", "--month").status == 2
    assert here.run("report", "--by", "sent").status == 2
    assert here.run("report", "--date", "yesterday").status == 2


def test_watch_once_does_what_is_switched_on(stocked, commands):
    sandbox = stocked(orders=2, plain=True, stock_queued=True)
    sandbox.specter.articles.pop(next(iter(sandbox.specter.articles)))
    here = commands(sandbox, **ON, STOCK__SYNC="true", DELIVERY__SYNC="true", ORDER__EXPORT="registered")
    assert here.run("watch", "--once").status == 0
    calls = sandbox.ledger.calls()["specter"]
    assert {"newArticleSubmit", "getArticleExternalNeedUpdate", "getOrdersExternalNeedUpdate"} <= calls.keys()
    assert sandbox.ledger.complaints == []


def test_rows_for_a_person_are_settled_one_by_one(stocked, commands):
    sandbox = stocked(orders=0, plain=True)
    with stock_server() as queue:
        queue.waiting["stock"] = [stock(row("", "3"), row("", "4"))]
        run = commands(sandbox, SPECTER__URL=queue.url).run
        assert run("stock", "pull").status == 1
        first, second = (one["row"] for one in run("stock", "rows", "--json").objects)
        mixed = run("stock", "done", first, "nosuch-1", second, "--reason", "counted", "--json")
        assert (mixed.status, [one["row"] for one in mixed.objects]) == (2, [first, second])
        assert "No row nosuch-1" in mixed.err
        again = run("stock", "done", first, "--reason", "once more")
        assert (again.status, again.out, "settled already: counted" in again.err) == (1, "", True)
        assert run("stock", "rows").status == 0
