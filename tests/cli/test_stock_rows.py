"""Rows of Specter's stock that a person settles by command, and reopens."""

import pytest

from specter_tui.sandbox.specter.operations import add_stock_row


@pytest.fixture
def here(stocked, commands):
    sandbox = stocked(orders=1, plain=True)
    for quantity in ("9", "8"):
        add_stock_row(sandbox.specter, "", quantity)
    here = commands(sandbox)
    assert here.run("stock", "pull").status == 1
    return here


def test_a_settled_row_is_taken_back_and_waits_again(here):
    first, second = (one["row"] for one in here.run("stock", "rows", "--json").objects)
    (done,) = here.run("stock", "done", first, "--reason", "set by hand", "--json").objects
    assert (done["row"], done["reason"], done["done"] is None) == (first, "set by hand", False)
    assert [one["row"] for one in here.run("stock", "rows", "--json").objects] == [second]
    undone = here.run("stock", "done", first, "--undo", "--json")
    assert undone.status == 0
    assert [(one["row"], one["done"], one["reason"], one["done_by"]) for one in undone.objects] == [
        (first, None, "", "")
    ]
    assert [one["row"] for one in here.run("stock", "rows", "--json").objects] == [first, second]
    assert here.run("stock", "done", first, second, "--reason", "once more").status == 0
    assert here.run("stock", "rows").status == 0


@pytest.mark.parametrize(("language", "says"), [("en", "is not settled"), ("sv", "är inte klarmarkerad")])
def test_what_is_not_settled_cannot_be_taken_back(here, language, says):
    first, second = (one["row"] for one in here.run("stock", "rows", "--json").objects)
    here.run("stock", "done", second, "--reason", "set by hand")
    ended = here.run("stock", "done", first, second, "--undo", UI__LANGUAGE=language)
    assert ended.status == 1
    assert first in ended.err
    assert says in ended.err
    assert [line.split()[0] for line in ended.lines] == [second]
    nobody = here.run("stock", "done", "zzz-9", "--undo")
    assert (nobody.status, nobody.out) == (2, "")


@pytest.mark.parametrize("words", [(), ("--undo", "--reason", "why"), ("--reason", " ")])
def test_a_row_is_settled_with_a_reason_or_taken_back(here, words):
    ended = here.run("stock", "done", "a-0", *words)
    assert ended.status == 2
    assert "--undo" in ended.err
