"""All steps of the probe, in their order (docs/probe.md)."""

from specter_tui.engine.probe.read_account import learn_methods, learn_shop
from specter_tui.engine.probe.read_filters import learn_filters
from specter_tui.engine.probe.read_limits import learn_errors, learn_limits
from specter_tui.engine.probe.read_query import learn_query
from specter_tui.engine.probe.step import Step

STEPS: tuple[Step, ...] = (
    Step("A1", "reads", "title_A1", learn_shop),
    Step("A2", "reads", "title_A2", learn_methods),
    Step("A3", "reads", "title_A3", learn_query),
    Step("A4", "reads", "title_A4", learn_filters),
    Step("A5", "reads", "title_A5", learn_limits),
    Step("A6", "reads", "title_A6", learn_errors),
)
