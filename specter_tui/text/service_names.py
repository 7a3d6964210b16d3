"""One word for each kind of service row. It imports nothing, because the first frame uses it."""

SERVICE_WORDS: dict[str, str] = {
    "discount": "Discount",
    "delivery": "Delivery",
    "payment_fee": "Payment fee",
    "cod": "Cash on delivery",
    "gift_card": "Gift card",
    "rounding": "Rounding",
}
