"""All steps of the probe, in their order (docs/probe.md)."""

from specter_tui.engine.probe.read_account import learn_methods, learn_shop
from specter_tui.engine.probe.read_documents import learn_documents
from specter_tui.engine.probe.read_filters import learn_filters
from specter_tui.engine.probe.read_limits import learn_errors, learn_limits
from specter_tui.engine.probe.read_plans import learn_plans, learn_rights
from specter_tui.engine.probe.read_query import learn_query
from specter_tui.engine.probe.read_words import learn_words
from specter_tui.engine.probe.step import Step

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
)
