"""The choice between the two lists of discounts, and the resulting rows."""

from decimal import Decimal

import pytest

from tests.planning.shop import blend, cases, codes, cost, discount, order, ore, plan, row

D = Decimal


def taken(made):
    return [
        (line.text, ore(-line.unit_price * (100 + line.vat_percent) / 100), line.vat_percent)
        for line in made.form.rows
        if line.kind == "discount"
    ]


def test_one_row_for_each_discount_and_rate_with_its_name():
    rows = [row("100.00"), row("100.00"), row("112.00", rate="0.12")]
    given = [
        discount("10.00", name="Sommar"),
        discount("5.00", name="Sommar"),
        discount("11.20", "0.12", name="Sommar"),
        discount("2.00", uid=8),
    ]
    made = plan(order(*rows, discounts=given))
    assert made.ready
    assert taken(made) == [("Sommar", 15, 25), ("Sommar", D("11.20"), 12), ("Rabatt", 2, 25)]
    assert [line.kind for line in made.form.rows] == ["goods"] * 3 + ["discount"] * 3


def test_the_word_is_english_unless_the_order_is_swedish():
    for language, word in (("sv", "Rabatt"), ("", "Rabatt"), ("no", "Rabatt"), ("en", "Discount"), ("de", "Discount")):
        made = plan(order(row(discountInfo=discount("10.00")), language=language))
        assert taken(made) == [(word, 10, 25)]


def test_the_rows_are_believed_where_the_order_does_not_explain_the_cart():
    raw = order(row(discountInfo=discount("10.00", name="rad")))
    raw["discountInfo"] = [discount("7.00", name="order")]
    assert taken(plan(raw)) == [("rad", 10, 25)]


def test_the_order_is_believed_where_the_rows_do_not_explain_the_cart():
    raw = order(row(discountInfo=discount("7.00", name="rad")), discounts=[discount("10.00", name="order")])
    made = plan(raw)
    assert made.ready
    assert taken(made) == [("order", 10, 25)]


def test_neither_explains_the_cart():
    raw = order(row(discountInfo=discount("10.00")))
    raw["discountInfo"] = [discount("7.00")]
    raw["items"][0]["discountInfo"] = discount("6.00")
    made = plan(raw)
    assert cases(made) == [("sums", "cart")]
    assert dict(made.problems[0].values)["gap"] == "-3.00"


def test_a_discount_that_the_cart_does_not_have_is_not_sent():
    raw = order(row())
    raw["items"][0]["discountInfo"] = discount("10.00")
    made = plan(raw)
    assert made.ready
    assert taken(made) == []


def test_rows_with_rates_are_believed_before_an_order_with_a_blend():
    rows = [
        row("100.00", rate="0.25", discountInfo=discount("10.00", "0.25")),
        row("100.00", rate="0.12", discountInfo=discount("30.00", "0.12")),
    ]
    raw = order(*rows)
    raw["discountInfo"] = [discount("40.00") | blend(*(item["discountInfo"] for item in rows))]
    made = plan(raw)
    assert made.ready
    assert taken(made) == [("Rabatt", 10, 25), ("Rabatt", 30, 12)]


def test_rows_that_explain_the_vat_are_believed_before_an_order_that_does_not():
    rows = [
        row("500.00", rate="0.25", discountInfo=discount("50.00", "0.25")),
        row("224.00", rate="0.12", discountInfo=discount("22.40", "0.12")),
        row("106.00", rate="0.06", discountInfo=discount("10.60", "0.06")),
    ]
    raw = order(*rows)
    raw["discountInfo"] = [discount("83.00", "0.25")]
    made = plan(raw)
    assert made.ready
    assert sum(rate.vat for rate in made.rates) == D("117.00")


def test_a_blend_is_spread_over_what_other_discounts_leave():
    rows = [row("200.00", rate="0.25"), row("100.00", rate="0.12")]
    mixed = blend(cost("10.00", "0.25"), cost("10.00", "0.12"))
    given = [discount("100.00", "0.25", name="A"), discount("20.00", name="B", uid=8) | mixed]
    made = plan(order(*rows, discounts=given))
    assert made.ready
    assert taken(made) == [("A", 100, 25), ("B", 10, 25), ("B", 10, 12)]


def test_a_row_discount_whose_rate_is_a_quotient_of_ore_has_the_rows_rate():
    odd = discount("1.20", "0.06") | {"vatRate": D("0.06194690")}
    made = plan(
        order(row("4.00", rate="0.06", discountInfo=odd), discounts=[])
        | {"costs": {"cart": cost("2.80", "0.06"), "total": cost("2.80", "0.06")}}
    )
    assert made.ready
    assert taken(made) == [("Rabatt", D("1.20"), 6)]


def test_a_rate_that_is_missing_is_not_taken_for_zero():
    raw = order(row())
    del raw["items"][0]["costs"]["total"]["vatRate"], raw["items"][0]["costs"]["unit"]["vatRate"]
    assert codes(plan(raw)) == ["rate"]


def percents(made):
    return [line.discount_percent for line in made.form.rows if line.kind == "goods"]


def test_per_cent_takes_its_part_of_the_orders_discount_and_the_rest_stays_a_row():
    rows = [
        row("100.00", discountInfo=discount("10.00") | {"rate": D("0.1")}),
        row("33.33", discountInfo=discount("3.33") | {"rate": D("0.1")}),
        row("50.00"),
    ]
    made = plan(order(*rows), discount_percent_per_row=True)
    assert made.ready
    assert percents(made) == [10, None, None]
    assert taken(made) == [("Rabatt", D("3.33"), 25)]
    assert percents(plan(order(*rows))) == [None, None, None]


def test_per_cent_of_a_blended_discount():
    rows = [
        row("100.00", rate="0.25", discountInfo=discount("10.00", "0.25") | {"rate": D("0.1")}),
        row("200.00", rate="0.12", discountInfo=discount("20.00", "0.12") | {"rate": D("0.1")}),
    ]
    raw = order(*rows, discounts=[discount("30.00") | blend(*(item["discountInfo"] for item in rows))])
    raw["items"][0]["discountInfo"]["incVat"] = D("10.00")
    made = plan(raw, discount_percent_per_row=True)
    assert made.ready
    assert percents(made) == [10, 10]
    assert taken(made) == []


def test_per_cent_that_the_orders_list_does_not_hold_is_not_sent():
    raw = order(row("100.00", discountInfo=discount("10.00", uid=9) | {"rate": D("0.1")}), discounts=[discount("7.00")])
    made = plan(raw, discount_percent_per_row=True)
    assert made.ready
    assert percents(made) == [None]
    assert taken(made) == [("Rabatt", 7, 25)]


def test_per_cent_that_is_more_than_the_orders_list_has_is_not_sent():
    raw = order(row("100.00", discountInfo=discount("10.00") | {"rate": D("0.1")}), discounts=[discount("7.00")])
    made = plan(raw, discount_percent_per_row=True)
    assert made.ready
    assert (percents(made), taken(made)) == ([None], [("Rabatt", 7, 25)])


@pytest.mark.parametrize("amount", ["9.99", "10.01"])
def test_per_cent_that_does_not_give_the_amount_is_not_sent(amount):
    made = plan(order(row(discountInfo=discount(amount) | {"rate": D("0.1")})), discount_percent_per_row=True)
    assert made.ready
    assert (percents(made), taken(made)) == ([None], [("Rabatt", D(amount), 25)])


def test_everything_free_by_per_cent():
    made = plan(order(row(discountInfo=discount("100.00") | {"rate": D(1)})), discount_percent_per_row=True)
    assert made.ready
    assert (percents(made), made.modelled) == ([100], 0)


def test_delivery_is_divided_by_what_per_cent_leaves():
    rows = [
        row("200.00", rate="0.25", discountInfo=discount("100.00", "0.25") | {"rate": D("0.5")}),
        row("100.00", rate="0.12"),
    ]
    delivery = blend(cost("24.50", "0.25"), cost("24.50", "0.12"))
    for as_percent in (False, True):
        made = plan(order(*rows, delivery=delivery), discount_percent_per_row=as_percent)
        assert made.ready
        assert [line.vat_percent for line in made.form.rows if line.kind == "delivery"] == [25, 12]


def test_per_cent_of_more_than_everything_stays_a_row():
    rows = [row("100.00", discountInfo=discount("150.00") | {"rate": D("1.5")}), row("100.00")]
    made = plan(order(*rows), discount_percent_per_row=True)
    assert made.ready
    assert (percents(made), taken(made)) == ([None, None], [("Rabatt", 150, 25)])


def test_per_cent_takes_from_its_own_discount_first_and_leaves_others():
    given = [discount("10.00", uid=8, name="A"), discount("10.00", name="B")]
    raw = order(row(discountInfo=discount("10.00") | {"rate": D("0.1")}), discounts=given)
    made = plan(raw, discount_percent_per_row=True)
    assert made.ready
    assert (percents(made), taken(made)) == ([10], [("A", 10, 25)])


def test_per_cent_takes_from_its_own_rate_before_a_blend():
    rows = [row("400.00", discountInfo=discount("200.00") | {"rate": D("0.5")}), row("200.00", rate="0.12")]
    mixed = discount("200.00", name="blandad") | blend(cost("100.00"), cost("100.00", "0.12"))
    raw = order(*rows, discounts=[mixed, discount("200.00", name="egen")])
    made = plan(raw, discount_percent_per_row=True)
    assert made.ready
    assert {text for text, _, _ in taken(made)} == {"blandad"}


@pytest.mark.parametrize("as_percent", [False, True])
def test_a_discount_is_no_larger_than_what_per_cent_leaves(as_percent):
    off = row(discountInfo=discount("60.00") | {"rate": D("0.6")})
    made = plan(
        order(off, discounts=[discount("60.00"), discount("50.00", uid=8)]), discount_percent_per_row=as_percent
    )
    assert cases(made) == [("sums", "discount_too_large")]


def test_a_row_with_a_negative_price_is_no_discount():
    made = plan(order(row(), row("-50.00", rate="0.12"), discounts=[discount("10.00")]))
    assert made.ready
    assert made.modelled == 40


def test_a_rate_that_is_unknown_is_told_and_nothing_is_made_of_it():
    made = plan(order(row(rate="0.12345"), discounts=[discount("10.00")]))
    assert codes(made) == ["rate"]


def test_a_row_discount_keeps_the_rate_that_the_shop_gave_it():
    odd = {key: value for key, value in discount("10.00", "0.12").items() if key not in ("vat", "exVat")}
    raw = order(row(discountInfo=discount("10.00")), discounts=[])
    raw["items"][0]["discountInfo"] = odd
    raw["costs"] = {"cart": cost("90.00"), "total": cost("90.00")}
    assert cases(plan(raw)) == [("sums", "discount_too_large")]


def test_a_row_discount_with_a_blend_that_is_not_the_rows_is_blocked():
    rows = [row(discountInfo=discount("10.00") | blend(cost("5.00"), cost("5.00", "0.12"))), row(rate="0.06")]
    assert cases(plan(order(*rows))) == [("rate", "discount")]


def without_vat(entry):
    return {key: value for key, value in entry.items() if key not in ("vat", "exVat")}


def test_the_vat_of_a_discount_may_be_missing():
    rows = [row("100.00"), row("100.00")]
    raw = order(*rows, discounts=[discount("10.00"), discount("5.00")])
    raw["discountInfo"] = [without_vat(raw["discountInfo"][0]), raw["discountInfo"][1]]
    assert taken(plan(raw)) == [("Rabatt", 15, 25)]
    raw["discountInfo"].reverse()
    assert taken(plan(raw)) == [("Rabatt", 15, 25)]


@pytest.mark.parametrize("without", ["order", "row"])
def test_a_blend_of_which_a_part_has_no_vat_is_blocked(without):
    part = discount("10.00") | {"rate": D("0.1")}
    raw = order(
        row(discountInfo=part),
        row("100.00", rate="0.12"),
        discounts=[discount("30.00") | blend(cost("20.00"), cost("10.00", "0.12"))],
    )
    if without == "order":
        raw["discountInfo"][0] = without_vat(raw["discountInfo"][0])
    else:
        raw["items"][0]["discountInfo"] = without_vat(part)
    assert cases(plan(raw, discount_percent_per_row=True)) == [("rate", "discount")]


def test_a_blend_less_what_per_cent_took_is_spread_by_its_own_vat():
    part = discount("10.00") | {"rate": D("0.1")}
    mixed = discount("29.00") | blend(cost("10.00"), cost("9.00"), cost("10.00", "0.12"))
    raw = order(row(discountInfo=part), row("100.00", rate="0.12"), discounts=[mixed])
    made = plan(raw, discount_percent_per_row=True)
    assert made.ready
    assert (percents(made), taken(made)) == ([10, None], [("Rabatt", 9, 25), ("Rabatt", 10, 12)])


def test_a_quotient_of_ore_is_the_rows_rate_also_in_a_mixed_basket():
    odd = discount("1.20", "0.06") | {"vatRate": D("0.06194690")}
    raw = order(row("4.00", rate="0.06", discountInfo=discount("1.20", "0.06")), row("100.00"), discounts=None)
    raw["items"][0]["discountInfo"] = odd
    raw["discountInfo"] = []
    made = plan(raw)
    assert made.ready
    assert taken(made) == [("Rabatt", D("1.20"), 6)]


def test_blends_of_one_discount_are_one_sum():
    half = discount("20.00") | blend(cost("10.00"), cost("10.00", "0.12"))
    made = plan(order(row(), row(rate="0.12"), discounts=[half, half]))
    assert made.ready
    assert taken(made) == [("Rabatt", 20, 25), ("Rabatt", 20, 12)]


def test_rows_that_do_not_explain_the_cart_are_named():
    raw = order(row(discountInfo=discount("10.00")))
    raw["discountInfo"] = []
    raw["items"][0]["discountInfo"] = discount("6.00")
    made = plan(raw)
    assert cases(made) == [("sums", "cart")]
    assert dict(made.problems[0].values)["amount"] == "6.00"


@pytest.mark.parametrize(("of_order", "of_row"), [("0.25", "0.06"), ("0.06", "0.25")])
@pytest.mark.parametrize("told", [True, False])
def test_the_vat_of_the_cart_tells_which_rate_is_right(of_order, of_row, told):
    rows = [row("100.00", rate=of_row, discountInfo=discount("50.00", of_row)), row("100.00", rate=of_order)]
    raw = order(*rows)
    raw["discountInfo"] = [discount("50.00", of_order)]
    if not told:
        raw["costs"]["cart"] = without_vat(raw["costs"]["cart"])
    made = plan(raw)
    assert made.ready
    assert taken(made) == [("Rabatt", 50, int(D(of_row if told else of_order) * 100))]


def list_of(gross, vat, rate="0.12"):
    return discount(gross, rate) | {"vat": D(vat), "exVat": D(gross) - D(vat)}


@pytest.mark.parametrize("vat", ["19.66", "19.67", "19.70", "19.65"])
@pytest.mark.parametrize("on_rows", [False, True])
def test_the_vat_of_an_orders_list_may_differ_by_an_ore_for_each_row_that_it_sums(vat, on_rows):
    rows = [
        row("612.00", 1, "0.12", **({"discountInfo": list_of("61.20", "6.56")} if on_rows else {})) for _ in range(3)
    ]
    made = plan(order(*rows, discounts=[list_of("183.60", vat)]))
    assert made.problems == ()
    assert taken(made) == [("Rabatt", D("183.60"), 12)]


@pytest.mark.parametrize("vat", ["19.64", "19.71", "0.00", "36.72"])
def test_more_than_rounding_can_make_is_held(vat):
    rows = [row("612.00", 1, "0.12"), row("612.00", 1, "0.12"), row("612.00", 1, "0.12"), row("100.00"), row("5.00")]
    assert cases(plan(order(*rows, discounts=[list_of("183.60", vat)]))) == [("sums", "vat")]


def test_rows_without_the_discount_give_no_room():
    rows = [row("612.00", 1, "0.12", discountInfo=list_of("61.20", "6.56")), *[row("612.00", 1, "0.12")] * 9]
    assert cases(plan(order(*rows, discounts=[list_of("61.20", "6.52")]))) == [("sums", "vat")]


def test_a_blend_over_rounded_rows_is_divided():
    rows = [row("35.90", 1, rate) for rate in ("0.12", "0.06", "0.25") for _ in range(7)]
    parts = [discount("3.59", rate) for rate in ("0.12", "0.06", "0.25") for _ in range(7)]
    made = plan(order(*rows, discounts=[discount("0") | blend(*parts)]))
    assert made.problems == ()
    assert sum(rate.vat for rate in made.shop_rates) == sum(
        one["costs"]["total"]["vat"] - part["vat"] for one, part in zip(rows, parts, strict=True)
    )


def test_a_blend_that_looks_like_a_rate_is_divided():
    rows = [row("125.00"), row("112.00", rate="0.12")]
    made = plan(order(*rows, discounts=[discount("23.70") | blend(cost("12.50", "0.25"), cost("11.20", "0.12"))]))
    assert made.problems == ()
    assert taken(made) == [("Rabatt", D("12.50"), 25), ("Rabatt", D("11.20"), 12)]
