"""The verbs of goods in one: articles, batches with stock and deliveries, drift, and orders by time."""

from specter_tui.journal.batches import Batches
from specter_tui.journal.by_time import ByTime
from specter_tui.journal.drifts import Drifts
from specter_tui.journal.queue_owners import QueueOwners
from specter_tui.journal.sent_articles import SentArticles
from specter_tui.journal.shop_numbers import ShopNumbers


class Goods(SentArticles, ShopNumbers, QueueOwners, Batches, Drifts, ByTime):
    """What a journal keeps of goods, beside the orders."""
