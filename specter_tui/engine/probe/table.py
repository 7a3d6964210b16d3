"""All steps of the probe, in their order (docs/probe.md)."""

from specter_tui.engine.probe.account_steps import learn_queues, learn_wrong_key, test_account
from specter_tui.engine.probe.card_steps import write_proper_card, write_test_address
from specter_tui.engine.probe.copy_steps import hold_copy, learn_duplicate, learn_unknown_article
from specter_tui.engine.probe.order_steps import (
    export_order,
    learn_number_writable,
    learn_rounding,
    learn_stock_writable,
    repeat_customer,
)
from specter_tui.engine.probe.read_account import learn_methods, learn_shop
from specter_tui.engine.probe.read_documents import learn_documents
from specter_tui.engine.probe.read_filters import learn_filters
from specter_tui.engine.probe.read_limits import learn_errors, learn_limits
from specter_tui.engine.probe.read_plans import learn_plans, learn_rights
from specter_tui.engine.probe.read_query import learn_query
from specter_tui.engine.probe.read_words import learn_words
from specter_tui.engine.probe.step import Step
from specter_tui.journal.probe_models import PROPER_CARD, TEST_CARD

STEPS: tuple[Step, ...] = (
    Step("A1", "reads", "title_A1", learn_shop),
    Step("A2", "reads", "title_A2", learn_methods),
    Step("A3", "reads", "title_A3", learn_query),
    Step("A4", "reads", "title_A4", learn_filters),
    Step("A5", "reads", "title_A5", learn_limits),
    Step("A6", "reads", "title_A6", learn_errors),
    Step("A7", "reads", "title_A7", learn_documents),
    Step("A8", "reads", "title_A8", learn_words),
    Step("A9", "reads", "title_A9", learn_plans),
    Step("A10", "reads", "title_A10", learn_rights),
    Step("C1", "reads", "title_C1", test_account, "account", "ask_C1"),
    Step("C2", "writes", "title_C2", learn_wrong_key, "account", "ask_C2"),
    Step("C3", "writes", "title_C3", learn_queues, "batches", "ask_C3"),
    Step("B1", "writes the same value", "title_B1", learn_number_writable, "order", "ask_B1"),
    Step("B2", "writes the same value", "title_B2", learn_stock_writable, "order", "ask_B2"),
    Step("D1", "writes", "title_D1", export_order, "order"),
    Step("D2", "writes the same value", "title_D2", repeat_customer, "order", "ask_D2"),
    Step("D3", "writes", "title_D3", learn_duplicate, "order"),
    Step("D3b", "reads", "title_D3b", hold_copy, "order", settles="D3"),
    Step("D4", "reads", "title_D4", learn_rounding, "order"),
    Step(TEST_CARD, "writes", "title_D5", write_test_address, "order", "ask_D5"),
    Step(PROPER_CARD, "writes the same value", "title_D5b", write_proper_card, "order", settles=TEST_CARD),
    Step("D6", "writes", "title_D6", learn_unknown_article, "order"),
    Step("D6b", "reads", "title_D6b", hold_copy, "order", settles="D6"),
)
