"""Settings: read once, refused in one line each, without secrets."""

import json
import os
import shlex
import traceback
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.config.settings import Settings, find_settings_file, load_settings
from specter_tui.config.sources import HERE, PREFIX, ChosenFile, given_in, unread_in
from specter_tui.errors import ErrorText

CANARIES = ("canary-auth", "canary-inner", "canary-outer")
LEAST = {
    "ABICART__WEBSHOP": "22222",
    "ABICART__AUTH": CANARIES[0],
    "SPECTER__SBM_ID": "1234",
    "SPECTER__API_USER_KEY": CANARIES[1],
    "SPECTER__INTEGRATION_KEY": CANARIES[2],
    "ORDER__SINCE": "2026-11-01",
}


def loaded(**others: str) -> Settings:
    return load_settings(None, LEAST | others)


def problems(environment: Mapping[str, str], file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsProblem) as caught:
        load_settings(file, environment)
    told = "".join(traceback.format_exception(caught.value))
    assert not any(canary in told for canary in CANARIES)
    return caught.value.problems


def written(file: Path, values: Mapping[str, str], mode: int = 0o600) -> Path:
    file.write_text("".join(f"{name}='{value}'\n" for name, value in values.items()), encoding="utf-8")
    file.chmod(mode)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "settings.env", LEAST)


def test_the_least_that_is_needed() -> None:
    settings = loaded()
    assert settings.abicart.webshop == 22222
    assert settings.order.since == date(2026, 11, 1)
    assert settings.specter.api_user_id is None
    assert settings.order.export == "manual"
    assert settings.limits.timeout == timedelta(seconds=30)


@pytest.mark.parametrize("name", LEAST)
def test_each_missing_setting_is_named_on_a_line(name: str) -> None:
    assert problems({key: value for key, value in LEAST.items() if key != name}) == (
        f"{name}: is missing", "specter-tui setup asks for what is needed, and writes it"
    )  # fmt: skip


@pytest.mark.parametrize("value", ["§", "-1", "9" * 30, "9" * 9000, "", "[1]", "nan", "99999-01-01", "a\0b"])
def test_no_wrong_value_is_named_by_words_of_a_library_alone(value: str) -> None:
    names = [f"{section}__{name}" for section, field in Settings.model_fields.items() for name in fields_of(field)]
    wrong = 0
    for name in names:
        try:
            loaded(**{name.upper(): value})
        except SettingsProblem as refusal:
            (problem,) = refusal.problems
            assert isinstance(problem, ErrorText)
            assert problem.code != "about" or isinstance(problem.values["why"], ErrorText), problem
            wrong += 1
    assert wrong > len(names) / 3


def fields_of(section: FieldInfo) -> Iterable[str]:
    kind = section.annotation
    assert isinstance(kind, type)
    assert issubclass(kind, BaseModel)
    return kind.model_fields


def test_all_missing_settings_are_named_at_once() -> None:
    assert problems({})[:-1] == tuple(f"{name}: is missing" for name in LEAST)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("ABICART__WEBSHOP", "shop", "valid integer"),
        ("ABICART__WEBSHOP", "0", "greater than 0"),
        ("ABICART__AUTH", "", "not be empty"),
        ("ABICART__LANGUAGE", "swedish", "the form"),
        ("SPECTER__SBM_ID", "-1", "greater than 0"),
        ("SPECTER__ROUNDING", "up", "'order', 'row' or 'rate'"),
        ("SPECTER__DUPLICATE_ANSWER", "(", "regular expression"),
        ("SPECTER__REFUSES_DUPLICATES", "perhaps", "true or false"),
        ("SPECTER__WEBSHOP_ID", "x", "valid integer"),
        ("ORDER__SINCE", "yesterday", "a day such as"),
        ("ORDER__SINCE", "2026-02-30", "a day such as"),
        ("ORDER__EXPORT", "always", "'inactive', 'registered' or 'manual'"),
        ("ORDER__PAYMENT_TYPES", "{", "no valid JSON"),
        ("ORDER__PAYMENT_TYPES", '["KG"]', "JSON in braces"),
        ("ORDER__NUMBER_PREFIX", "x" * 21, "at most 20"),
        ("LIMITS__CONCURRENCY", "0", "greater than or equal to 1"),
        ("LIMITS__CONCURRENCY", "33", "less than or equal to 32"),
        ("LIMITS__PER_SECOND", "0", "greater than 0"),
        ("LIMITS__PER_SECOND", "nan", "a number"),
        ("LIMITS__PER_SECOND", "inf", "a number"),
        ("LIMITS__TIMEOUT", "soon", "30 s"),
        ("LIMITS__TIMEOUT", "-5", "30 s"),
        ("LIMITS__TIMEOUT", "0", "longer than 0"),
        ("WATCH__INTERVAL", "0 s", "longer than 0"),
        ("WATCH__INTERVAL", "8785 h", "too long"),
        ("WATCH__INTERVAL", "9" * 30 + " h", "too long"),
        ("WATCH__INTERVAL", "9" * 400, "too long"),
        ("UI__LANGUAGE", "de", "'sv' or 'en'"),
        ("UI__TIME_ZONE", "Mars/Olympus", "time zone"),
        ("UI__TIME_ZONE", "../../etc/passwd", "time zone"),
        ("UI__LEAN", "yes", "'auto', 'on' or 'off'"),
        ("SPECTER__KEY", "x", "no such setting"),
    ],
)
def test_a_wrong_setting_is_named_on_one_line(name: str, value: str, why: str) -> None:
    found = problems(LEAST | {name: value})
    assert len(found) == 1
    assert found[0].startswith(f"{name}: ")
    assert why in found[0]
    assert "\n" not in found[0]


@pytest.mark.parametrize("name", ["ABICART__URL", "SPECTER__URL"])
@pytest.mark.parametrize(
    "url",
    [
        "http://api.specter.se/",
        "http://127.0.0.1.example.se/",
        "http://localhost.example.se/",
        "http://10.0.0.1/",
        "ftp://localhost/",
        "api.specter.se",
        "https://",
        "https://[::1",
        "",
    ],
)
def test_keys_travel_only_over_https_or_to_this_machine(name: str, url: str) -> None:
    (found,) = problems(LEAST | {name: url})
    assert found.startswith(f"{name}: ")


@pytest.mark.parametrize(
    "url", ["https://api.specter.se/", "http://127.0.0.1:8000/x/", "http://localhost/", "http://[::1]:1/"]
)
def test_https_and_loopback_will_do(url: str) -> None:
    assert loaded(SPECTER__URL=url).specter.url == url


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("30", timedelta(seconds=30)),
        ("0.5", timedelta(seconds=0.5)),
        ("30 s", timedelta(seconds=30)),
        ("45sec", timedelta(seconds=45)),
        ("15 min", timedelta(minutes=15)),
        ("1.5m", timedelta(seconds=90)),
        (" 2 h ", timedelta(hours=2)),
    ],
)
def test_durations(value: str, meant: timedelta) -> None:
    assert loaded(ALERT__AFTER=value).alert.after == meant


def test_lists_and_maps_and_empty_values() -> None:
    settings = loaded(
        ORDER__GIFT_CARD_METHODS=" giftcard, 7 ,",
        ORDER__COD_METHODS="",
        ORDER__PAYMENT_TYPES='{"7": "KG"}',
        SPECTER__API_USER_ID="",
        SPECTER__STOCK_SITE_ID="",
        LIMITS__PER_SECOND="",
    )
    assert settings.order.gift_card_methods == ("giftcard", "7")
    assert settings.order.cod_methods == ()
    assert settings.order.payment_types == {"7": "KG"}
    assert settings.specter.api_user_id is None
    assert settings.specter.stock_site_id is None
    assert settings.limits.per_second is None


def test_the_environment_stands_above_the_file(tmp_path: Path) -> None:
    file = written(tmp_path / "settings.env", LEAST | {"ABICART__WEBSHOP": "1", "ORDER__EXPORT": "registered"})
    settings = load_settings(file, given_in({"specter_tui_abicart__webshop": "2"}))
    assert settings.abicart.webshop == 2
    assert settings.order.export == "registered"


def test_an_unknown_name_in_the_file_is_a_slip(tmp_path: Path) -> None:
    file = written(tmp_path / "settings.env", LEAST | {"ORDER__SINSE": "2026-01-01", "OTHER": "x"})
    assert set(problems({}, file)) == {
        f"ORDER__SINSE: there is no such setting ({file}, line 7)",
        f"OTHER: there is no such setting ({file}, line 8)",
    }


def test_variables_of_other_programs_do_no_harm() -> None:
    others = {"LOG": "x", "ORDER": "x", "UI": "{", "PATH": "/bin", "STOCK": "", "GIT__OTHER": "x", "__": "x", "_": ""}
    others |= {"SPECTER_TUI_HOME": "x", "SPECTER_TUI_": "x", "SPECTER_TUI": "x", "MY_SPECTER_TUI_ORDER__SINCE": "x"}
    assert given_in(others) == {}
    assert unread_in(others) == ()


def test_the_process_environment_is_not_read_behind_the_back(monkeypatch: pytest.MonkeyPatch) -> None:
    for prefix in ("", PREFIX):
        monkeypatch.setenv(f"{prefix}ORDER__EXPORT", "registered")
    assert loaded().order.export == "manual"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o610, 0o601])
def test_a_file_that_others_can_reach_is_refused_with_the_line_to_run(tmp_path: Path, mode: int) -> None:
    file = written(tmp_path / "my settings.env", LEAST, mode)
    (found,) = problems({}, file)
    command = found.partition("run: ")[2]
    assert shlex.split(command) == ["chmod", "600", str(file)]
    assert os.system(command) == 0
    assert load_settings(file, {}).abicart.webshop == 22222


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_ones_own_is_read(tmp_path: Path, mode: int) -> None:
    assert load_settings(written(tmp_path / "settings.env", LEAST, mode), {}).specter.sbm_id == 1234


def test_a_link_is_refused(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.env"
    link.symlink_to(file)
    assert "plain file" in problems({}, link)[0]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "plain file" in problems({}, tmp_path)[0]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused_with_the_line_to_run(file: Path) -> None:
    os.chown(file, 12345, -1)
    (found,) = problems({}, file)
    assert shlex.split(found.partition("run: ")[2]) == ["chown", "0", str(file)]


def test_the_file_that_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    config, here = tmp_path / "config", tmp_path / "here"
    config.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    assert find_settings_file(None, config) == ChosenFile()
    written(config / "settings.env", LEAST)
    assert find_settings_file(None, config) == ChosenFile(config / "settings.env")
    written(here / "settings.env", LEAST)
    assert find_settings_file(None, config) == ChosenFile(HERE, config / "settings.env")
    assert find_settings_file(file, config) == ChosenFile(file)
    with pytest.raises(SettingsProblem, match="no such settings file"):
        find_settings_file(tmp_path / "none.env", config)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_bytes(b"ABICART__AUTH=\xff\xfe\x00")
    file.chmod(0o600)
    assert problems({}, file)[0].startswith(str(file))


def test_secrets_are_shown_nowhere() -> None:
    settings = loaded()
    assert settings.secrets() == CANARIES
    shown = repr(settings) + str(settings) + json.dumps(settings.model_dump(mode="json")) + settings.model_dump_json()
    assert not any(canary in shown for canary in CANARIES)


@pytest.mark.parametrize(
    ("spoken", "language"), [("sv_SE.UTF-8", "sv"), ("en_US.UTF-8", "en"), ("C", "en"), ("de_DE", "en"), ("", "en")]
)
def test_the_language_follows_the_terminal(monkeypatch: pytest.MonkeyPatch, spoken: str, language: str) -> None:
    monkeypatch.setenv("LANG", spoken)
    assert loaded().ui.language == language
    assert loaded(UI__LANGUAGE="").ui.language == language


def test_the_password_of_the_journals_server_is_a_secret() -> None:
    settings = loaded(JOURNAL__URL="postgresql://me:gehe%40im@db/journal")
    assert settings.secrets() == (*CANARIES, "gehe%40im", "gehe@im")
    assert "gehe" not in repr(settings) + str(settings.model_dump())
    assert settings.journal.address == "postgresql://me:gehe%40im@db/journal"
    assert loaded(JOURNAL__URL="sqlite:///a/journal.db").secrets() == CANARIES
