"""Commands on a folder of shops: each line names its shop, each shop fails separately; and commands for one shop."""

import pytest

from tests.cli.commands import Commands
from tests.support.shop_folders import shop_file, shops_folder

ONE_SHOP = [("preview", "1001"), ("export", "1001"), ("articles", "check")]


@pytest.fixture
def two(stocked):
    return stocked(orders=2, plain=True, webshop=101, sbm_id="11"), stocked(orders=1, webshop=102, sbm_id="12", seed=2)


@pytest.fixture
def run(tmp_path):
    """Run commands without settings in the environment."""
    command = Commands(tmp_path, {})
    command.settings.clear()
    return command.run


def test_each_shop_is_done_and_named_whatever_becomes_of_the_others(two, run, tmp_path):
    folder = shops_folder(tmp_path / "shops", *two)
    bad = shop_file(folder, "bad", {"ORDER__SINCE": "soon"})
    dead = {**two[0].settings, "ABICART__WEBSHOP": "100", "ABICART__URL": "http://127.0.0.1:1/"}
    shop_file(folder, "a-dead", dead)
    listed = run("orders", "--json", "--settings", str(folder))
    assert sorted(one["shop"] for one in listed.objects) == [101, 101, 102]
    assert listed.status == 3
    assert f"{bad}: ORDER__SINCE: " in listed.err
    assert "100  the shop cannot be reached" in listed.err
    exported = run("export", "--all", "--settings", str(folder))
    assert exported.status == 3
    assert sorted(line.split()[0] for line in exported.lines) == ["101", "101", "102"]
    assert len(two[0].specter.orders) == 2
    day = run("report", "--date", "2026-11-01", "--csv", "--settings", str(folder))
    header, *rows = day.lines
    assert header.startswith("\ufeffShop,Date,")
    assert {row.split(",")[0] for row in rows} == {"101", "102"}


def test_what_works_for_one_shop_says_so(two, run, tmp_path):
    folder = shops_folder(tmp_path / "shops", *two)
    for words in ONE_SHOP:
        ended = run(*words, "--settings", str(folder))
        assert ended.status == 2
        assert "one shop" in ended.err
    one = folder / "shop-101.env"
    assert run("articles", "check", "--settings", str(one)).status < 2
    assert run("--settings", str(one), "--settings", str(folder / "shop-102.env"), "journal", "show").status == 2


def test_no_key_of_the_environment_speaks_for_a_folder(two, run, tmp_path):
    folder = shops_folder(tmp_path / "shops", *two)
    ended = run("orders", "--settings", str(folder), ABICART__AUTH="canary")
    assert ended.status == 2
    assert ended.err.startswith("SPECTER_TUI_ABICART__AUTH: ")
    assert "canary" not in ended.err
    assert two[0].ledger.calls() == {}
