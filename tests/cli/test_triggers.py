"""check says what the account test may do to another link's triggers: once, and in a terminal until someone agrees."""

import os

from tests.engine.shop import calls
from tests.faults.terminal import open_terminal
from tests.support.environment import in_environment


def test_it_is_asked_in_a_terminal_and_said_once_without_one(stocked, commands):
    shop = stocked(orders=1, plain=True)
    here = commands(shop)
    with open_terminal(os.environ | in_environment(here.settings), (100, 40), ("check",), here.folder) as term:
        term.wait_for("[y/N]")
        term.type("\r")
        assert term.end() == 1
        assert "the account was not tested" in term.text
    assert calls(shop, "checkAccountSettings") == 0
    told = here.run("check")
    assert "API user of your own first" in told.err
    assert calls(shop, "checkAccountSettings") == 1
    assert "API user of your own first" not in here.run("check").err
    assert calls(shop, "checkAccountSettings") == 2
