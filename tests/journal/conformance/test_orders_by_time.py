"""Rates of orders, for reports."""

from specter_tui.journal.models import KnownNumber
from tests.journal.orders import claimed, exported, intent


def test_rates_of_many_orders_in_one_read(journal):
    exported(journal, 1, "1")
    claimed(journal, 2, rates=())
    journal.decisions.import_known([KnownNumber(3, "3", "90003")])
    assert journal.orders.rates_of_many([1, 2, 3, 4]) == {1: intent().rates, 2: (), 3: ()}
    assert journal.orders.rates_of_many([]) == {}
