"""Links to an order in the shop's admin and in Specter: from the settings' addresses, with digits only put in."""

import pytest
from rich.style import Style

from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.console.viewmodel.order_pages import OrderPages, pages_of
from specter_tui.console.viewmodel.styled_text import linked, paint, text_of
from tests.console.conftest import Run
from tests.console.scripted import settings_of, view

SHOP, SPECTER = "https://admin.abicart.example/orders?id={uid}&x=1", "https://specter.example/order/{number}#top"


def test_the_addresses_of_an_order():
    settings = settings_of(ABICART__ORDER_PAGE=SHOP, SPECTER__ORDER_PAGE=SPECTER)
    ready, exported = view(7), view(7, state="exported", specter_number="90007")
    shop = "https://admin.abicart.example/orders?id=7&x=1"
    assert pages_of(ready, settings) == OrderPages(shop, "")
    assert pages_of(exported, settings) == OrderPages(shop, "https://specter.example/order/90007#top")
    assert pages_of(exported, settings_of()) == pages_of(exported, None) == OrderPages()


@pytest.mark.parametrize("number", ["9\x1b]0;x\a", "１２", "9/../1", "9 1", "-1", "9{number}", "²"])
def test_no_text_of_another_gets_into_an_address(number):
    settings = settings_of(SPECTER__ORDER_PAGE=SPECTER)
    assert pages_of(view(7, state="exported", specter_number=number), settings).specter == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://specter.example/{number}",
        "https://specter.example/",
        "https://specter.example/{uid}",
        "https://specter.example/{number}/{number}",
        "https://{number}.example/",
        "https://anna@specter.example/{number}",
        "https://specter.example/{number}\x1b\\",
        "https://specter.example/{number}\a",
        "https://specter.example/a b/{number}",
        "https://spécter.example/{number}",
        "javascript:alert({number})",
        "{number}",
    ],
)
def test_an_address_that_a_terminal_should_not_get_is_refused(address):
    with pytest.raises(SettingsProblem, match="SPECTER__ORDER_PAGE"):
        settings_of(SPECTER__ORDER_PAGE=address)


def test_empty_is_none():
    assert settings_of(SPECTER__ORDER_PAGE="", ABICART__ORDER_PAGE="").specter.order_page is None


def test_a_link_is_text_like_any_other_but_for_the_terminal():
    tones = {"strong": Style(), "plain": Style()}
    line = (linked("1007", "https://x.example/7", "strong"), linked("1008", ""))
    assert text_of([line]) == "10071008"
    painted = paint(line, tones)
    assert [(span.start, span.end, span.style.link) for span in painted.spans if span.style.link] == [
        (0, 4, "https://x.example/7")
    ]


async def test_the_detail_links_the_numbers_and_y_copies_the_addresses(run: Run) -> None:
    exported = view(4, state="exported", specter_number="90004")
    async with run(orders=(exported,), ABICART__ORDER_PAGE=SHOP, SPECTER__ORDER_PAGE=SPECTER) as console:
        strips = console.app.main.detail._strips
        links = {segment.style.link for strip in strips for segment in strip if segment.style and segment.style.link}
        assert links == {"https://admin.abicart.example/orders?id=4&x=1", "https://specter.example/order/90004#top"}
        copied = []
        for _ in range(5):
            await console.press("y")
            copied.append(console.app.clipboard)
        assert copied[0] == "90004"
        assert copied[3:] == [
            "https://admin.abicart.example/orders?id=4&x=1",
            "https://specter.example/order/90004#top",
        ]
        assert "address in Specter" in console.text()


async def test_without_an_address_nothing_is_a_link(run: Run) -> None:
    async with run() as console:
        strips = console.app.main.detail._strips
        assert not [segment for strip in strips for segment in strip if segment.style and segment.style.link]
