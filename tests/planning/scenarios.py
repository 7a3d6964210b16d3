"""The orders whose whole forms are golden files, by name."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from specter_tui.planning.orders.plan import Plan
from tests.planning.shop import COD, GIFT, company, cost, customer, discount, order, payment, plan, row


def _mixed(**more: Any) -> dict[str, Any]:
    return order(
        row("249.00", 2, "0.25", "TR-1"),
        row("35.90", 3, "0.12", "MAT-7"),
        row("119.00", 1, "0.06", "BOK_2"),
        row("500.00", 1, "0", "PK-500"),
        **more,
    )


def _discounted() -> dict[str, Any]:
    shirt = row("249.00", 2, "0.25", "TR-1", discountInfo=discount("49.80", name="Höstrea") | {"rate": Decimal("0.1")})
    book = row("119.00", 1, "0.06", "BOK_2", discountInfo=discount("20.00", "0.06", name="Tjugan", uid=8))
    return order(shirt, book)


def _own_delivery(**more: str) -> dict[str, Any]:
    raw = company(order())
    raw["customer"]["deliveryAddress"] = {
        "copyAddress": False,
        "name": "Bo Ek",
        "address": "Hamngatan 3",
        "address2": "Port 4",
        "postcode": "411 06",
        "town": "Göteborg",
        "country": "se",
        **more,
    }
    return raw


def _own_fields() -> dict[str, Any]:
    raw = order(note="Ring före leverans")
    raw["customer"]["info"] |= {"Märkning": "Projekt 7\nplan 2", "Våning": 3, "tom": "", "lista": [1]}
    return raw


SCENARIOS: dict[str, Callable[[], Plan]] = {
    "mixed_rates": lambda: plan(_mixed(delivery=cost("49.00", "0.25"))),
    "mixed_rates_rounded_by_row": lambda: plan(_mixed(), rounding="row"),
    "mixed_rates_rounded_by_rate": lambda: plan(order(row("99.97"), row("35.93", 3, "0.12")), rounding="rate"),
    "discount_rows": lambda: plan(_discounted()),
    "discount_per_cent": lambda: plan(_discounted(), discount_percent_per_row=True),
    "gift_card_and_card": lambda: plan(
        order(row("600.00"), payments=[payment(GIFT, "reserved", "250.00"), payment()]), payment_types={"klarna": "KG"}
    ),
    "delivery": lambda: plan(order(delivery=cost("49.00"))),
    "delivery_zero": lambda: plan(order(delivery=cost("0", "0")), zero_delivery_row=True),
    "delivery_zero_left_out": lambda: plan(order(delivery=cost("0", "0"))),
    "payment_fee": lambda: plan(order(fee=cost("29.00"))),
    "payment_fee_zero": lambda: plan(order(), zero_payment_fee_row=True),
    "cod": lambda: plan(order(fee=cost("59.00"), payments=[payment(COD)]), payment_types={"cod": "P"}),
    "cod_zero": lambda: plan(order(payments=[payment(COD)]), zero_cod_row=True, zero_payment_fee_row=True),
    "company": lambda: plan(company(order())),
    "company_in_address_row_1": lambda: plan(
        customer(company(order()), address2="Plan 3"), customers={"company_in_address_row_1": True}
    ),
    "own_delivery_address": lambda: plan(_own_delivery()),
    "own_delivery_address_of_a_company": lambda: plan(_own_delivery(company="Lagret AB")),
    "own_fields": lambda: plan(_own_fields(), customer_fields=True),
    "outside_latin_1": lambda: plan(customer(order(), firstName="Łukasz", lastName="Dvořák", town="Kraków")),
    "multishop": lambda: plan(
        order(language="en"),
        number_prefix="B2-",
        confirm_customer=True,
        confirm_admin=True,
        specter={"webshop_id": 2, "stock_site_id": 5, "customer_group_id": 9},
        customers={"ignore_email": True, "ignore_org_no": True},
    ),
}
