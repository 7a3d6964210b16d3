"""The model of the orders pane, without a screen."""

from dataclasses import replace
from decimal import Decimal

from specter_tui.console.viewmodel.filtering.sorting import Sort
from specter_tui.console.viewmodel.order_fields import FIELDS
from specter_tui.console.viewmodel.order_list import HOME, OrderList, sum_of
from specter_tui.console.viewmodel.order_summary import summarize_orders
from tests.console.scripted import view


def orders_of(*uids: int, **more: object) -> OrderList:
    orders = OrderList()
    orders.apply([view(uid, **more) for uid in uids])
    return orders


def test_newest_first_and_the_cursor_on_the_first() -> None:
    orders = orders_of(3, 1, 2)
    assert orders.shown == [1, 2, 3]
    assert orders.cursor == 1


def test_a_change_of_state_moves_nothing() -> None:
    orders = orders_of(1, 2, 3)
    orders.arrange(replace(HOME, sort=Sort("state")))
    before = list(orders.shown)
    assert orders.apply([view(3, state="unknown")]) is False
    assert orders.shown == before
    assert orders.views[3].state == "unknown"
    orders.arrange()
    assert orders.shown[0] == 3


def test_the_cursor_stays_on_its_order_when_rows_come_above_it() -> None:
    orders = orders_of(5, 6)
    orders.cursor = 6
    orders.apply([view(1), view(2)])
    assert orders.shown == [1, 2, 5, 6]
    assert orders.cursor == 6


def test_the_cursor_goes_to_the_neighbour_when_its_order_leaves() -> None:
    orders = orders_of(1, 2, 3)
    orders.cursor = 2
    orders.apply([], gone=[2])
    assert (orders.shown, orders.cursor) == ([1, 3], 3)
    orders.apply([], gone=[1, 3])
    assert (orders.shown, orders.cursor, orders.current) == ([], None, None)


def test_many_new_orders_are_sorted_in_at_once() -> None:
    orders = orders_of(*range(200, 0, -1))
    assert orders.shown == list(range(1, 201))


def test_a_mark_holds_the_list_still_and_counts_what_is_new() -> None:
    orders = orders_of(2, 3)
    orders.toggle_mark(2)
    assert orders.apply([view(1)], gone=[3]) is False
    assert (orders.shown, orders.new_waiting, orders.gone) == ([2, 3], 1, {3})
    assert 3 not in {found.uid for found in orders.ready()}
    orders.toggle_mark(2)
    assert (orders.shown, orders.new_waiting, orders.gone) == ([1, 2], 0, set())
    assert 3 not in orders.views


def test_an_order_that_left_and_came_back_is_not_gone() -> None:
    orders = orders_of(2, 3)
    orders.toggle_mark(2)
    orders.apply([], gone=[3])
    orders.apply([view(3)])
    assert orders.gone == set()


def test_an_order_that_came_and_left_while_held_still_was_never_there() -> None:
    orders = orders_of(2)
    orders.toggle_mark(2)
    orders.apply([view(1)])
    orders.apply([], gone=[1])
    orders.toggle_mark(2)
    assert (orders.shown, orders.new_waiting) == ([2], 0)


def test_a_filter_holds_still_and_counts_only_what_passes() -> None:
    orders = orders_of(1, 2)
    orders.arrange(replace(HOME, filter_text="1002"))
    assert orders.shown == [2]
    orders.apply([view(3), view(4, number="1002-B")])
    assert (orders.shown, orders.new_waiting) == ([2], 1)
    orders.arrange(replace(HOME, filter_text=""))
    assert (orders.shown, orders.new_waiting) == ([1, 2, 3, 4], 0)


def test_nothing_is_done_to_a_mark_that_the_filter_hides() -> None:
    orders = orders_of(1, 2)
    orders.mark_all()
    orders.arrange(replace(HOME, filter_text="1002"))
    assert [found.uid for found in orders.targets] == [2]
    orders.arrange(replace(HOME, filter_text=""))
    assert [found.uid for found in orders.targets] == [1, 2]


def test_an_open_question_holds_still() -> None:
    orders = orders_of(2)
    orders.question_open = True
    orders.apply([view(1)])
    assert orders.shown == [2]
    orders.question_open = False
    orders.let_go()
    assert orders.shown == [1, 2]


def test_keys_act_on_marks_else_on_the_cursor() -> None:
    orders = orders_of(1, 2, 3)
    assert [found.uid for found in orders.targets] == [1]
    orders.toggle_mark(3)
    orders.toggle_mark(2)
    assert [found.uid for found in orders.targets] == [2, 3]
    orders.mark_all()
    assert len(orders.targets) == 3
    orders.mark_all()
    assert not orders.marks


def test_every_sort_keeps_every_order_and_takes_new_ones_where_they_belong() -> None:
    for field in FIELDS:
        for descending in (False, True):
            orders = orders_of(1, 2)
            orders.apply([view(3, ordered=None, total=None, number="A-7", customer="")])
            orders.arrange(replace(HOME, sort=Sort(field.key, descending=descending)))
            orders.apply([view(4, customer="Åsa"), view(5, specter_number="7", articles=("A",)), view(6, ordered=None)])
            one_by_one = list(orders.shown)
            orders.arrange()
            assert orders.shown == one_by_one
            assert sorted(one_by_one) == [1, 2, 3, 4, 5, 6]


def test_an_outcome_holds_its_own_row_and_lets_others_in() -> None:
    orders = orders_of(2, 3)
    orders.outcomes[2] = True
    orders.apply([view(1)], gone=(2, 3))
    assert (orders.shown, orders.new_waiting) == ([1, 2], 0)
    assert [found.uid for found in orders.present] == [1]
    orders.clear_outcomes()
    assert (orders.shown, orders.gone) == ([1], set())


def test_after_a_push_the_first_mark_of_all_is_of_those_that_failed() -> None:
    orders = orders_of(1, 2, 3)
    orders.outcomes |= {1: False, 2: True, 3: False}
    orders.mark_all()
    assert set(orders.marks) == {1, 3}
    orders.mark_all()
    assert set(orders.marks) == {1, 2, 3}
    orders.mark_all()
    assert not orders.marks


def test_an_order_from_outside_is_looked_at_and_not_counted() -> None:
    orders = orders_of(1)
    orders.visiting = view(77)
    assert orders.current == view(77)
    assert summarize_orders(orders.present, None).counts == {"ready": 1}
    orders.visiting = None
    assert orders.current == view(1)


def test_order_numbers_sort_as_numbers() -> None:
    orders = OrderList()
    orders.apply([view(1, number="1010"), view(2, number="999"), view(3, number="B1")])
    orders.arrange(replace(HOME, sort=Sort("number")))
    assert orders.shown == [2, 1, 3]


def test_find_by_order_number_then_specter_number_then_uid() -> None:
    orders = orders_of(1, 2)
    orders.apply([view(3, state="exported", specter_number="90003")])
    assert orders.find("1002") is orders.views[2]
    assert orders.find("90003") is orders.views[3]
    assert orders.find("2") is orders.views[2]
    assert orders.find("nothing") is None


def test_counts_and_sums() -> None:
    orders = orders_of(1, 2)
    orders.apply([view(3, state="blocked"), view(4, currency="EUR", total=Decimal(10)), view(5, total=None)])
    assert summarize_orders(orders.present, None).counts == {"ready": 4, "blocked": 1}
    assert sum_of(orders.ready()) == {"SEK": Decimal("301.50"), "EUR": Decimal(10)}
