"""Which discounts are believed, and what becomes of them."""

from decimal import Decimal

from tests.export.shop import blend, cases, codes, cost, discount, order, ore, plan, row

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
