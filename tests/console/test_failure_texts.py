"""Failures are said in the screen's language, wherever they come from."""

from specter_tui.abicart.errors import ShopError
from specter_tui.console.messages import LogPageRead, LogSearched
from specter_tui.console.screens.shop_switcher import ShopSwitcher
from specter_tui.errors import ErrorText
from specter_tui.i18n import set_locale
from specter_tui.journal.errors import JournalError
from tests.console.conftest import Run, view
from tests.console.screens.test_shop_switcher import House

EMPTY = ErrorText("shop_empty")
IN_SWEDISH = "butikens svar är tomt"


async def test_failures_of_find_a_number_and_the_log_are_said_in_swedish(run: Run) -> None:
    async with run(orders=(view(1, state="unknown"),), UI__LANGUAGE="sv") as console:
        set_locale("sv")
        model = console.app.model
        console.engine.elsewhere["77"] = view(77)
        console.engine.fails |= {"find": ShopError(EMPTY), "enter_number": JournalError(EMPTY)}
        await console.press("g")
        await console.answer(*"77", "enter")
        await console.until(lambda: IN_SWEDISH in console.text())
        model.words = ""
        await console.press("n")
        await console.answer(*"900", "enter")
        await console.until(lambda: IN_SWEDISH in console.text())
        for message in (
            LogPageRead(model, (), EMPTY),
            LogSearched(model, model.log.search, (), None, over=True, error=EMPTY),  # type: ignore[arg-type]
        ):
            model.words = ""
            console.app.post_message(message)
            await console.until(lambda: model.words == IN_SWEDISH)


def test_a_refused_settings_file_is_told_in_swedish() -> None:
    set_locale("sv")
    missing = ErrorText("setting_missing", name="ORDER__SINCE")
    about = ErrorText("about", what="/etc/shops/slarvig.env", why=missing)
    shops = ShopSwitcher("")
    house = House(refused={"slarvig": (about,)})
    shops.open(house)  # type: ignore[arg-type]
    assert shops.refused == {"slarvig": ["/etc/shops/slarvig.env: ORDER__SINCE: saknas"]}
