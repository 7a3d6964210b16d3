"""The command todo: all that waits for a person, the most urgent first, with exit status 1 if there is any."""

KEYS = ["shop", "kind", "order", "item", "since", "code", "text", "cure", "command"]


def test_it_lists_orders_and_article_numbers_and_a_stop_comes_first(stocked, commands):
    sandbox = stocked(orders=40)
    here = commands(sandbox)
    assert here.run("stop", "--reason", "wrong prices").status == 0
    told = here.run("todo", "--json")
    assert told.status == 1
    assert all(list(one) == KEYS for one in told.objects)
    kinds = [one["kind"] for one in told.objects]
    assert kinds[0] == "stop"
    assert list(dict.fromkeys(kinds)) == ["stop", "blocked", "number"]
    blocked = [one for one in told.objects if one["kind"] == "blocked"]
    assert {one["order"] for one in blocked} == {
        one["order"] for one in here.run("orders", "--state", "blocked", "--json").objects
    }
    assert [one["since"] for one in blocked] == sorted(one["since"] for one in blocked), "the oldest first"
    for one in told.objects:
        assert one["text"]
        assert one["cure"]
        assert one["command"].startswith("specter-tui ")
    swedish = here.run("todo", UI__LANGUAGE="sv")
    assert swedish.err.splitlines()[-1] == f"{len(kinds)} att göra"
    assert len(swedish.lines) == len(kinds)


def test_nothing_to_do_ends_with_0(stocked, commands):
    here = commands(stocked(orders=1, plain=True))
    here.run("articles", "fix", "--all")
    told = here.run("todo")
    assert (told.status, told.out) == (0, "")
    assert told.err.splitlines()[-1] == "0 to do"
