"""The orders that the shop starts with: every kind that can be exported, and traps that cannot."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from specter_tui.sandbox.seed.baskets import FOOD_RATE, KROG_RATE, BasketStock, ordinary
from specter_tui.sandbox.seed.buyers import COMPANIES, PERSONS, someone
from specter_tui.sandbox.seed.order_builder import GOODS_RATE, BasketLine, Paid, Shape, build_order
from specter_tui.sandbox.seed.random_source import dice
from specter_tui.sandbox.seed.shop_methods import (
    CARD,
    COD,
    COD_FEE,
    GIFT_CARD,
    INVOICE,
    INVOICE_FEE,
    KLARNA,
    PICKUP,
    SWISH,
)
from specter_tui.sandbox.shop.shop_store import PlacedOrder

OLD = "placed before the start date"
QUANTITY = "quantity disagrees with the costs"
GAP = "the rows do not sum to the cart"

HOSTILE = "Ring \x1b[2J\x1b[31mförst\x07 [red]viktigt[/red] \u202eetsnep =HYPERLINK(1)\r\n;1;2"


def features(goods: BasketStock, chance: Random) -> list[Shape]:
    """Return one order of each kind that can be exported."""
    asa, lukasz, siobhan, li, zoe, jose, karin, per, goran, eva = PERSONS
    inn, cafe, norse = COMPANIES
    any_of = goods.any
    mixed = [any_of(chance), any_of(chance, FOOD_RATE), any_of(chance, KROG_RATE)]
    two = [any_of(chance, quantity=2), any_of(chance, FOOD_RATE, quantity=6)]
    dear = [line(goods, "STORMKOK", any_of(chance, quantity=4)), any_of(chance)]
    gift = [line(goods, "GAVOKORT-500", goods.any(chance))]
    return [
        Shape(buyer=asa, lines=mixed, freight=Decimal(49), freight_rate=GOODS_RATE),
        Shape(
            buyer=inn,
            lines=two,
            payments=(Paid(method=INVOICE, status="unpaid"),),
            fee=INVOICE_FEE,
            freight=Decimal(99),
        ),
        Shape(
            buyer=karin,
            lines=[any_of(chance, discount=Decimal("0.3"))],
            payments=(Paid(method=SWISH),),
            delivery=PICKUP,
        ),
        Shape(
            buyer=per, lines=[*mixed, any_of(chance, discount=Decimal("0.2"))], coupon=Decimal(100), freight=Decimal(49)
        ),
        Shape(
            buyer=goran,
            lines=dear,
            payments=(Paid(method=GIFT_CARD, amount=Decimal(250)), Paid(method=KLARNA, status="reserved")),
        ),
        Shape(buyer=zoe, lines=[any_of(chance, quantity=1)], payments=(Paid(method=GIFT_CARD),), freight=Decimal(49)),
        Shape(
            buyer=jose,
            lines=two,
            payments=(Paid(method=COD, status="unpaid"),),
            fee=COD_FEE,
            freight=Decimal(79),
            freight_rate=GOODS_RATE,
        ),
        Shape(
            buyer=lukasz,
            lines=[any_of(chance, FOOD_RATE, quantity=12)],
            payments=(Paid(method=KLARNA, status="reserved"),),
        ),
        Shape(buyer=li, lines=gift, payments=(Paid(),)),
        Shape(
            buyer=cafe,
            lines=[any_of(chance, KROG_RATE, quantity=10)],
            payments=(Paid(method=INVOICE, status="unpaid"),),
        ),
        Shape(buyer=siobhan, lines=two, freight=Decimal(149), note=HOSTILE),
        Shape(
            buyer=eva,
            lines=mixed,
            coupon=Decimal("33.50"),
            coupon_name="[b]Tack[/b]",
            freight=Decimal(49),
            freight_rate=GOODS_RATE,
        ),
        Shape(buyer=norse, lines=dear, payments=(Paid(method=CARD, status="reserved"),), freight=Decimal(199)),
        Shape(
            buyer=asa,
            lines=[any_of(chance, FOOD_RATE, discount=Decimal("0.15"), quantity=3)],
            payments=(Paid(status="unpaid"),),
        ),
    ]


def line(goods: BasketStock, number: str, instead: BasketLine) -> BasketLine:
    """Return a row of the article with this number, or `instead` where a small shop lacks it."""
    return goods.line(number) if number in goods.by_number else instead


def traps(goods: BasketStock, chance: Random) -> list[tuple[str, Shape]]:
    """Return orders that must not be sent unchanged, each with the reason; one got a good article number later."""
    plain = goods.any(chance)

    def shape(row: BasketLine) -> Shape:
        buyer = someone(chance, chance.randint(1000, 9999))
        return Shape(buyer=buyer, lines=[row], freight=Decimal(49), freight_rate=GOODS_RATE)

    def numbered(number: str) -> Shape:
        return shape(replace(line(goods, number, plain), number=number))

    def usual() -> Shape:
        return shape(goods.any(chance))

    euro = replace(shape(replace(plain, price=Decimal(33))), currency="EUR", language="en", freight=Decimal(9))
    return [
        ("article number with a space", numbered("LYKTA 3")),
        (QUANTITY, shape(goods.any(chance, quantity=2))),
        ("package", numbered("PAKET-FIKA")),
        ("currency", euro),
        ("no e-mail", replace(usual(), buyer=replace(PERSONS[0], email=""))),
        ("discarded", replace(usual(), discarded=True)),
        (OLD, usual()),
        ("has an external number", replace(usual(), external="88123")),
        ("no article number", numbered("")),
        ("article number with a letter that is not ASCII", numbered("GRYTLAPP-BLÅ")),
        ("article number of two articles", numbered("VISP")),
        (GAP, usual()),
        ("", shape(replace(line(goods, "GRYT-24", plain), number="GRYT 24"))),
        (
            "two payments that are no gift cards",
            replace(usual(), payments=(Paid(amount=Decimal(20)), Paid(method=SWISH))),
        ),
    ]


def starting_orders(goods: BasketStock, seed: int, number: int, now: datetime, *, plain: bool) -> list[PlacedOrder]:
    """Return `number` orders of the last nine days, one of them a month old; `plain` omits the traps."""
    chance = dice(seed, "orders")
    chosen: list[tuple[str, Shape]] = []
    troubles = [] if plain else traps(goods, chance)
    for n, feature in enumerate(features(goods, chance)):
        chosen += [("", feature), *troubles[n : n + 1]]
    chosen = chosen[:number]
    chosen += [("", ordinary(goods, chance, someone(chance, n))) for n in range(number - len(chosen))]
    chance.shuffle(chosen)
    pause = timedelta(days=9) / max(1, number)
    return [built(trap, shape, n, now - (number - n) * pause) for n, (trap, shape) in enumerate(chosen)]


def built(trap: str, shape: Shape, n: int, ordered: datetime) -> PlacedOrder:
    """Return order `n`, with its trap's error."""
    moment = ordered - timedelta(days=30) if trap == OLD else ordered
    placed = build_order(shape, uid=150_001 + n, ordered=moment, trap=trap)
    if trap in SPOILED:
        SPOILED[trap](placed)
    return placed


def one_too_few(placed: PlacedOrder) -> None:
    """Set the quantity to one in a row whose costs are for two."""
    placed.items[0]["choices"]["quantity"] = 1


def ten_too_many(placed: PlacedOrder) -> None:
    """Make the cart and the total ten more than the rows."""
    for part in ("cart", "total"):
        for amount in ("exVat", "incVat"):
            placed.order["costs"][part][amount] += 10


SPOILED: dict[str, Callable[[PlacedOrder], None]] = {QUANTITY: one_too_few, GAP: ten_too_many}
