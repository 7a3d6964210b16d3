"""An account with invented keys, and forms to send to it."""

from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

from specter_tui.config.settings import LimitSettings, SpecterSettings
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.specter.client import SpecterClient
from specter_tui.specter.order_forms import CustomerForm, FormAddress, OrderForm, OrderRow

ASA = CustomerForm(
    is_company=False,
    first_name="Åsa",
    last_name="Öberg",
    email="asa@example.se",
    invoice=FormAddress(row_1="Gatan 1", postcode="111 22", city="Malmö", country="SE"),
    delivery=FormAddress(row_1="Gatan 1", postcode="111 22", city="Malmö", country="SE"),
)
ORDER = OrderForm(
    external_order_no="A-1001",
    currency="SEK",
    language="SE",
    rows=(
        OrderRow(
            kind="goods",
            article_number="KASA-BJ",
            text="Kåsa & sked; 100 %",
            unit_price=Decimal("151.20"),
            quantity=Decimal(2),
            vat_percent=25,
        ),
    ),
    internal_comment="Ring först\nTack",
    webshop_id=3,
)

ARTICLE = ArticleForm(number="KASA-BJ", name="Kåsa", price=Decimal("151.20"), vat_percent=25, stock_managed=True)


def account(url: str, **changes: Any) -> SpecterSettings:
    keys = {"api_user_key": "testuserkey", "integration_key": "11111111-2222-3333-4444-555555555555"}
    return SpecterSettings.model_validate({"url": url, "sbm_id": 1234, "api_user_id": "77", **keys, **changes})


@asynccontextmanager
async def specter(url: str, limit: float = 5, per_second: float | None = None, **changes: Any):
    limits = LimitSettings.model_validate({"timeout": limit, "per_second": per_second})
    async with SpecterClient(account(url, **changes), limits) as client:
        yield client
