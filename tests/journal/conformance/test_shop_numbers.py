"""The list of the shop's article numbers, and which of them several articles share."""

from specter_tui.journal.goods_models import NumberHolder


def test_numbers_are_shared_without_regard_to_case_and_outer_spaces(journal, opened):
    assert journal.shop_numbers.keep({1: [(0, "TAJ-1")], 2: [(21, "taj-1 "), (22, "B")], 3: [(0, "C")]})
    assert not journal.shop_numbers.keep({1: [(0, "TAJ-1")]}), "nothing changed"
    other = opened()
    assert other.shop_numbers.holders(["Taj-1", "c", "none"]) == {
        "taj-1": [NumberHolder(1, None, "TAJ-1"), NumberHolder(2, 21, "taj-1 ")],
        "c": [NumberHolder(3, None, "C")],
    }
    assert other.shop_numbers.shared(10) == ["taj-1"]
    assert other.shop_numbers.shared(0) == []


def test_an_article_keeps_only_what_it_was_last_read_with(journal):
    journal.shop_numbers.keep({1: [(0, "A")], 2: [(0, "A")], 3: [(0, "A")]})
    assert journal.shop_numbers.keep({2: []})
    assert journal.shop_numbers.holders(["A"]) == {"a": [NumberHolder(1, None, "A"), NumberHolder(3, None, "A")]}
    assert journal.shop_numbers.keep_only({3})
    assert not journal.shop_numbers.keep_only({3})
    assert journal.shop_numbers.holders(["A"]) == {"a": [NumberHolder(3, None, "A")]}
    assert journal.shop_numbers.shared(10) == []
