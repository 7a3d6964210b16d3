"""The verbs of goods in one: articles, batches with stock and deliveries, drift, and orders by time."""

from specter_tui.journal.repositories.batches import Batches
from specter_tui.journal.repositories.drift import Drifts
from specter_tui.journal.repositories.orders_by_time import ByTime
from specter_tui.journal.repositories.sent_articles import SentArticles
from specter_tui.journal.repositories.shop_numbers import ShopNumbers
from specter_tui.journal.safety.queue_owners import QueueOwners


class Goods(SentArticles, ShopNumbers, QueueOwners, Batches, Drifts, ByTime):
    """What a journal keeps of goods, beside the orders."""
