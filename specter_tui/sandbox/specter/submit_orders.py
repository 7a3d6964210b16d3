"""newOrderSubmit: one order with its rows (docs/wires.md, orders)."""

from decimal import ROUND_HALF_UP, Decimal

from specter_tui.sandbox.specter.action_reply import Reply
from specter_tui.sandbox.specter.form_fields import COMMON, Checked
from specter_tui.sandbox.specter.refusals import UNKNOWN_ARTICLE, UNKNOWN_CUSTOMER, Refusal, malformed
from specter_tui.sandbox.specter.rounding_models import TotalsRow, totals
from specter_tui.sandbox.specter.specter_account import MAIN_SITE, SITES, SpecterAccount, SpecterOrder

NOT_KEPT = {rule.name for rule in COMMON.values()}


def submit_order(account: SpecterAccount, form: Checked) -> Reply:
    """Return the number of the new order, and a text. Its quantities are subtracted at its stock site."""
    fields = form.fields
    customer = int(fields["customerId"])
    if customer not in account.customers:
        raise Refusal(UNKNOWN_CUSTOMER, f"Kund {customer} finns inte")
    external = fields.get("externalOrderNo", "")
    refuse_duplicate(account, external, ignored=fields.get("ignoreExternalOrderNoControl") == "1")
    site = int(fields.get("stocksiteid") or MAIN_SITE)
    if site not in SITES:
        raise malformed(f"there is no stock site {site}")
    rows = tuple(row(account, sent, number) for number, sent in enumerate(form.rows, 1))
    order = SpecterOrder(
        number=next(account.order_numbers),
        customer=customer,
        external=external,
        currency=fields.get("currency") or "SEK",
        rows=rows,
        totals=totals(rows, account.options.rounding),
        fields={name: value for name, value in fields.items() if name not in NOT_KEPT},
        card=dict(account.customers[customer].fields),
        site=site,
    )
    account.orders[order.number] = order
    for one in rows:
        account.add_available(one.article, site, -one.quantity)
    return Reply(order.number, "Ordern är skapad")


def refuse_duplicate(account: SpecterAccount, external: str, *, ignored: bool) -> None:
    """Refuse an external number that an order already has, unless the account or the call disables the check."""
    if not external or ignored or not account.options.refuses_duplicates:
        return
    for known in account.orders_of(external):
        named = " (order {number})" if account.options.duplicate_names_number else ""
        text = account.options.duplicate_text or f"Externt ordernummer {{external}} finns redan{named}"
        other = next((str(one.number) for one in account.orders.values() if one.external != external), "80001")
        words = {"external": external, "number": known.number, "other": other}
        raise Refusal(account.options.duplicate_code, text.format_map(words), breach=False)


def kept_price(price: Decimal, decimals: int | None) -> Decimal:
    """Return a unit price rounded as Specter stores it."""
    return price if decimals is None else price.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def row(account: SpecterAccount, sent: dict[str, str], number: int) -> TotalsRow:
    """Return row `number` as Specter stores it."""
    article = sent["articleNo"]
    if account.options.known_articles_only and article not in account.articles:
        raise Refusal(UNKNOWN_ARTICLE, f"Artikel {article} finns inte")
    made = TotalsRow(
        article=article,
        text=sent.get("articleName", ""),
        price=kept_price(Decimal(sent["priceExclVAT"]), account.options.price_decimals),
        quantity=Decimal(sent["noOfItems"]),
        vat=Decimal(sent["vatPercent"]),
        discount=Decimal(sent.get("discount", "0")),
        comment=sent.get("articleComment", ""),
    )
    if made.quantity <= 0:
        raise malformed(f"noOfItems_{number} is not above 0: the price carries the sign")
    if not 0 <= made.discount <= 100 or not 0 <= made.vat <= 100:
        raise malformed(f"a per cent of row {number} is not from 0 to 100")
    return made
