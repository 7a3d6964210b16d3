"""The verbs of goods in one: articles, batches with stock and deliveries, drift, and orders by time."""

from specter_tui.journal.repositories.batches import BatchOperations
from specter_tui.journal.repositories.drift import DriftOperations
from specter_tui.journal.repositories.orders_by_time import OrdersByTime
from specter_tui.journal.repositories.sent_articles import SentArticles
from specter_tui.journal.repositories.shop_numbers import ShopNumberOperations
from specter_tui.journal.safety.queue_owners import QueueOwners


class GoodsOperations(SentArticles, ShopNumberOperations, QueueOwners, BatchOperations, DriftOperations, OrdersByTime):
    """What a journal keeps of goods, beside the orders."""
