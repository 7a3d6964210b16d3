"""Baskets: articles that can be sold without problems, and orders of ordinary buyers."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from specter_tui.sandbox.arithmetic import ZERO
from specter_tui.sandbox.seed.buyers import Buyer
from specter_tui.sandbox.seed.catalog_entities import SeededCatalog, Sold
from specter_tui.sandbox.seed.order_builder import GOODS_RATE, BasketLine, Paid, Shape
from specter_tui.sandbox.seed.shop_methods import AGENT, CARD, COURIER, INVOICE, INVOICE_FEE, KLARNA, PICKUP, SWISH
from specter_tui.sandbox.shop.shop_store import PACKAGE

GOOD_NUMBER = re.compile(r"[A-Za-z0-9._-]+")
FOOD_RATE, KROG_RATE = Decimal("0.06"), Decimal("0.12")
QUANTITIES = (1, 1, 1, 1, 2, 2, 3, 4, 6, 10, 12)


@dataclass(frozen=True, slots=True)
class BasketStock:
    """The articles for baskets: those with good numbers by rate, and all by number."""

    good: Mapping[Decimal, list[Sold]]
    by_number: Mapping[str, Sold]

    def line(self, number: str, quantity: int = 1, discount: Decimal = ZERO) -> BasketLine:
        """Return a row of the first article with this number."""
        return self.row(self.by_number[number], quantity, discount)

    def any(
        self, chance: Random, rate: Decimal = GOODS_RATE, quantity: int = 0, discount: Decimal = ZERO
    ) -> BasketLine:
        """Return a row of a random article with a good number and this VAT rate, or 25 % where a small shop has none.

        Quantity 0 means a random quantity.
        """
        return self.row(
            chance.choice(self.good.get(rate) or self.good[GOODS_RATE]), quantity or chance.choice(QUANTITIES), discount
        )

    @staticmethod
    def row(ware: Sold, quantity: int, discount: Decimal = ZERO) -> BasketLine:
        """Return a row of `ware`."""
        return BasketLine(
            number=ware.number,
            name=ware.name,
            price=ware.price,
            rate=ware.rate,
            quantity=quantity,
            discount=discount,
            article=ware.article,
            choices=ware.choices,
        )


def good_numbers(stock: SeededCatalog) -> set[str]:
    """Return the article numbers that Specter takes: plain characters, and each used once only."""
    used = Counter(one.number for one in stock.sold)
    used.update(article["articleNumber"] for article in stock.articles if article["hasChoices"])
    return {number for number, times in used.items() if times == 1 and GOOD_NUMBER.fullmatch(number)}


def basket_stock(stock: SeededCatalog) -> BasketStock:
    """Sort a catalogue for filling baskets."""
    numbers = good_numbers(stock)
    packages = {article["uid"] for article in stock.articles if article["type"] == PACKAGE}
    good: dict[Decimal, list[Sold]] = {}
    for one in stock.sold:
        if one.number in numbers and one.article not in packages:
            good.setdefault(one.rate, []).append(one)
    return BasketStock(good, {one.number: one for one in reversed(stock.sold)})


def ordinary(goods: BasketStock, chance: Random, buyer: Buyer) -> Shape:
    """Return an everyday order: one to five rows, with a random payment and delivery method."""
    lines = [some_line(goods, chance) for _ in range(chance.randint(1, 5))]
    method = chance.choice((CARD, CARD, KLARNA, SWISH, INVOICE))
    delivery = chance.choice((AGENT, AGENT, COURIER, PICKUP))
    freight = {AGENT: Decimal(49), COURIER: Decimal(99), PICKUP: ZERO}[delivery]
    return Shape(
        buyer=buyer,
        lines=lines,
        payments=(Paid(method=method, status=usual_status(method)),),
        delivery=delivery,
        freight=freight,
        freight_rate=chance.choice((None, GOODS_RATE)) if freight else None,
        fee=INVOICE_FEE if method == INVOICE else ZERO,
    )


def some_line(goods: BasketStock, chance: Random) -> BasketLine:
    """Return a typical row: mostly goods at 25 %, often food, sometimes at a reduced price."""
    rate = chance.choice((GOODS_RATE, GOODS_RATE, GOODS_RATE, FOOD_RATE, FOOD_RATE))
    return goods.any(chance, rate, discount=Decimal("0.1") if chance.random() < 0.1 else ZERO)


def usual_status(method: int) -> str:
    """Return the usual status of a payment when its order has just been placed."""
    return {CARD: "paid", SWISH: "paid", KLARNA: "reserved"}.get(method, "unpaid")
