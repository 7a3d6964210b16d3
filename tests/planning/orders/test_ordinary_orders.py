"""Ordinary orders, made from a seed: none is held, and Specter calculates the shop's total with any rounding.

The shop here calculates as documented: every row has its own VAT in whole öre, and sums add those up. Specter's side is
calculated with fractions from the rule, separately from the planner's model.
"""

import random
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

from specter_tui.planning.orders.plan import plan_order
from tests.planning.shop import GIFT, blend, cost, discount, facts, order, ore, payment, read, row, settings

MODELS = [("order", 6), ("row", 6), ("rate", 6), ("order", 2), ("order", 3), ("row", 2), ("rate", 3)]
PRICES = [
    "9.90",
    "19.90",
    "35.90",
    "49.00",
    "99.97",
    "119.00",
    "199.99",
    "249.00",
    "7.49",
    "1295.00",
    "0.50",
    "3499.50",
]
RATES = ["0.25", "0.25", "0.12", "0.06", "0", "0.255", "0.14"]
ORE = Decimal("0.01")


def half_up(amount, step=100):
    sign = -1 if amount < 0 else 1
    return Fraction(sign * floor(abs(amount) * step + Fraction(1, 2)), step)


def specter_total(rows, rounding, decimals):
    """Return the total incl. VAT of a Specter that keeps that many decimals of a price, and rounds there."""
    nets, grosses = {}, {}
    for one in rows:
        net = half_up(Fraction(one.unit_price), 10**decimals) * Fraction(one.quantity)
        net *= 1 - Fraction(one.discount_percent or 0) / 100
        rate = Fraction(one.vat_percent) / 100
        nets[rate] = nets.get(rate, 0) + (half_up(net) if rounding == "rate" else net)
        gross = net * (1 + rate)
        grosses[rate] = grosses.get(rate, 0) + (half_up(gross) if rounding == "row" else gross)
    if rounding == "rate":
        return sum(net + half_up(net * rate) for rate, net in nets.items())
    return half_up(sum(grosses.values(), Fraction(0)))


def goods(chance, place, percent, on_rows):
    """Return a row whose VAT is that of its units, and its discount if it has one."""
    quantity = chance.choice([1, 1, 1, 2, 3, 5, 12, 100])
    item = row(chance.choice(PRICES), quantity, chance.choice(RATES), f"A-{place}", uid=place + 1)
    unit, total = item["costs"]["unit"], item["costs"]["total"]
    item["costs"]["total"] = cost(total["incVat"], total["vatRate"], unit["vat"] * quantity)
    if percent is None or chance.random() < 0.2:
        return item, None
    taken = discount(str(ore(total["incVat"] * percent)), str(total["vatRate"])) | {"rate": percent}
    return item | ({"discountInfo": taken} if on_rows else {}), taken


def listed(discounts):
    """Return the order's list: one entry for each rate, the sum of the rows' rounded amounts."""
    by_rate = {}
    for one in discounts:
        by_rate.setdefault(one["vatRate"], []).append(one)
    return [discount("0") | blend(*some) | {"vatRate": rate} for rate, some in by_rate.items()]


def sale(chance, rows=None):
    """Return an order as a shop makes it: rows of mixed rates, discounts by rate, delivery, fee, gift card."""
    percent, on_rows = chance.choice([None, "0.1", "0.33", "0.155"]), chance.random() < 0.5
    made = [
        goods(chance, place, percent and Decimal(percent), on_rows) for place in range(rows or chance.randint(1, 12))
    ]
    items, taken = [item for item, _ in made], [one for _, one in made if one]
    raw = order(
        *items,
        discounts=listed(taken),
        delivery=cost(chance.choice(["0", "49.00", "59.00"]), "0.25"),
        fee=cost(chance.choice(["0", "0", "29.50"]), "0.25"),
    )
    if chance.random() < 0.2:
        spent = ore(raw["costs"]["total"]["incVat"] * Decimal(chance.randint(1, 99)) / 100)
        raw["payments"] = [payment(GIFT, amount=str(spent)), payment()]
    return raw


@pytest.mark.parametrize(("rounding", "decimals"), MODELS)
def test_none_is_held_and_none_is_wrong(rounding, decimals):
    chance = random.Random(f"{rounding} {decimals}")
    by, shop = settings(rounding, specter={"price_decimals": decimals}), facts()
    per_cent = settings(rounding, specter={"price_decimals": decimals}, discount_percent_per_row=True)
    for place in range(450):
        raw = sale(chance)
        made = plan_order(read(raw), shop, per_cent if place % 5 == 0 else by)
        assert made.problems == (), (made.problems, raw)
        assert specter_total(made.form.rows, rounding, decimals) == Fraction(made.expected), raw
        assert made.modelled == made.expected
        assert all(-one.unit_price.as_tuple().exponent <= decimals for one in made.form.rows)
        roundings = [one for one in made.form.rows if one.kind == "rounding"]
        assert roundings in ([], [made.form.rows[-1]])
        assert all(one.vat_percent == 0 for one in roundings)


def test_sixty_sales_of_twenty_rows_with_a_list_of_discounts():
    chance = random.Random(13)
    for _ in range(60):
        raw = sale(chance, rows=20)
        made = plan_order(read(raw), facts(), settings())
        assert made.problems == (), made.problems


def test_the_shops_own_vat_stands_beside_specters():
    chance = random.Random(31)
    for _ in range(200):
        raw = sale(chance)
        made = plan_order(read(raw), facts(), settings())
        vat = {}
        for item in raw["items"]:
            total = item["costs"]["total"]
            vat[total["vatRate"] * 100] = vat.get(total["vatRate"] * 100, 0) + total["vat"]
        for one in (raw["costs"]["shipment"], raw["costs"]["payment"]):
            vat[one["vatRate"] * 100] = vat.get(one["vatRate"] * 100, 0) + one["vat"]
        for one in raw["discountInfo"]:
            vat[one["vatRate"] * 100] -= one["vat"]
        assert {rate.vat_percent: rate.vat for rate in made.shop_rates if rate.vat} == {
            k: v for k, v in vat.items() if v
        }
        assert sum(rate.vat for rate in made.shop_rates) == raw["costs"]["total"]["vat"]
        apart = {
            rate.vat_percent
            for rate in made.rates
            for one in made.shop_rates
            if one.vat_percent == rate.vat_percent
            and abs(one.vat - rate.vat) > ORE * sum(r.vat_percent == rate.vat_percent for r in made.form.rows)
        }
        told = {Decimal(dict(one.values)["rate"]) for one in made.warnings if one.code == "vat_differs"}
        assert told == apart
