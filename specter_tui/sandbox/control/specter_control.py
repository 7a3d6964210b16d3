"""The control API's routes for Specter: its data, and the actions of its staff."""

from dataclasses import asdict
from decimal import Decimal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from specter_tui.sandbox.seed.random_source import dice
from specter_tui.sandbox.server.json_answers import asked_for, said
from specter_tui.sandbox.specter import operations
from specter_tui.sandbox.specter.batch_rows import BatchStockRow, InfoRow, StatusRow
from specter_tui.sandbox.specter.change_queues import ChangeQueue
from specter_tui.sandbox.specter.specter_account import MAIN_SITE, ApiUser, SpecterAccount, SpecterArticle, SpecterOrder


class SpecterControl:
    """Routes below `/control/specter`."""

    def __init__(self, account: SpecterAccount) -> None:
        self._account = account
        self.routes = [
            Route("/orders", self.orders),
            Route("/orders/{number:int}/{verb}", self.act, methods=["POST"]),
            Route("/customers", self.customers),
            Route("/articles", self.articles, methods=["GET", "POST"]),
            Route("/article-calls", self.article_calls),
            Route("/refused", self.refused, methods=["GET", "POST"]),
            Route("/stock", self.stock, methods=["GET", "POST"]),
            Route("/stock-rows", self.stock_rows, methods=["POST"]),
            Route("/queues", self.queues),
            Route("/acknowledged", self.acknowledged),
        ]

    async def orders(self, request: Request) -> Response:
        """Answer with the orders, or with those of one external number."""
        wanted = request.query_params.get("external")
        with self._account.lock:
            return said(
                [self._shown(order) for order in self._account.orders.values() if wanted in (None, order.external)]
            )

    async def act(self, request: Request) -> Response:
        """Deliver, cancel or delete one order, and answer with it."""
        number, asked = request.path_params["number"], await asked_for(request)
        match request.path_params["verb"]:
            case "deliver":
                rows = asked.get("rows")
                parts = None if rows is None else {article: Decimal(some) for article, some in rows.items()}
                operations.deliver(self._account, number, asked.get("tracking", ""), parts)
            case "cancel":
                operations.cancel(self._account, number)
            case "delete":
                return said(self._shown(operations.delete(self._account, number)))
            case verb:
                raise ValueError(f"no such verb: {verb}")
        return said(self._shown(self._account.orders[number]))

    def _shown(self, order: SpecterOrder) -> dict[str, object]:
        return shown(order) | {"goes_to": self._account.goes_to(order)}

    async def customers(self, _request: Request) -> Response:
        """Answer with the customers."""
        with self._account.lock:
            return said([asdict(customer) for customer in self._account.customers.values()])

    async def articles(self, request: Request) -> Response:
        """Answer with the articles, or change the data of one and answer with it."""
        if request.method == "POST":
            asked = await asked_for(request)
            operations.change_article(self._account, asked["number"], asked["fields"])
            return said(card(self._account.articles[asked["number"]]))
        with self._account.lock:
            return said([card(article) for article in self._account.articles.values()])

    async def article_calls(self, _request: Request) -> Response:
        """Answer with each call of newArticleSubmit."""
        return said([asdict(one) for one in self._account.article_calls])

    async def refused(self, request: Request) -> Response:
        """Set the article numbers that Specter refuses, and answer with them."""
        if request.method == "POST":
            self._account.refused_articles = set((await asked_for(request))["articles"])
        return said(sorted(self._account.refused_articles))

    async def stock(self, request: Request) -> Response:
        """Answer with the stock, or change it and answer with the changed articles' stock."""
        if request.method == "GET":
            return said(operations.stock_of(self._account))
        asked = await asked_for(request)
        if "random" in asked:
            return said(operations.count_at_random(self._account, asked["random"], dice(asked.get("seed", 1), "stock")))
        with self._account.lock:
            for number, given in asked["stock"].items():
                for site, quantity in (given if isinstance(given, dict) else {MAIN_SITE: given}).items():
                    operations.count_stock(self._account, number, Decimal(quantity), int(site))
            held = operations.stock_of(self._account)
            return said({number: held[number] for number in asked["stock"]})

    async def stock_rows(self, request: Request) -> Response:
        """Add rows to the next stock batch as they are."""
        for one in (await asked_for(request))["rows"]:
            operations.add_stock_row(self._account, **one)
        return said(None)

    async def queues(self, request: Request) -> Response:
        """Answer with the three queues of an API user."""
        return said({queue.kind: queue.state() for queue in queues_of(self._user(request))})

    async def acknowledged(self, request: Request) -> Response:
        """Answer with the batches that an API user has acknowledged."""
        queues = queues_of(self._user(request))
        return said([asdict(one) for queue in queues for one in queue.acknowledged])

    def _user(self, request: Request) -> ApiUser:
        wanted = request.query_params.get("user")
        return self._account.user if wanted is None else self._account.users[wanted]


def queues_of(user: ApiUser) -> tuple[ChangeQueue[BatchStockRow], ChangeQueue[InfoRow], ChangeQueue[StatusRow]]:
    """Return the queues of an API user."""
    return user.stock, user.articles, user.orders


def card(article: SpecterArticle) -> dict[str, object]:
    """Return an article as JSON, with its stock over all sites; None where its stock is not managed."""
    return asdict(article) | {"stock": None if article.available is None else article.stock}


def shown(order: SpecterOrder) -> dict[str, object]:
    """Return an order as JSON: each row with its fields, VAT by rate with the per cent as text."""
    whole = asdict(order)
    whole["totals"]["vat"] = {str(rate): vat for rate, vat in order.totals.vat.items()}
    return whole
