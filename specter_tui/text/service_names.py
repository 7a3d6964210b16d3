"""The kinds of rows that stand on service articles, in a word each. It imports nothing: the first frame has them."""

SERVICE_WORDS: dict[str, str] = {
    "discount": "Discount",
    "delivery": "Delivery",
    "payment_fee": "Payment fee",
    "cod": "Cash on delivery",
    "gift_card": "Gift card",
    "rounding": "Rounding",
}
