"""A short run of `make fuzz`, and a check that its judges find errors."""

from decimal import Decimal

import pytest

from specter_tui.planning.orders.plan import plan_order
from specter_tui.specter import replies
from tests.fuzz import judging
from tests.planning import shop

CASES = 300


def test_no_document_and_no_reply_breaks_anything() -> None:
    ends = dict(judging.judge(7, CASES))
    assert {name: end for name, end in ends.items() if end.startswith("!")} == {}
    assert {"ready", "blocked", "no", "number"} <= set(ends.values())


@pytest.mark.parametrize(("field", "spelled"), [("text", "None"), ("article_number", "['A-1']"), ("text", "1E+5")])
def test_a_value_as_python_spells_it_is_seen(field: str, spelled: str) -> None:
    made = plan_order(shop.read(shop.order()), judging.FACTS, judging.SETTINGS)
    assert made.form is not None
    object.__setattr__(made.form.rows[0], field, spelled)
    with pytest.raises(judging.Broken, match="is sent as"):
        judging.judge_forms(made)


def test_a_total_that_is_not_the_shops_is_seen() -> None:
    made = plan_order(shop.read(shop.order()), judging.FACTS, judging.SETTINGS)
    assert made.form is not None
    object.__setattr__(made.form.rows[0], "unit_price", Decimal("80.01"))
    with pytest.raises(judging.Broken, match="comes to"):
        judging.judge_forms(made)


def test_a_success_that_was_none_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "created_number", lambda body: body.decode("latin-1").split(";")[1])
    assert any("is read as" in end for _, end in judging.judge(7, CASES))
    monkeypatch.setattr(judging, "created_number", replies.created_number)
