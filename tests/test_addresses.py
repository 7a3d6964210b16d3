"""Deceptive addresses are refused where they are written, in a plain sentence without keys."""

import pytest

from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.config.settings import Settings, load_settings

LEAST = {
    "ABICART__WEBSHOP": "22222",
    "ABICART__AUTH": "token",
    "SPECTER__SBM_ID": "1234",
    "SPECTER__API_USER_KEY": "key",
    "SPECTER__INTEGRATION_KEY": "key",
    "ORDER__SINCE": "2026-01-01",
}
HOST = "https://api.specter.se"


def problem(**changes: str) -> str:
    with pytest.raises(SettingsProblem) as caught:
        load_settings(None, LEAST | changes)
    (text, *_) = caught.value.problems
    return text


def loaded(**changes: str) -> Settings:
    return load_settings(None, LEAST | changes)


@pytest.mark.parametrize("name", ["ABICART__URL", "SPECTER__URL"])
@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://api.specter.se@evil.example/", "must name no user"),
        ("https://user:canary@api.specter.se/", "must name no user"),
        ("https://@api.specter.se/", "must name no user"),
        ("https://api.specter.se/\n", "a line end"),
        ("https://api.spec\nter.se/", "a line end"),
        ("https://api.specter.se/\r\nHost: evil.example", "a line end"),
        ("https://api.specter.se/\tx", "a line end"),
        ("https://api.specter.se/a b", "a space"),
        ("https://api.specter.se\\@evil.example/", "a sign that no address has"),
        ("https://api.specter.se/\x7f", "a line end"),
        (f"{HOST}:0/", "a port"),
        (f"{HOST}:/", "a port"),
        (f"{HOST}:99999/", "a port"),
        (f"{HOST}:-1/", "a port"),
        (f"{HOST}:443x/", "a port"),
        (f"{HOST}:４４３/", "letters beyond a to z"),
        ("https://аpi.specter.se/", "letters beyond a to z"),
        ("https://api.ѕpecter.se/", "letters beyond a to z"),
        ("https://api.specter。se/", "letters beyond a to z"),
        ("https://ap\u200bi.specter.se/", "letters beyond a to z"),
        ("https://xn--pi-7kc.specter.se/", "letters beyond a to z"),
        ("https://API.XN--pi-7kc.se/", "letters beyond a to z"),
        (f"{HOST}/?auth=canary", "must end before"),
        (f"{HOST}/#x", "must end before"),
        (f"{HOST}/?", "must end before"),
        ("https://%61pi.specter.se/", "must be an https"),
        ("https://-api.specter.se/", "must be an https"),
        ("https://.specter.se/", "must be an https"),
        ("https:///api.specter.se/", "must be an https"),
        ("https://[::1%25eth0]/", "must be an https"),
        ("https://[fe80::zz]/", "must be an https"),
        ("http://127.0.0.2/", "must be an https"),
        ("http://2130706433/", "must be an https"),
        ("http://localhost./", "must be an https"),
        ("javascript:alert(1)", "must be an https"),
    ],
)
def test_an_address_that_is_not_what_it_seems_is_refused(name: str, url: str, says: str) -> None:
    text = problem(**{name: url})
    assert text.startswith(f"{name}: ")
    assert says in text
    assert "canary" not in text


@pytest.mark.parametrize("url", [f"{HOST}/", f"{HOST}:8443/x/", "https://[2001:db8::1]/", "https://shop_1.example.se/"])
def test_plain_addresses_will_do(url: str) -> None:
    assert loaded(ABICART__URL=url).abicart.url == url


@pytest.mark.parametrize(
    "url",
    [
        "proxy:3128",
        "socks5://proxy:1080",
        "http://proxy:3128/path",
        "http://proxy:0",
        "http://prоxy:3128",
        "http://user:canary@proxy:3128\n",
        "http://proxy:3128?x",
        "ftp://user:canary@proxy",
    ],
)
def test_a_proxy_that_is_none_is_refused_without_its_password(url: str) -> None:
    text = problem(HTTP__PROXY=url)
    assert text.startswith("HTTP__PROXY: ")
    assert "canary" not in text


def test_a_proxys_password_is_a_secret() -> None:
    settings = loaded(HTTP__PROXY="http://us%40er:can%C3%A5ry@proxy.example:3128")
    assert {"can%C3%A5ry", "canåry"} <= set(settings.secrets())
    assert "can" not in repr(settings.http)
    assert loaded(HTTP__PROXY="").http.proxy_url == ""


def test_a_file_without_certificates_is_refused(tmp_path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("no certificate", encoding="ascii")
    assert problem(HTTP__CA_FILE=str(empty)).startswith("HTTP__CA_FILE: holds no certificate")
    assert problem(HTTP__CA_FILE=str(tmp_path / "gone.pem")).startswith("HTTP__CA_FILE: cannot be read")
