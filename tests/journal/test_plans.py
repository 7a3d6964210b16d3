"""Work in a file grows with what is asked for, not with what is stored; no statement is built from values."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

from specter_tui import journal as room
from specter_tui.journal import repositories
from specter_tui.journal.repositories import events as events_module
from specter_tui.journal.repositories.goods import stock as stock_module
from tests.journal.conformance.test_stock import kept
from tests.journal.goods import stock
from tests.journal.orders import exported
from tests.journal.plans import plan


def test_orders_exported_long_ago_are_not_read_again(journal):
    for uid in range(1, 40):
        exported(journal, uid, str(uid))
    kept(journal, stock("TAJ-1"))
    assert "events_of_exports (shop=? AND id>? AND id<?)" in plan(journal, stock_module._ROWS_EXPORTED)[0]
    assert journal.stock.sold_after_fetch(["TAJ-1"]) == {}


def test_a_report_reads_the_events_of_its_days(journal):
    (step,) = plan(journal, events_module._TO_REPORT)
    assert "events_to_report (shop=? AND at>? AND at<?)" in step


STATEMENTS = {
    f"{name.rpartition('.')[2]}{statement}": sql
    for _, name, _ in pkgutil.walk_packages(repositories.__path__, f"{repositories.__name__}.")
    for statement, sql in vars(importlib.import_module(name)).items()
    if isinstance(sql, str) and re.search(r"\bWHERE\b", sql) and "{index}" not in sql
}
_GROWS = "orders|events|sent_rows|calls|deliveries|drift_lines"
"""Tables that grow with every order."""
_OF_ONE = re.compile(r"\b(uid|specter_number) = [?:]|article_number = [?:]")
_FEW = re.compile("orders_to_write_back|orders_in_conflict|deliveries_to_mark|drift_lines_open")
"""Indexes of due, conflicting or open rows: they may be read as a whole."""
_IN_ORDER = re.compile(r"LIMIT \?|LIMIT 100$|MAX\(id\)")
"""Statements that end after a fixed number of rows, or at the end of the key."""
_OF_SOME_TIME = re.compile("events_of_exports|events_to_report")
"""Indexes of some events, read from one moment to another."""
_ALL = {
    "erasure_BY_CUSTOMER": "an erasure of a customer looks at every order, once",
    "specter_account_USED": "EXISTS ends at the first that it finds",
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_reads_what_it_does_not_ask_for(journal, name):
    sql = STATEMENTS[name]
    steps = plan(journal, sql)
    assert not [step for step in steps if re.match(rf"SCAN ({_GROWS})", step)], steps
    if name in _ALL:
        return
    # By the shop alone, or by a range of events, all of it is read.
    whole = [step for step in steps if re.match(rf"SEARCH ({_GROWS}) .*\(shop=\?( AND \w+[<>]\?)*\)$", step)]
    whole = [step for step in whole if not _FEW.search(step)]
    assert not whole or not _OF_ONE.search(sql), steps
    assert not whole or _IN_ORDER.search(sql.rstrip()) or _OF_SOME_TIME.search(sql), steps
    assert not whole or not [step for step in steps if "TEMP B-TREE" in step], steps


def test_counts_need_the_index_of_states_alone(journal):
    steps = plan(journal, "SELECT state, COUNT(*) FROM orders WHERE shop = ? GROUP BY state")
    assert "COVERING INDEX orders_by_state" in steps[0]


def test_no_sql_is_put_together_from_values():
    pasted = re.compile(r"""f["']+\s*(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE)|\.format\(|["']\s*%\s""")
    for file in Path(room.__file__).parent.rglob("*.py"):
        assert not pasted.search(file.read_text()), file
