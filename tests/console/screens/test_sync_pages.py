"""Articles, stock, service articles and methods: the question before, the progress, and the result."""

import pytest

from specter_tui.console.screens.modals import Question
from specter_tui.console.screens.palette import Palette
from specter_tui.engine import events as m
from specter_tui.i18n import t
from specter_tui.journal.goods_models import RefusedArticle, UnknownStock
from specter_tui.planning.articles import ArticleSkip
from specter_tui.planning.problems import Problem
from tests.console.conftest import LARGE, MIDDLE, SMALL, Console, Run
from tests.console.scripted import NOON

SIZES = pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "200x50"])
ON = {"ARTICLE__EXPORT": "changed"}
SERVICES = {"ORDER__ARTICLE_DELIVERY": "FRAKT", "ORDER__ARTICLE_COD": "PF"}
METHODS = m.MethodsRead(
    (m.DeliveryMethodInfo(31, "Parcel [/red]"), m.DeliveryMethodInfo(32, "Letter")),
    (
        m.PaymentMethodInfo(7, "Invoice", "invoice", True, False, "", True),
        m.PaymentMethodInfo(5, "Card", "card", True, False, "12", False),
        m.PaymentMethodInfo(6, "Gift card", "", True, True, "", False),
        m.PaymentMethodInfo(8, "Old", "", False, False, "", False),
    ),
)


async def choose(console: Console, *said: str) -> None:
    """Find a command by its words in the palette, and run it."""
    await console.press("ctrl+p")
    assert isinstance(console.app.screen, Palette)
    for word in said:
        await console.press(*word, "space")
    await console.press("enter")


@SIZES
async def test_articles_are_exported_from_the_palette_after_asking_and_shown_as_they_go(
    run: Run, size: tuple[int, int]
) -> None:
    async with run(size, **ON) as console:
        await choose(console, "export", "articles")
        assert isinstance(console.app.screen, Question)
        assert console.engine.asked("export_articles") == []
        await console.answer("y")
        assert console.engine.asked("export_articles") == [()]
        await console.tell(m.Progress("article_export", 500, 2000, failed=1, rate=250.0, seconds_left=6.0))
        shown = console.text()
        assert "Exporting articles: 500 of 2000 ━━━━╌" in shown
        assert "250/s  6 s left" in shown
        refused = RefusedArticle("BAD-1", "x", "Felaktig momskod", NOON)
        skip = ArticleSkip(7, None, "Tea", "TE Å", Problem("price", "price", (("case", "missing"), ("name", "Tea"))))
        done = m.ArticlesExported(
            sent=1999, unchanged=3, calls=21, refused=(refused,), skipped=(skip,), without_stock=("MUGG",)
        )
        await console.tell(m.Progress("article_export", 2000, 2000, finished=True), done)
        text = "\n".join("".join(part for part, _ in line) for line in console.app.full.as_text())
        for said in (
            "1999",
            "BAD-1  Felaktig momskod",
            "TE Å",
            t("They came there before the shop counted their stock: make each a stock article there by hand."),
            "MUGG",
        ):
            assert said in text
        assert "Articles: 1999 sent, 3 unchanged. 1 refused" in console.text()
        await console.press("escape")
        assert "1 Orders" in console.text()
        await choose(console, "last", "refused")
        assert "Felaktig momskod" in console.text()


async def test_articles_are_not_sent_where_the_settings_forbid_it(run: Run) -> None:
    async with run() as console:
        await choose(console, "export", "articles")
        assert t("Articles are not sent: ARTICLE__EXPORT or ARTICLE__EXPORT_RUN is inactive.") in console.text()
        assert console.engine.asked("export_articles") == []


async def test_a_run_of_the_watch_that_brought_nothing_says_nothing(run: Run) -> None:
    async with run() as console:
        await console.tell(m.ArticlesExported(sent=0, unchanged=40, calls=0))
        await console.tell(m.StockApplied(batches=0, rows=0, written=0, unchanged=0))
        assert console.app.model.words == ""


async def test_stock_that_found_its_place_does_not_take_the_line_that_says_why(run: Run) -> None:
    async with run(SMALL) as console:
        await console.press("down")
        why = console.text().splitlines()[-3:]
        await console.tell(m.StockApplied(batches=1, rows=3, written=3, unchanged=0))
        assert console.text().splitlines()[-3:] == why


async def test_the_last_stock_that_came_stays_while_nothing_new_comes(run: Run) -> None:
    async with run() as console:
        await console.tell(m.StockApplied(batches=0, rows=0, written=0, unchanged=0))
        await choose(console, "stock")
        assert t("Nothing waited in Specter's queue of stock.") in console.text()
        gone = UnknownStock("NOT-HERE", "not_in_shop", NOON)
        await console.tell(m.StockApplied(batches=1, rows=12, written=4, unchanged=8, unknown=(gone,)))
        assert t("Specter has had nothing new since then.") not in console.text()
        await console.tell(m.StockApplied(batches=0, rows=0, written=0, unchanged=0))
        shown = console.text()
        assert t("Specter has had nothing new since then.") in shown
        assert "Rows                         12" in shown
        assert "NOT-HERE" not in shown


async def test_deliveries_say_why_there_are_none(run: Run) -> None:
    for on, said in (
        ("true", t("Specter has said nothing of deliveries yet.")),
        ("false", t("Deliveries are not fetched: DELIVERY__SYNC is off.")),
    ):
        async with run(SMALL, DELIVERY__SYNC=on) as console:
            await console.press("l")
            assert said in console.text()


async def test_stock_is_pulled_after_asking_and_unknown_numbers_are_listed(run: Run) -> None:
    async with run() as console:
        await choose(console, "pull", "stock")
        await console.answer("y")
        assert console.engine.asked("pull_stock") == [()]
        unknown = UnknownStock("NOT-HERE", "not_in_shop", NOON)
        await console.tell(
            m.StockApplied(batches=1, rows=12, written=4, unchanged=7, unknown=(unknown,), ignored=("?;?",))
        )
        shown = console.text()
        for said in ("NOT-HERE  No article in the shop has this number.", "?;?", "12 rows came, 4 written"):
            assert said in shown
        await console.press("y")
        assert "NOT-HERE" in console.app.clipboard


async def test_numbers_are_checked_from_the_palette(run: Run) -> None:
    async with run() as console:
        await choose(console, "check", "numbers")
        assert len(console.engine.asked("check_numbers")) == 2


@SIZES
async def test_m_shows_methods_types_and_service_articles_and_y_copies_the_key(run: Run, size: tuple[int, int]) -> None:
    async with run(size, **SERVICES, ORDER__PAYMENT_TYPES='{"card": "12"}') as console:
        await console.press("m")
        assert t("Reading the shop's methods …") in console.text()
        assert console.engine.asked("read_methods") == [()]
        await console.tell(METHODS)
        shown = console.text()
        for said in (
            "Parcel [/red]", "Extern nyckel: 31", "▲ unmapped", "✓ mapped", "payment type 12", "– off in shop",
            "gift card", "1 unmapped", "FRAKT", "✓ set", "◌ not set",
        ):  # fmt: skip
            assert said in shown
        assert shown.index("Invoice") < shown.index("Parcel") < shown.index("Card (card)")
        assert "Orders paid with Invoice are blocked." in shown
        await console.press("y")
        assert console.app.clipboard == 'ORDER__PAYMENT_TYPES={"card": "12", "7": "TYPE"}'
        await console.press("down", "down", "y")
        assert console.app.clipboard == "32"
        assert console.app.model.words == "Copied 32."


@pytest.mark.parametrize("language", ["sv", "en"])
async def test_at_80_columns_no_way_to_pay_is_cut(run: Run, language: str) -> None:
    async with run(SMALL, UI__LANGUAGE=language) as console:
        invoice = m.PaymentMethodInfo(7, "Faktura 30 dagar", "invoice", True, False, "F", False)
        gift_card = m.PaymentMethodInfo(8, "Presentkort", "giftcard", True, True, "", False)
        await console.tell(m.MethodsRead((m.DeliveryMethodInfo(66231, "Ombud"),), (invoice, gift_card)))
        await console.press("m")
        for said in (
            "Faktura 30 dagar (invoice)",
            "Presentkort (giftcard)",
            t("Extern nyckel: {uid}").format(uid=66231),
        ):
            assert said in console.text()


async def test_all_articles_and_all_stock_are_asked_for_apart(run: Run) -> None:
    async with run(**ON) as console:
        await console.tell(m.NumbersChecked(64, ()))
        await choose(console, "export", "all", "articles")
        assert "64 numbers" in console.text()
        await console.answer("y")
        assert console.engine.asked("export_articles") == [(True,)]
        await choose(console, "pull", "all", "stock")
        assert console.engine.asked("pull_stock") == []
        await console.answer("y")
        assert console.engine.asked("pull_stock") == [(True,)]


async def test_service_articles_are_created_after_asking_and_refusals_are_shown(run: Run) -> None:
    async with run(LARGE, **SERVICES) as console:
        await choose(console, "create", "service")
        assert "FRAKT, PF" in console.text()
        await console.answer("y")
        assert console.engine.asked("create_service_articles") == [()]
        told = m.ServiceArticles(
            (
                m.ServiceArticle("delivery", "ORDER__ARTICLE_DELIVERY", "FRAKT", created=True),
                m.ServiceArticle("cod", "ORDER__ARTICLE_COD", "PF", error="Felaktig kod"),
            )
        )
        await console.tell(METHODS, told)
        shown = console.text()
        assert "✓ in Specter" in shown
        assert "✗ refused" in shown
        await console.press("end")
        assert "Felaktig kod" in console.text()


async def test_without_a_service_article_in_the_settings_none_is_created(run: Run) -> None:
    async with run() as console:
        await choose(console, "create", "service")
        assert t("No service article is set: ORDER__ARTICLE_DELIVERY and the others name them.") in console.text()
        assert console.engine.asked("create_service_articles") == []
