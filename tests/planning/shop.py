"""Documents of a consistent shop: only the tests' own changes are odd."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from specter_tui.abicart.catalog_models import Article, PaymentMethod
from specter_tui.abicart.models import Order, read_order
from specter_tui.config.settings import Settings
from specter_tui.planning.orders.plan import Plan, ShopFacts, plan_order

ARTICLES = {
    "article_delivery": "FRAKT",
    "article_payment_fee": "AVGIFT",
    "article_cod": "POSTF",
    "article_discount": "RABATT",
    "article_gift_card": "PRESENT",
    "article_rounding": "ORE",
}
CARD, GIFT, COD, INVOICE = 11, 12, 13, 14


def ore(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def cost(gross: str | Decimal, rate: str | Decimal = "0.25", vat: str | Decimal | None = None) -> dict[str, Any]:
    gross, rate = Decimal(gross), Decimal(rate)
    vat = ore(gross * rate / (1 + rate)) if vat is None else Decimal(vat)
    return {"currency": "SEK", "incVat": gross, "exVat": gross - vat, "vat": vat, "vatRate": rate}


def blend(*costs: dict[str, Any]) -> dict[str, Any]:
    """Return a sum, with the mixed rate that the shop gives it."""
    gross, vat = (sum((one[key] for one in costs), Decimal(0)) for key in ("incVat", "vat"))
    rate = round(vat / (gross - vat), 8) if gross != vat else Decimal(0)
    return cost(gross, rate, vat)


def discount(amount: str, rate: str = "0.25", name: str = "", uid: int = 7) -> dict[str, Any]:
    return {**cost(amount, rate), "discount": uid, "name": name}


def row(
    unit: str | Decimal = "100.00", quantity: Any = 1, rate: str | Decimal = "0.25", number: str = "A-1", **more: Any
) -> dict[str, Any]:
    total = Decimal(unit) * quantity
    row = {
        "uid": 1,
        "article": 500,
        "articleNumber": number,
        "articleName": f"Vara {number}",
        "choices": {"quantity": quantity},
        "costs": {"unit": cost(unit, rate), "total": cost(total, rate)},
    }
    return row | more


def payment(method: int = CARD, status: str = "paid", amount: str | None = None, **more: Any) -> dict[str, Any]:
    paid = {} if amount is None else {"amount": Decimal(amount)}
    return {"uid": 900 + method, "method": method, "status": status, "externalRef": "ref-1", **paid, **more}


def order(
    *rows: dict[str, Any],
    delivery: dict[str, Any] | None = None,
    fee: dict[str, Any] | None = None,
    discounts: list[dict[str, Any]] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """An order whose sums agree; discounts are those given, else those of the rows."""
    rows = rows or (row(),)
    of_rows = [item["discountInfo"] for item in rows if "discountInfo" in item]
    taken = of_rows if discounts is None else discounts
    minus = [{key: -one[key] for key in ("incVat", "vat")} for one in taken]
    cart = blend(*(item["costs"]["total"] for item in rows), *minus)
    costs = {"cart": cart, "total": blend(cart, *(one for one in (delivery, fee) if one))}
    costs |= {"shipment": delivery} if delivery else {}
    costs |= {"payment": fee} if fee else {}
    document = {
        "uid": 150001,
        "orderNumber": "1001",
        "ordered": "2026-11-20T10:00:00Z",
        "currency": "SEK",
        "language": "sv",
        "items": list(rows),
        "costs": costs,
        "discountInfo": taken,
        "customer": {
            "info": {"type": "individual", "email": "asa@example.se", "nin": ""},
            "address": {
                "firstName": "Åsa",
                "lastName": "Öberg",
                "address": "Gatan 1",
                "postcode": "111 22",
                "town": "Stockholm",
                "country": "SE",
                "phoneMobile": "0701234567",
            },
            "deliveryAddress": {"copyAddress": True},
        },
        "payments": [payment()],
        "delivery": {"method": 7},
        "paymentStatus": "paid",
        "note": "",
    }
    return document | more


def customer(raw: dict[str, Any], **address: str) -> dict[str, Any]:
    raw["customer"]["address"] |= address
    return raw


def company(raw: dict[str, Any], name: str = "Exempel AB") -> dict[str, Any]:
    raw["customer"]["info"] |= {"type": "business", "nin": "556000-0000", "vatNumber": "SE556000000001"}
    return customer(raw, company=name)


def read(raw: dict[str, Any]) -> Order:
    document = read_order(raw)
    assert isinstance(document, Order), document
    return document


def settings(
    rounding: str = "order",
    customers: dict[str, Any] | None = None,
    specter: dict[str, Any] | None = None,
    **order_settings: Any,
) -> Settings:
    """Return settings with every service article, independent of the environment."""
    return Settings(
        _env_file=None,
        abicart={"webshop": 22222, "auth": "-"},
        specter={"sbm_id": 1, "api_user_key": "-", "integration_key": "-", "rounding": rounding, **(specter or {})},
        customer=customers or {},
        order={"since": "2026-01-01", **ARTICLES, **order_settings},
    )


METHODS = {
    uid: PaymentMethod.model_validate({"uid": uid, "type": kind, "active": True})
    for uid, kind in ((CARD, "klarna"), (GIFT, "GiftCard"), (COD, "cod"), (INVOICE, "invoice"))
}


def facts(*articles: dict[str, Any], **more: Any) -> ShopFacts:
    known = {"base_currency": "SEK", "payment_methods": METHODS}
    return ShopFacts(**(known | more), articles={one["uid"]: Article.model_validate(one) for one in articles})


def plan(raw: dict[str, Any], shop: ShopFacts | None = None, **order_settings: Any) -> Plan:
    return plan_order(read(raw), shop or facts(), settings(**order_settings))


def codes(made: Plan) -> list[str]:
    return [problem.code for problem in made.problems]


def cases(made: Plan) -> list[tuple[str, str]]:
    """Return each problem's code and case."""
    return [(problem.code, dict(problem.values).get("case", "")) for problem in made.problems]


def shape(made: Plan) -> list[tuple[str, str, Decimal, Decimal, int]]:
    """Return the rows in short: kind, article number, unit price, quantity, VAT per cent."""
    assert made.form is not None
    return [(row.kind, row.article_number, row.unit_price, row.quantity, row.vat_percent) for row in made.form.rows]
