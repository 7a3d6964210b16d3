"""Several settings files: one shop each, each refused separately, and no key used for another shop."""

from collections.abc import Callable
from pathlib import Path

import pytest

from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.config.shops import Shops, load_shops
from specter_tui.config.sources import are_several
from tests.config.test_settings import LEAST, written
from tests.support.environment import in_environment

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "shops"
    folder.mkdir()
    return folder


@pytest.fixture
def write(folder: Path) -> Write:
    """Write one shop's file, with keys of its own."""

    def write(name: str, webshop: int, mode: int = 0o600, **others: str) -> Path:
        own = {
            "ABICART__WEBSHOP": str(webshop),
            "ABICART__AUTH": f"key-of-{webshop}",
            "SPECTER__SBM_ID": str(webshop * 10),
            "JOURNAL__URL": f"sqlite:///{name}.db",
        }
        return written(folder / f"{name}.env", LEAST | own | others, mode)

    return write


def loaded(*named: Path, **environment: str) -> Shops:
    return load_shops(named, Path("/nowhere"), in_environment(environment))


def sentences(shops: Shops) -> list[str]:
    return [line for refusal in shops.refused for line in refusal.sentences]


def test_a_folder_holds_a_shop_in_each_file_by_name(folder, write):
    write("zoo", 1)
    write("bok", 2)
    (folder / "notes.txt").write_text("no settings")
    (folder / ".hidden.env").write_text("no settings")
    shops = loaded(folder)
    assert [(shop.name, shop.number) for shop in shops.found] == [("bok", 2), ("zoo", 1)]
    assert [shop.settings.abicart.auth.get_secret_value() for shop in shops.found] == ["key-of-2", "key-of-1"]
    assert (shops.refused, shops.notes) == ((), ())


def test_files_may_be_named_one_by_one_and_beside_a_folder(folder, write, tmp_path):
    first, second = write("first", 1), write("second", 2)
    third = written(tmp_path / "third.env", LEAST)
    assert [shop.number for shop in loaded(second, first).found] == [2, 1]
    assert [shop.number for shop in loaded(third, folder, first).found] == [22222, 1, 2]
    assert are_several([folder])
    assert not are_several([first])


def test_each_file_is_refused_by_itself_with_its_name_and_setting(folder, write):
    write("good", 1)
    open_to_all = write("open", 2, mode=0o644)
    bad = write("bad", 3, ORDER__SINCE="soon", LIMITS__CONCURRENCY="0")
    (folder / "link.env").symlink_to(folder / "good.env")
    shops = loaded(folder)
    assert [shop.name for shop in shops.found] == ["good"]
    refused = sentences(shops)
    assert [line for line in refused if line.startswith(f"{bad}: ORDER__SINCE: ")]
    assert [line for line in refused if line.startswith(f"{bad}: LIMITS__CONCURRENCY: ")]
    assert [line for line in refused if f"chmod 600 {open_to_all}" in line]
    assert [line for line in refused if line.startswith(f"{folder / 'link.env'}: must be a plain file")]
    assert not any("key-of" in line for line in refused)


def test_without_one_good_file_there_is_nothing_to_do(folder, write):
    with pytest.raises(SettingsProblem, match="has no settings file"):
        loaded(folder)
    write("bad", 1, ORDER__SINCE="soon")
    with pytest.raises(SettingsProblem, match="ORDER__SINCE"):
        loaded(folder)
    with pytest.raises(SettingsProblem, match="no such settings file"):
        loaded(folder / "a.env", folder / "b.env")


def test_two_files_of_one_shop_are_both_refused_whichever_account_they_name(folder, write):
    write("one", 1)
    write("other", 1, SPECTER__SBM_ID="999")
    write("third", 3)
    shops = loaded(folder)
    assert [shop.name for shop in shops.found] == ["third"]
    assert [refusal.file.stem for refusal in shops.refused] == ["one", "other"]
    for line in sentences(shops):
        assert str(folder / "one.env") in line
        assert str(folder / "other.env") in line
        assert "shop 1" in line


def test_shops_of_one_api_user_are_served_together(folder, write):
    user = {"SPECTER__SBM_ID": "77", "SPECTER__API_USER_ID": "5"}
    write("one", 1, **user, STOCK__SYNC="true")
    write("two", 2, **user, DELIVERY__SYNC="true")
    shops = loaded(folder)
    assert [shop.name for shop in shops.found] == ["one", "two"]
    assert not shops.refused


def test_two_shops_have_two_journals(folder, write):
    write("one", 1, JOURNAL__URL="sqlite:///same.db")
    write("two", 2, JOURNAL__URL="sqlite:///same.db")
    write("three", 3)
    shops = loaded(folder)
    assert [shop.name for shop in shops.found] == ["three"]
    assert all("JOURNAL__URL" in line for line in sentences(shops))


def test_shops_of_one_account_are_told_of_their_limits_and_prefixes(folder, write):
    write("one", 1, SPECTER__SBM_ID="7")
    write("two", 2, SPECTER__SBM_ID="7")
    limits, prefix = loaded(folder).notes
    assert "shops 1, 2 share Specter account 7" in limits
    assert "LIMITS__" in limits
    assert "ORDER__NUMBER_PREFIX" in prefix
    write("two", 2, SPECTER__SBM_ID="7", ORDER__NUMBER_PREFIX="B-")
    assert len(loaded(folder).notes) == 1


@pytest.mark.parametrize(
    "name", ["ABICART__AUTH", "SPECTER__API_USER_KEY", "SPECTER__SBM_ID", "ORDER__EXPORT", "STOCK__SYNC"]
)
def test_the_environment_may_not_speak_for_all_shops(folder, write, name):
    write("one", 1)
    with pytest.raises(SettingsProblem) as caught:
        loaded(folder, **{name: "canary"})
    assert str(caught.value).startswith(f"SPECTER_TUI_{name}: ")
    assert "canary" not in str(caught.value)


def test_the_environment_speaks_for_the_process(folder, write):
    write("one", 1, LOG__FORMAT="text")
    write("two", 2)
    assert {shop.settings.log.format for shop in loaded(folder, LOG__FORMAT="json").found} == {"json"}


def test_one_file_is_as_it_always_was(write):
    (shop,) = loaded(write("one", 1), ORDER__EXPORT="registered").found
    assert shop.settings.order.export == "registered"
