"""Texts from outside, through every command, file and screen of the whole program (rules 10 to 15)."""

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from specter_tui.sandbox.server.faults import Fault
from tests.engine.shop import change, document, placed
from tests.faults.terminal import open_terminal
from tests.security.payloads import PAYLOADS, harmful
from tests.security.process import all_bytes, environment, run
from tests.support.environment import in_environment

TRAP = Path("/tmp/specter-tui-trap")
_OF_THE_SCREEN = re.compile(r"\x1b\[[0-9;?<>=$]*[a-zA-Z@`]|\x1b[()][A-Z0-9]|\x1b[=>]|\x1b\]22;default\x07")
"""Cursor, colours, modes and the mouse's shape: all that the screen sends to a terminal."""


def written_by(sandbox, uid: int, text: str) -> None:
    """Put this text wherever a customer, and the shop's staff, can write."""
    order = document(sandbox, uid)
    words = dict.fromkeys(("firstName", "lastName", "company", "address", "address2", "town", "phone"), f"a{text}")
    customer = order["customer"]
    change(
        sandbox, uid, note=text, orderNumber=f"{order['orderNumber']}{text[:40]}",
        customer=customer | {
            "address": customer["address"] | words,
            "info": customer["info"] | {f"Fält {text}": text},
            "deliveryAddress": {"copyAddress": False, "name": f"a{text}", **words, "country": "SE", "postcode": "1"},
        },
    )  # fmt: skip
    for item in order["items"]:
        sandbox.shop.tables["OrderItem"][item]["articleName"] = f"a{text}"


@pytest.fixture
def hostile(stocked, tmp_path):
    """Make one order of each text, and a refusal with each of the first ten; in both forms of the log."""
    sandbox = stocked(orders=len(PAYLOADS), plain=True)
    for uid, text in zip(placed(sandbox), PAYLOADS, strict=True):
        written_by(sandbox, uid, text)
    for article, text in zip(sandbox.shop.tables["Article"].values(), PAYLOADS, strict=False):
        article["name"] = {"sv": f"a{text}"}
    for text in PAYLOADS[7:17]:
        sandbox.faults["specter"].add(Fault(kind="refusal", call="newOrderSubmit", code="12", text=f"nej {text}"))
    return sandbox, environment(sandbox, tmp_path, ORDER__CUSTOMER_FIELDS="true")


def said_by(ended: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stdout + ended.stderr


def test_11_no_payload_reaches_a_terminal_a_log_a_file_or_specter(hostile, tmp_path):
    sandbox, variables = hostile
    told = {}
    for form in ("text", "json"):
        variables |= {"LOG__FORMAT": form}
        for words in (
            "export --all",
            "export --all --json",
            "orders",
            "orders --json",
            "watch --once",
            "articles check",
        ):
            told[form, words] = said_by(run(variables, *words.split()))
    for uid in placed(sandbox)[7:17:4]:
        for words in ("preview", "preview --json", "support", "journal show"):
            told[uid, words] = said_by(run(variables, *words.split(), f"uid:{uid}"))
    for words in ("journal show", "journal show --json", "journal csv"):
        told[words] = said_by(run(variables, *words.split()))
    lines = told["journal csv"].replace("\r\n", "\n")
    assert {key: harmful(text) for key, text in told.items() if key != "journal csv" and harmful(text)} == {}
    assert not harmful(lines)
    cells = [cell for row in csv.reader(io.StringIO(lines)) for cell in row]
    assert [cell for cell in cells if re.match(r"""['"\s]*[=+@-]""", cell) and not cell.startswith("'")] == []
    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert not harmful(log)
    assert all(re.match(r'\d{4}-\d\d-\d\dT[0-9:.]+Z [A-Z]+ \w|\{"at": ', line) for line in log.splitlines())
    assert "INFO exported order=1\n" not in log
    assert not {sign for sign in all_bytes(tmp_path / "state").decode() if sign != "\n"} & {"\x1b", "\x9b", "\r"}
    sent = [form for order in sandbox.specter.orders.values() for form in order.fields.values()]
    assert len(sandbox.specter.orders) > len(PAYLOADS) / 2
    assert [text for text in sent if harmful(text.replace("\t", ""))] == []
    assert sandbox.ledger.complaints == []
    assert not TRAP.exists()


def test_11_what_is_sent_is_what_the_preview_showed(hostile, tmp_path):
    sandbox, variables = hostile
    sandbox.faults["specter"].clear()
    shown = {}
    for uid in placed(sandbox)[:36:6]:
        line = run(variables, "preview", "--json", f"uid:{uid}").stdout
        shown[uid] = json.loads(line)
    run(variables, "export", "--all")
    compared = 0
    for preview in shown.values():
        for order in sandbox.specter.orders_of(preview["external_no"] or ""):
            fields = {name.casefold(): value for name, value in order.fields.items()}
            form = {name.casefold(): value for name, value in preview["form"].items()}
            assert fields.items() - {("customerid", fields["customerid"])} <= form.items()
            compared += 1
    assert compared > len(shown) / 2


def test_11_the_terminal_gets_no_escape_but_the_screens_own(hostile):
    sandbox, variables = hostile
    sandbox.faults["specter"].clear()
    settings = os.environ | in_environment({**variables, "TERM": "xterm-256color", "WATCH__INTERVAL": "600"})
    with open_terminal(settings) as term:
        term.wait_for_screen("● ready")
        for _ in range(len(PAYLOADS)):
            term.type("\r")
            term.wait_quietly(0.05)
            term.type("\x1b")
            term.wait_quietly(0.05)
            term.type("\x1b[B")
        term.type("3")
        term.wait_quietly()
        term.type("q")
        assert term.end() == 0
    left = _OF_THE_SCREEN.sub("", term.written)
    assert set(left) & {chr(code) for code in range(0x20)} <= {"\r", "\n"}, sorted(set(left) & {"\x1b", "\x07"})
    assert not harmful(left.replace("\r", ""))
    assert "evil.example" in left, "it is shown for what it is"
