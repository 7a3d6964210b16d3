"""Nothing that could be a person's is in the protocol or the journal, whatever two servers put where."""

import json
from itertools import cycle
from typing import Any

import pytest

from specter_tui.cli.commands.probe import probe_shop
from specter_tui.engine.probe.privacy import Privacy
from specter_tui.engine.probe.runner import ProbeWish
from tests.probe.probing import INNER, KEY, OUTER, values_for
from tests.probe.untrue_shop import UntrueShop, Wrong, serving

PERSONS = (
    "Astrid Ljungkvist",
    "astrid.ljungkvist@example.com",
    "070-765 43 21",
    "19640229-1235",
    "Till Sixten på bröllopsdagen",
    "Gökvägen 17 B",
)
CANARIES = (
    "astrid", "ljungkvist", "example.com", "7654321", "765 43 21", "640229", "sixten", "bröllop", "gökvägen",
    "gokvagen", "almas te", KEY, INNER, OUTER,
)  # fmt: skip
KEPT = ("uid", "ordered", "changed", "orderNumber")


def with_persons(document: Any, some: Any) -> Any:
    """Return the document with a person in the place of every text."""
    if isinstance(document, dict):
        return {key: value if key in KEPT else with_persons(value, some) for key, value in document.items()}
    if isinstance(document, list):
        return [with_persons(one, some) for one in document]
    return next(some) if isinstance(document, str) else document


def everywhere(order: dict[str, Any]) -> None:
    """Put persons into every field of an order."""
    order.update(with_persons(order, cycle(PERSONS)))


def somewhere(order: dict[str, Any]) -> None:
    """Put persons where people write, and into words, keys and numbers beside them."""
    some = cycle(PERSONS)
    for part in ("customer", "note", "items"):
        order[part] = with_persons(order[part], some)
    order["customer"]["info"] = {"type": "person", **{name: name for name in PERSONS}, "alma": "x"}
    order["customer"]["address"]["Astrid Ljungkvist"] = "Astrid"
    order["paymentStatus"], order["deliveryStatus"] = "Ljungkvist", "sixten"
    order["costs"]["astrid"] = 0.5
    if order["uid"] == 1040:
        order["costs"]["gokvagen"] = 0.5
    order["payments"][0]["status"] = "astrid.ljungkvist@example.com"


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """Probe a shop by the command; return the protocol's files, the journal's bytes and the output."""

    def run(wrong: Wrong, change=lambda shop: None) -> dict[str, str]:
        shop = UntrueShop(wrong)
        change(shop)
        with serving(shop) as address:
            for name, value in values_for(address, tmp_path).items():
                monkeypatch.setenv(f"SPECTER_TUI_{name}", value)
            probe_shop(None, ProbeWish(pause=0), as_json=True, folder=tmp_path)
        assert not shop.forbidden
        files = {path.name: path for path in tmp_path.glob("probe-*")}
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in files.values())
        told = {name: path.read_text(encoding="utf-8") for name, path in files.items() if "-own" not in name}
        assert sorted(name.rpartition(".")[2] for name in told) == ["json", "md"]
        for path in (tmp_path / "journal").glob("journal.db*"):
            told[path.name] = path.read_bytes().decode("utf-8", "replace")
        told["output"] = capsys.readouterr().out
        return told

    return run


def nobody_in(told: dict[str, str]) -> None:
    found = {(name, canary) for name, text in told.items() for canary in CANARIES if canary in text.lower()}
    assert not found


@pytest.mark.parametrize("change", [everywhere, somewhere])
def test_persons_in_every_field_and_every_message(told, change):
    said = told(Wrong(change=change, said=" ".join(PERSONS), unknown_keys=("language",), locked=("Article.stock",)))
    nobody_in(said)
    protocol = json.loads(next(text for name, text in said.items() if name.endswith(".json")))
    assert "language" in str(protocol["for_developers"]), "what we sent ourselves is named"
    steps = {step["step"]: step for step in protocol["steps"]}
    assert len(steps) == 10
    assert all(step["result"] == "done" for step in steps.values())
    assert "customer.address." in str(steps["A7"]["details"])


def test_persons_in_methods_articles_and_schemas(told):
    def spoil(shop: UntrueShop) -> None:
        shop.methods = [{**one, "type": "Astrid Ljungkvist", "name": "Astrid"} for one in shop.methods]
        shop.articles = with_persons(shop.articles, cycle(PERSONS))
        shop.schema = {"properties": {"Astrid Ljungkvist": {"type": "string"}, "070-765 43 21": {}, "tags": {}}}
        shop.before = (shop.orders, shop.articles, shop.methods)

    said = told(Wrong(said="Sixten", status=500), spoil)
    nobody_in(said)
    assert any("Fields of Order: tags" in text for name, text in said.items() if name.endswith(".md"))


def test_a_step_on_which_the_program_fails_names_its_place_and_the_others_go_on(told, monkeypatch):
    def fail(*_):
        raise KeyError("Astrid Ljungkvist")

    monkeypatch.setattr("specter_tui.engine.probe.read_documents._company", fail)
    said = told(Wrong())
    nobody_in(said)
    assert "An error of our own in A7: KeyError at test_privacy.py" in said["output"]
    assert '"step": "A10", "does": "reads"' in said["output"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cannot filter on '/changed'", "cannot filter on '/changed'"),
        ("Order 1234 of Astrid Ljungkvist exists", "Order *** of *** exists"),
        ("ordernumret finns redan (astrid@example.com)", "ordernumret finns redan (***)"),
        ("Astrid", "***"),
        ("code -32602: unknown key", "code -32602: unknown key"),
        ("a\u202eb <b>x</b> \x1b[31m", "a***"),
    ],
)
def test_a_message_keeps_the_words_of_a_list_and_what_was_sent(text, kept):
    privacy = Privacy()
    privacy.know(["/changed min/max", "Order.list"])
    assert privacy.sentence(text) == kept


def test_words_and_keys_are_kept_by_their_form_unless_a_document_has_them_as_a_persons():
    privacy = Privacy()
    words = ["paid", "partlyPaid", "Astrid", "sixten", "a b", "070-1", "x" * 50, "åäö"]
    assert privacy.enumeration(words) == (["Astrid", "paid", "partlyPaid", "sixten"], 4)
    privacy.learn({"a": ["ASTRID", {"b": "Till Sixten. Paid!"}]})
    assert privacy.enumeration(words) == (["paid", "partlyPaid"], 6)
    assert privacy.enumeration(f"word{'abcdefghijklmnopqrst'[at]}" for at in range(20)) == ([], 20)
    assert [privacy.key(name) for name in ("gate_code", "Hälsning", "Sixten", "070", "a@b")] == [
        "gate_code",
        "Hälsning",
        "",
        "",
        "",
    ]
    assert [privacy.identifier(name) for name in ("trackingUrl", "Astrid", "sixten", "a b")] == [
        "trackingUrl",
        "",
        "",
        "",
    ]
    assert privacy.checked("giftcard,sixten") == "giftcard,***"
