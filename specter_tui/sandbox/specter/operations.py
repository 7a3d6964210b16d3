"""Actions of Specter's staff: count stock, deliver and cancel orders, change articles."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random

from specter_tui.sandbox.specter.batch_rows import BatchStockRow
from specter_tui.sandbox.specter.specter_account import MAIN_SITE, SpecterAccount, SpecterArticle, SpecterOrder

Stock = dict[str, dict[int, Decimal]]
"""The available quantity of each article at each stock site."""


def stock_of(account: SpecterAccount) -> Stock:
    """Return the stock of every article whose stock is managed."""
    with account.lock:
        return {number: dict(one.available) for number, one in account.articles.items() if one.available is not None}


def count_stock(account: SpecterAccount, number: str, quantity: Decimal | str, site: int = MAIN_SITE) -> None:
    """Set the available quantity of an article at a stock site."""
    with account.lock:
        account.set_available(with_stock(account, number, site), site, Decimal(quantity))


def add_stock_row(
    account: SpecterAccount, number: str, quantity: str, site: int = MAIN_SITE, kind: str = "article"
) -> None:
    """Add a row to the next stock batch that no count makes: no number, an invalid quantity, another kind."""
    none = Decimal(0)
    row = BatchStockRow(identity=0, number=number, total=none, sites={site: none}, written=quantity, kind=kind)
    with account.lock:
        for user in account.users.values():
            user.stock.also.append(row)


def count_at_random(account: SpecterAccount, times: int, chance: Random) -> Stock:
    """Make that many random changes of stock; return the changed articles' stock."""
    with account.lock:
        numbers = [number for number, article in account.articles.items() if article.available is not None]
        changed: Stock = {}
        for number in chance.choices(numbers, k=times if numbers else 0):
            held = account.articles[number].available or {}
            site = chance.choice(list(held))
            account.set_available(account.articles[number], site, some_other(held[site], chance))
            changed[number] = dict(held)
        return changed


def some_other(than: Decimal, chance: Random) -> Decimal:
    """Return another quantity from 0 to 99."""
    return (than + chance.randint(1, 99)) % 100


def with_stock(account: SpecterAccount, number: str, site: int) -> SpecterArticle:
    """Return an article that has stock at this site."""
    article = account.articles[number]
    if article.available is None:
        raise ValueError(f"{number} has no stock management")
    if site not in article.available:
        raise ValueError(f"there is no stock site {site}")
    return article


def deliver(
    account: SpecterAccount, number: int, tracking: str = "", rows: Mapping[str, Decimal] | None = None
) -> None:
    """Deliver an order, or quantities of its article numbers; stock was taken when the order was made."""
    with account.lock:
        order = account.orders[number]
        if order.progress.cancelled:
            raise ValueError(f"order {number} is cancelled")
        parcel = order.left if rows is None else picked(order, rows)
        if not parcel:
            raise ValueError(f"nothing of order {number} is left to deliver")
        for row, quantity in parcel.items():
            order.progress.delivered[row] = order.progress.delivered.get(row, Decimal(0)) + quantity
        order.progress.tracking.append(tracking)
        account.order_changed(order, "deliveries")


def picked(order: SpecterOrder, wanted: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """Return the quantity of each row in a partial delivery."""
    parcel = {}
    for article, quantity in wanted.items():
        rows = [number for number in order.left if order.rows[number - 1].article == article]
        if not rows or not 0 < quantity <= order.left[rows[0]]:
            raise ValueError(f"order {order.number} has not {quantity} of {article} left to deliver")
        parcel[rows[0]] = quantity
    return parcel


def delete(account: SpecterAccount, number: int) -> SpecterOrder:
    """Delete an order, which gives back what was not delivered; no queue tells of it. Return the order."""
    with account.lock:
        order = account.orders.pop(number)
        for row, left in order.left.items():
            account.add_available(order.rows[row - 1].article, order.site, left)
        return order


def cancel(account: SpecterAccount, number: int) -> None:
    """Cancel an order; undelivered quantities are available again."""
    with account.lock:
        order = account.orders[number]
        if order.progress.cancelled:
            raise ValueError(f"order {number} is cancelled")
        for row, quantity in order.left.items():
            account.add_available(order.rows[row - 1].article, order.site, quantity)
        order.progress.cancelled = True
        account.order_changed(order, "status")


def change_article(account: SpecterAccount, number: str, fields: Mapping[str, str]) -> None:
    """Write data of an article: fields of newArticleSubmit other than number and stock."""
    with account.lock:
        article = account.articles[number]
        article.fields |= fields
        account.article_changed(article)
