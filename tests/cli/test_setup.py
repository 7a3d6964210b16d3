"""The first start: the guided set-up in a real terminal, with the sandbox, up to the console that it opens."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from specter_tui.config.settings import load_settings
from specter_tui.console.setup.step_screen import SETUP_HELP, SETUP_LABELS
from specter_tui.i18n import in_every_language
from tests.faults.terminal import Terminal, open_terminal
from tests.faults.world import ROOT, World, sandbox
from tests.support.environment import in_environment
from tests.support.file_modes import mode

SMALL = (80, 24)
ERASE = "\x15"  # ctrl+u: to the line's beginning.


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with sandbox("--orders", "3") as one:
        yield one


def start(home: Path, *words: str, **more: str) -> AbstractContextManager[Terminal]:
    return open_terminal(environment(home, **more), SMALL, words, home)


def environment(home: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "en_GB.UTF-8",
        **{f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "STATE", "DATA")},
        **in_environment(more),
    }


def field(term: Terminal, name: str) -> str:
    """Return the text in the line of a question."""
    labels = tuple(said[name] for said in SETUP_LABELS.in_every_language())
    row = next((line.strip() for line in term.screen if line.strip().startswith(labels)), "")
    for label in labels:
        row = row.removeprefix(label)
    return row.strip(" ✓▲")


def answer(term: Terminal, given: Mapping[str, str]) -> None:
    """Answer one question after the other, each once it is shown and its suggestion is erased."""
    helps, bare = SETUP_HELP.in_every_language(), ("", *in_every_language("may be empty"))
    for name, text in given.items():
        term.wait_until(lambda name=name: any(term.shows(said[name][:30]) for said in helps), f"{name} is asked")
        if field(term, name) not in bare:
            term.type(ERASE)
        term.wait_until(lambda name=name: field(term, name) in bare, f"{name} is erased")
        term.type(text)
        term.wait_until(lambda name=name, text=text: not text or field(term, name) not in bare, f"{name} is typed")
        term.type("\r")


def to_the_shop(term: Terminal) -> None:
    term.wait_for_screen("enter  begin")
    term.type("\r")
    term.wait_for_screen("1 of 3")


def answer_all(term: Terminal, given: dict[str, str]) -> None:
    """Answer everything, up to the summary."""
    to_the_shop(term)
    answer(term, {name: given[name] for name in ("ABICART__WEBSHOP", "ABICART__AUTH", "ABICART__URL")})
    term.wait_for_screen("The shop answers: ")
    term.wait_for_screen("Its base currency is SEK.")
    term.type("\r")
    term.wait_for_screen("2 of 3")
    keys = ("SBM_ID", "API_USER_ID", "API_USER_KEY", "INTEGRATION_KEY", "URL")
    answer(term, {name: given.get(name, "") for name in (f"SPECTER__{key}" for key in keys)})
    term.wait_for_screen("Specter answers, and accepts the keys.")
    term.type("\r")
    term.wait_for_screen("3 of 3")
    answer(term, {"ORDER__SINCE": "2026-01-01", "ORDER__ARTICLE_DELIVERY": given["ORDER__ARTICLE_DELIVERY"]})
    term.type("\r" * 8)
    term.wait_for_screen("This is written to")


def test_from_nothing_to_the_console(world: World, tmp_path: Path) -> None:
    given = world.settings
    file = tmp_path / "config" / "specter-tui" / "settings.env"
    with start(tmp_path) as term:
        answer_all(term, given)
        term.wait_for_screen("ORDER__ARTICLE_ROUNDING = ORESAVR")
        term.wait_quietly(0.5)
        assert not file.exists()  # though enter was pressed once too often.
        term.type("\r")
        term.wait_for_screen("1 of 3")  # the console, with the sandbox's three orders.
        term.type("q")
        assert term.end() == 0
        for secret in ("ABICART__AUTH", "SPECTER__API_USER_KEY", "SPECTER__INTEGRATION_KEY"):
            assert given[secret] not in term.text
    assert mode(file) == 0o600
    assert mode(file.parent) == 0o700
    settings = load_settings(file, {})
    assert settings.abicart.auth.get_secret_value() == given["ABICART__AUTH"]
    assert settings.specter.integration_key.get_secret_value() == given["SPECTER__INTEGRATION_KEY"]
    assert (settings.abicart.url, settings.ui.language) == (given["ABICART__URL"], "en")
    assert settings.order.since.isoformat() == "2026-01-01"
    assert list(file.parent.iterdir()) == [file]
    assert not (tmp_path / "state" / "specter-tui" / "setup.json").exists()


def test_what_is_wrong_is_said_as_it_is_typed_and_what_was_typed_stays_without_the_keys(
    world: World, tmp_path: Path
) -> None:
    with start(tmp_path, LANG="sv_SE.UTF-8") as term:
        term.wait_for_screen("in English")
        term.type("\r")
        term.wait_for_screen("1 av 3")
        term.type("12x")
        term.wait_for_screen("Det här är ett nummer")
        url = world.settings["ABICART__URL"]
        answer(term, {"ABICART__WEBSHOP": "999", "ABICART__AUTH": "no-such-key", "ABICART__URL": url})
        term.wait_for_screen("Butiken svarar men säger nej")
        term.type("\x1bOQ")  # F2
        term.wait_for_screen("2 av 3")
        term.type("\x03")
        assert term.end() == 0
    draft = tmp_path / "state" / "specter-tui" / "setup.json"
    assert json.loads(draft.read_text())["ABICART__WEBSHOP"] == "999"
    assert mode(draft) == 0o600
    assert not any("no-such-key" in file.read_text() for file in tmp_path.rglob("*") if file.is_file())
    assert not list(tmp_path.rglob("settings.env"))
    with start(tmp_path) as term:
        to_the_shop(term)
        term.wait_for_screen("999")
        term.type("\x03")
        assert term.end() == 0


def test_what_is_typed_ahead_is_taken_in_its_order(tmp_path: Path) -> None:
    """From the first screen's key on, in one write: a line is erased and typed again, and Enter and Tab move on."""
    with start(tmp_path) as term:
        term.wait_for_screen("enter  begin")
        term.type(f"\rabc{ERASE}3345\x7f4\tkey\r{ERASE}https://shop.test/xyz\x17abc\x1b[A\x1b[A9")
        term.wait_until(lambda: field(term, "ABICART__WEBSHOP") == "33449", "the last letter is where it belongs")
        term.wait_until(lambda: field(term, "ABICART__AUTH") == "•••", "the key is typed, of three letters")
        term.wait_until(lambda: field(term, "ABICART__URL") == "https://shop.test/abc", "the address is typed")
        term.type("\x03")
        assert term.end() == 0


def test_settings_that_are_there_are_not_replaced_unasked(world: World, tmp_path: Path) -> None:
    file = tmp_path / "mine.env"
    file.write_text("UI__THEME=light\n")
    file.chmod(0o600)
    with start(tmp_path, "setup", "--settings", str(file)) as term:
        term.wait_for_screen("There are settings already")
        answer_all(term, world.settings)
        term.wait_quietly(0.5)
        term.type("\r")
        term.wait_for_screen("Replace the settings?")
        term.type("\x1b")
        term.wait_quietly(0.5)
        assert file.read_text() == "UI__THEME=light\n"
        term.type("\r")
        term.wait_for_screen("Replace the settings?")
        term.wait_quietly(0.5)
        term.type("y")
        term.wait_for_screen("1 of 3")
        term.type("q")
        assert term.end() == 0
    assert "ABICART__WEBSHOP=" in file.read_text()
    assert "UI__THEME" not in file.read_text()


def test_the_demo_is_one_key_away(tmp_path: Path) -> None:
    with start(tmp_path) as term:
        term.wait_for_screen("demo: try it")
        term.type("d")
        term.wait_for_screen("DEMO")
        term.type("q")
        assert term.end() == 0
    assert not list(tmp_path.rglob("settings.env"))


@pytest.mark.parametrize("words", [(), ("setup",), ("check",)], ids=["console", "setup", "check"])
def test_without_a_terminal_it_says_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "specter_tui", *words],
        cwd=tmp_path, env=environment(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert ("terminal" if words != ("check",) else "specter-tui setup asks") in done.stderr.splitlines()[-1]


def test_settings_that_cannot_be_used_are_named_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "settings.env"
    file.write_text("# mine\nABICART__WEBSHOP=shop\nABICART__AUTH=k\nSPECTER__SBM_ID=1\n")
    file.chmod(0o600)
    with start(tmp_path) as term:
        assert term.end() == 2
        told = term.text
    assert "ABICART__WEBSHOP: input should be a valid integer" in told
    assert "(settings.env, line 2)" in told
    assert "SPECTER__API_USER_KEY: is missing" in told
    assert "add it to settings.env" in told


def test_the_demo_shows_articles_stock_deliveries_and_an_order_in_doubt(tmp_path: Path) -> None:
    with start(tmp_path, "demo") as term:

        def back() -> None:
            term.type("\x1b")
            term.wait_for_screen("1 Orders")

        term.wait_until(
            lambda: any(re.search(r"= \d+(, same as in the shop| ✓)", line) for line in term.screen), "counts"
        )
        for typed, shown in (("article export", "Refused by Specter (1)"), ("stock", "Right already")):
            term.type(f"\x10{typed}\r")
            term.wait_for_screen(shown)
            back()
        term.type("/state:ready\r*e")
        term.wait_for_screen("to confirm")
        count = re.search(r"Type (\d+) to confirm", "\n".join(term.screen))
        assert count is not None
        term.wait_quietly(0.5)
        term.type(f"{count[1]}\r")
        term.wait_for_screen("? 1 unknown")
        term.type("l")
        term.wait_for_screen("delivered")
        back()
        term.type("d")
        term.wait_for_screen("≠ to do")
        back()
        term.type("q")
        assert term.end() == 0
