"""The detail of one order, with real orders of the sandbox: both sides beside each other, and the history."""

from dataclasses import dataclass, replace
from datetime import UTC
from decimal import Decimal
from typing import Any

import pytest
from rich.cells import cell_len

from specter_tui.console.viewmodel.detail.attempts import EXPECTED, support_text
from specter_tui.console.viewmodel.detail.comparison import Sides, sides_of
from specter_tui.console.viewmodel.detail.order_detail import describe, reason_and_cure
from specter_tui.console.viewmodel.detail.order_sides import OrderSideRow, sent_side, service_numbers
from specter_tui.console.viewmodel.detail.row_pairs import differences, pair
from specter_tui.console.viewmodel.display_context import DisplayContext
from specter_tui.console.viewmodel.formats import HARD_SPACE, money
from specter_tui.console.viewmodel.state_styles import CURES
from specter_tui.console.viewmodel.styled_text import text_of
from specter_tui.console.viewmodel.sync_state import PostExportInfo
from specter_tui.engine import events as m
from specter_tui.engine.service import ShopService
from specter_tui.i18n import set_locale, t
from specter_tui.journal.models import SentRow
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.shop.order_edits import add_row, edit_row
from tests.console.conftest import Run
from tests.console.scripted import drift_line, event, plan_of, row
from tests.engine.shop import change, document, placed, spoil
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")
FRAME = DisplayContext(zone=UTC)
NARROW, WIDE = 76, 150


@dataclass
class Known:
    """All that the console knows of one order."""

    view: m.OrderView
    preview: m.PreviewReady
    history: m.HistoryRead
    services: dict[str, str]

    def lines(self, width: int, *, whole: bool = True, after: PostExportInfo | None = None) -> str:
        given = (self.view, self.preview, width, FRAME)
        found = describe(
            *given, whole=whole, history=self.history, services=self.services, after=after or PostExportInfo()
        )
        return text_of(found).replace(HARD_SPACE, " ")

    @property
    def sides(self) -> Sides:
        return sides_of(self.view, self.preview, self.history, self.services)


def known(engine: Driven, uid: int) -> Known:
    preview = engine.do(ShopService.preview, uid)
    history = engine.do(ShopService.history, uid)
    return Known(engine.view(uid), preview, history, service_numbers(engine.settings.order))


def section(text: str, title: str) -> str:
    return text.split(title, 1)[1].split("\n\n", 1)[0]


def test_goods_without_an_article_number_are_the_same_on_both_sides(stocked: Any, driven: Any) -> None:
    engine = driven(stocked(orders=40))
    engine.look()
    blocked = [view for view in engine.do(lambda model: model.everything()) if view.state == "blocked"]
    lacking = [known(engine, one.uid) for one in blocked if any("article_number" in p.code for p in one.problems)]
    unnumbered = [one for one in lacking if any(not row.article for row in one.sides.shop if row.kind == "goods")]
    assert unnumbered
    for one in unnumbered:
        assert not differences(one.sides.shop, one.sides.specter)


def test_every_order_of_the_shop_adds_up_on_both_sides_and_is_the_same(stocked: Any, driven: Any) -> None:
    engine = driven(stocked(orders=40))
    engine.look()
    ready = [view.uid for view in engine.do(lambda model: model.everything()) if view.state == "ready"]
    assert len(ready) > 20
    for uid in ready:
        sides = known(engine, uid).sides
        assert not differences(sides.shop, sides.specter), uid
        assert sum((one.gross or 0 for one in sides.shop), Decimal(0)) == sides.totals[0] == sides.totals[1], uid
        rounding = sum((one.gross or 0 for one in sides.specter if one.kind == "rounding"), Decimal(0))
        shop_total = sum((rate.net + rate.vat for rate in sides.shop_rates), Decimal(0))
        assert shop_total == sides.totals[0], uid
        assert abs(rounding) < 1


def test_blocked_orders_show_what_the_shop_has_and_each_reason_with_its_cure(stocked: Any, driven: Any) -> None:
    engine = driven(stocked(orders=40))
    engine.look()
    held = [view for view in engine.do(lambda model: model.everything()) if view.state == "blocked"]
    assert held
    for view in held:
        text = known(engine, view.uid).lines(WIDE)
        assert t("Why not") in text
        assert "  → " in text
        if known(engine, view.uid).preview.order is not None:
            assert t("The shop's order now") in text


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_an_order_edited_after_its_export_shows_both_sides_and_marks_what_differs(
    stocked: Any, driven: Any, width: int
) -> None:
    sandbox: Sandbox = stocked(orders=3, plain=True)
    engine = driven(sandbox)
    engine.export()
    uid = placed(sandbox)[0]
    first, *rest = sandbox.shop.expanded(uid)["items"]
    quantity = first["choices"]["quantity"]
    edit_row(sandbox.shop, uid, first["uid"], quantity + 2)
    for item in rest:
        edit_row(sandbox.shop, uid, item["uid"], 0)
    add_row(sandbox.shop, uid, "KASA-BJ", 1)
    engine.look()
    found = known(engine, uid)
    assert {one.verdict for one in pair(found.sides.shop, found.sides.specter)} >= {"differs", "only_shop"}
    text = found.lines(width)
    assert t("As it was sent to Specter") in text
    number = first["articleNumber"]
    assert f"≠ {number}: {quantity + 2} in the shop now, {quantity} was sent" in text
    assert "+ KASA-BJ: 1 in the shop now, and none was sent" in text
    for item in rest:
        assert f"− {item['articleNumber']}: " in text
    gap = engine.entry(uid).total - found.preview.plan.expected
    assert f"≠ {t('differs by {gap}').format(gap=money(gap))}".replace(HARD_SPACE, " ") in text
    assert max(cell_len(line) for line in section(text, t("The shop's order now")).splitlines()) <= width
    beside = any(
        "│" not in line and t("The shop's order now") in line and t("As it was sent to Specter") in line
        for line in text.splitlines()
    )
    assert beside == (width == WIDE)
    # Told as something to change in Specter, it is not told twice.
    drift = PostExportInfo((drift_line(uid, number),))
    assert f"≠ {number}: {quantity + 2} in the shop now" not in found.lines(width, after=drift)


def test_a_refused_order_says_what_was_expected_what_came_and_what_to_do(stocked: Any, driven: Any) -> None:
    sandbox = stocked(orders=2, plain=True)
    engine = driven(sandbox)
    uid = placed(sandbox)[0]
    spoil(sandbox, "refusal", "newOrderSubmit", code="17", text="Artikeln saknas")
    engine.export(uid)
    found = known(engine, uid)
    text = found.lines(NARROW)
    assert f"{t('Expected answer'):<16}{EXPECTED['order']}" in text
    assert "Answer          0;17;Artikeln saknas (after " in text
    assert "Tries           1, last " in text
    cure = CURES["refused"].format(number=found.view.number)
    assert f"Do this         {cure}" in text
    assert text.count(cure) == 1
    tries = section(text, t("Each step, newest first"))
    assert "refused (order)" in tries
    assert "newOrderSubmit" in tries
    assert "newCustomerSubmit" in tries
    assert f"  {engine.entry(uid).holder}" in tries
    assert " ms" in tries
    assert t("{count} more: enter shows all.").format(count=2) in found.lines(NARROW, whole=False)


def test_a_lost_answer_is_told_and_the_text_for_the_support_names_nobody(stocked: Any, driven: Any) -> None:
    sandbox = stocked(orders=2, plain=True)
    engine = driven(sandbox, SPECTER__REFUSES_DUPLICATES="false")
    uid = placed(sandbox)[0]
    spoil(sandbox, "lost", "newOrderSubmit", after=True)
    engine.export(uid)
    found = known(engine, uid)
    assert found.view.state == "unknown"
    assert "Answer          no answer: " in found.lines(WIDE)
    set_locale("sv")
    assert "inget svar: anslutningen till Specter bröts före svaret" in found.lines(WIDE)
    set_locale("en")
    text = support_text(found.view, found.history, FRAME, engine.settings, reason_and_cure(found.view, FRAME)[1])
    order = document(sandbox, uid)
    assert str(engine.settings.abicart.webshop) in text
    assert f"externalOrderNo={order['orderNumber']}" in text
    assert all(one.article_number in text for one in found.history.rows)
    assert EXPECTED["order"] in text
    buyer = order["customer"]
    told = [buyer["info"]["email"], *(buyer["address"].get(name) for name in ("firstName", "lastName", "address"))]
    assert not [value for value in told if value and value in text]
    assert "secret" not in text
    assert engine.settings.specter.integration_key.get_secret_value() not in text


def test_letters_that_specter_cannot_hold_are_shown_as_sent_with_the_shops_own_beside(
    stocked: Any, driven: Any
) -> None:
    sandbox = stocked(orders=2, plain=True)
    engine = driven(sandbox)
    uid = placed(sandbox)[0]
    customer = document(sandbox, uid)["customer"]
    change(sandbox, uid, customer=customer | {"address": customer["address"] | {"firstName": "Łukasz"}})
    engine.look()
    found = known(engine, uid)
    text = found.lines(NARROW)
    assert "Person              Lukasz" in text
    assert "△ in the shop: Łukasz" in text


def test_without_the_shop_what_was_sent_is_shown_all_the_same(stocked: Any, driven: Any) -> None:
    sandbox = stocked(orders=1, plain=True)
    engine = driven(sandbox)
    uid = placed(sandbox)[0]
    engine.export(uid)
    found = known(engine, uid)
    text = text_of(describe(found.view, None, NARROW, FRAME, whole=True, history=found.history))
    assert t("As it was sent to Specter") in text
    assert all(one.article_number in text for one in found.history.rows)


def test_sums_of_rows_that_were_sent_with_a_per_cent_are_not_told() -> None:
    sent = (SentRow("KAFFE-1", Decimal(2), Decimal(100), 25),)
    assert [one.gross for one in sent_side(sent, Decimal(250), {}, {})] == [Decimal(250)]
    assert [one.gross for one in sent_side(sent, Decimal(225), {}, {})] == [None]


def side(key: str, quantity: int, gross: str, vat: int | None = 25, kind: str = "goods") -> OrderSideRow:
    rate = None if vat is None else Decimal(vat)
    return OrderSideRow(
        kind=kind, key=key, article=key, text="", quantity=Decimal(quantity), gross=Decimal(gross), vat=rate
    )


def test_a_service_row_split_by_rate_is_the_same_where_it_comes_to_the_same() -> None:
    shop = (side("FRAKT", 1, "49.00", None, "delivery"),)
    split = (side("FRAKT", 1, "28.10", 25, "delivery"), side("FRAKT", 1, "20.90", 12, "delivery"))
    assert [one.verdict for one in pair(shop, split)] == ["same", "same"]
    assert differences(shop, split) == ()
    less = (side("FRAKT", 1, "48.99", 25, "delivery"),)
    assert [one.verdict for one in differences(shop, less)] == ["differs"]


def test_an_article_in_several_rows_counts_as_one() -> None:
    assert differences((side("A", 2, "20"), side("A", 1, "10")), (side("A", 3, "30"),)) == ()
    (found,) = differences((side("A", 2, "20"),), (side("A", 3, "30"),))
    assert (found.shop_quantity, found.specter_quantity) == (2, 3)


def test_rows_of_one_rate_stand_beside_each_other() -> None:
    shop = (side("R", 1, "-5", 12, "discount"), side("R", 1, "-9", 25, "discount"))
    specter = (side("R", 1, "-9", 25, "discount"), side("R", 1, "-5", 12, "discount"))
    assert all(one.shop and one.specter and one.shop.vat == one.specter.vat for one in pair(shop, specter))


def test_a_missing_number_stands_out_on_both_sides() -> None:
    order = m.OrderView(uid=1, number="1001", state="blocked", total=Decimal(100), currency="SEK")
    plan = replace(plan_of(order, row("", kind="delivery")), problems=())
    text = text_of(describe(order, m.PreviewReady(1, plan, None), WIDE, FRAME, whole=True))
    assert t("(none)") in text


async def test_y_in_a_failed_order_copies_what_happened_first(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    async with run() as console:
        copied: list[str] = []
        monkeypatch.setattr(console.app, "copy_to_clipboard", copied.append)
        console.engine.answers["history"] = lambda uid: [
            m.HistoryRead(uid, None, events=(event(1, 3, "unknown", to_state="unknown", message="no answer came"),))
        ]
        await console.press("down", "down")
        await console.press("enter")
        assert t("What happened") in console.text()
        await console.press("y")
        assert copied[0].startswith("Shop 22033"[:5])
        assert "no answer came" in copied[0]
        assert "Karin" not in copied[0]
        await console.press("y")
        assert copied[1] == "1003"
