"""resolve --compare: what it says and sets, in a terminal and without one."""

import os
import re
from pathlib import Path

import pytest

from specter_tui.config.settings import load_settings
from tests.engine.shop import bought, document, placed
from tests.faults.terminal import open_terminal
from tests.support.file_modes import mode

RATE = ("--compare", "23,98", "6.00", "29,98")
"""What a Specter that rounds by rate shows for 3 pieces at 9.99."""


@pytest.fixture
def shop(stocked):
    shop = stocked(orders=2, plain=True, rounding="rate")
    bought(shop, placed(shop)[0], "9.99", 3)
    return shop


def test_the_line_is_said_without_a_terminal_and_written_in_one_after_a_yes(shop, commands, tmp_path: Path) -> None:
    order = str(document(shop, placed(shop)[0])["orderNumber"])
    here = commands(shop, SPECTER__ROUNDING="order")
    assert here.run("export", order).status == 0
    told = here.run("resolve", order, *RATE, "--json")
    assert told.status == 1
    assert told.objects[0]["outcome"] == "differs"
    assert told.objects[0]["settings"] == [{"name": "SPECTER__ROUNDING", "old": "order", "new": "rate"}]
    outside = here.run("resolve", order, *RATE)
    assert (outside.status, "SPECTER__ROUNDING=rate" in outside.err) == (1, True)

    lines = {**here.settings, "UI__LANGUAGE": "sv"}
    file = here.folder / "settings.env"
    file.write_text("# ours\n" + "".join(f"{name}='{value}'\n" for name, value in lines.items()), encoding="utf-8")
    file.chmod(0o600)
    before = file.read_text(encoding="utf-8")
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG")}
    with open_terminal(bare, (120, 40), ("resolve", order, *RATE), here.folder) as term:
        term.wait_for("[j/N]")
        term.type("ja\r")
        assert term.end() == 0
        assert "SPECTER__ROUNDING: order -> rate" in term.text
        assert "settings.env.bak" in term.text
    assert file.read_text(encoding="utf-8") == before.replace("SPECTER__ROUNDING='order'", "SPECTER__ROUNDING=rate")
    assert mode(file) == mode(file.with_name("settings.env.bak")) == 0o600
    assert load_settings(file, {}).specter.rounding == "rate"
    with open_terminal(bare, (120, 40), ("resolve", order, *RATE), here.folder) as term:
        assert term.end() == 0, "what is set is right by now"
        assert re.search(r"SPECTER__ROUNDING=rate", term.text)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--compare", "23.98", "6.00", "vet ej"), "'vet ej' is no amount"),
        (("--compare", "23.98", "6.00", "40.00"), "Read the amounts in Specter again"),
        (RATE[:3], "3 arguments"),
        ((*RATE, "--close", "--reason", "x"), "alone"),
    ],
)
def test_what_cannot_be_compared_is_bad_usage(shop, commands, words, why) -> None:
    here = commands(shop)
    order = str(document(shop, placed(shop)[0])["orderNumber"])
    here.run("export", order)
    refused = here.run("resolve", order, *words)
    assert (refused.status, refused.out, why in refused.err) == (2, "", True), refused.err
