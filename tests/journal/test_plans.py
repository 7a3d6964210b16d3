"""Work in a file grows with what is asked for, not with what is stored; no statement is put together from values."""

import re
from pathlib import Path

import pytest

from specter_tui import journal as room
from specter_tui.journal.repositories import (
    base_reader,
    base_writer,
    batches,
    buyer_locks,
    claim_results,
    claims,
    deliveries,
    drift,
    halts,
    leases,
    operator_decisions,
    sent_articles,
    write_backs,
)
from specter_tui.journal.repositories import stock as stock_module
from tests.journal.conformance.test_stock import kept
from tests.journal.goods import stock
from tests.journal.orders import exported
from tests.journal.plans import plan


def test_orders_exported_long_ago_are_not_read_again(journal):
    for uid in range(1, 40):
        exported(journal, uid, str(uid))
    kept(journal, stock("TAJ-1"))
    assert "events_of_exports (shop=? AND id>? AND id<?)" in plan(journal, stock_module._ROWS_EXPORTED)[0]
    assert journal.sold_after_fetch(["TAJ-1"]) == {}


QUERIES = {
    f"{module.__name__.rpartition('.')[2]}{name}": sql
    for module in (
        base_reader,
        buyer_locks,
        claims,
        operator_decisions,
        halts,
        leases,
        claim_results,
        write_backs,
        base_writer,
    )
    for name, sql in vars(module).items()
    if isinstance(sql, str) and "WHERE" in sql
}


@pytest.mark.parametrize("name", QUERIES)
def test_no_statement_reads_every_order_or_sorts(journal, name):
    steps = plan(journal, QUERIES[name])
    assert not [step for step in steps if re.match(r"SCAN (orders|events|sent_rows)", step)], steps
    # All of a shop is all there is; only an index of the few that are due, in conflict or open may be read whole. Of a
    # newest id there is one, at the end of the key; of leases and halts a handful.
    few = re.compile("orders_to_write_back|orders_in_conflict|halts_open|stops_open")
    whole = [step for step in steps if step.endswith("(shop=?)") and not few.search(step)]
    assert not whole or "MAX(id)" in QUERIES[name] or re.search("FROM (leases|halts)", QUERIES[name]), steps
    assert not [step for step in steps if "TEMP B-TREE" in step], steps


def test_counts_need_the_index_of_states_alone(journal):
    steps = plan(journal, "SELECT state, COUNT(*) FROM orders WHERE shop = ? GROUP BY state")
    assert "COVERING INDEX orders_by_state" in steps[0]


QUERIES_OF_GOODS = {
    f"{module.__name__.rpartition('.')[2]}{name}": sql
    for module in (stock_module, batches, sent_articles, deliveries, drift)
    for name, sql in vars(module).items()
    if isinstance(sql, str) and re.search(r"WHERE .*=", sql, re.DOTALL)
}


@pytest.mark.parametrize("name", QUERIES_OF_GOODS)
def test_no_statement_reads_a_table_from_end_to_end(journal, name):
    sql = QUERIES_OF_GOODS[name]
    steps = plan(journal, sql)
    assert not [step for step in steps if step.startswith("SCAN")], steps
    # Lists of what is open are read whole, and so are those that ask for everything; of a newest id there is one.
    whole = [step for step in steps if re.search(r"(orders|events|sent_rows) .*\(shop=\?\)$", step)]
    assert not whole or "MAX(id)" in sql, steps


def test_no_sql_is_put_together_from_values():
    pasted = re.compile(r"""f["']+\s*(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE)|\.format\(|["']\s*%\s""")
    for file in Path(room.__file__).parent.rglob("*.py"):
        assert not pasted.search(file.read_text()), file
