"""The facts and the steps of the probe, valid for one shop and one Specter account."""

from datetime import timedelta

import pytest

from tests.journal.orders import BO

HERE, OTHER = "4711 at https://shop.test/; 17 at https://specter.test as 5", "4711 at https://shop.test/; 18 at ..."


def test_a_fact_keeps_its_value_its_step_its_time_and_its_finder(opened):
    journal, other = opened(), opened(BO)
    before = journal.now()
    journal.fact_recorder.put(HERE, "A4", {"filter.uid": "ignored", "own_fields": ["gåva", "x'; DROP TABLE facts;--"]})
    other.fact_recorder.put(HERE, "A5", {"limit_largest": 400})
    facts = journal.facts.all(HERE)
    assert {name: fact.value for name, fact in facts.items()} == {
        "filter.uid": "ignored",
        "own_fields": ["gåva", "x'; DROP TABLE facts;--"],
        "limit_largest": 400,
    }
    assert (facts["filter.uid"].step, facts["filter.uid"].operator) == ("A4", "alma@till")
    assert (facts["limit_largest"].step, facts["limit_largest"].operator) == ("A5", "bo@till")
    assert abs(facts["filter.uid"].at - before) < timedelta(minutes=1)
    assert journal.facts.value(HERE, "limit_largest") == 400
    assert journal.facts.value(HERE, "count") is None
    journal.fact_recorder.put(HERE, "A5", {"limit_largest": 500, "count": False})
    assert other.facts.value(HERE, "limit_largest") == 500
    assert other.facts.value(HERE, "count") is False


def test_a_fact_about_other_accounts_is_none(journal):
    journal.fact_recorder.put(HERE, "A5", {"limit_largest": 400, "count": True})
    assert journal.facts.all(OTHER) == {}
    assert journal.facts.value(OTHER, "count") is None
    journal.fact_recorder.put(OTHER, "A5", {"count": False})
    assert journal.facts.value(OTHER, "count") is False
    assert journal.facts.value(HERE, "count") is None, "it was found for another account since"
    assert journal.facts.value(HERE, "limit_largest") == 400


def test_a_step_is_begun_once_for_each_pair_of_accounts_and_order(opened):
    journal, other = opened(), opened(BO)
    assert journal.probe_steps.begin(HERE, "A1")
    assert not journal.probe_steps.begin(HERE, "A1")
    assert not other.probe_steps.begin(HERE, "A1"), "another process is resuming the same probe"
    assert journal.probe_steps.begin(HERE, "D1", "150001")
    assert journal.probe_steps.begin(HERE, "D1", "150002")
    assert other.probe_steps.begin(OTHER, "A1")
    assert [step.step for step in journal.probe_steps.all(OTHER)] == ["A1"]
    assert [(step.step, step.subject) for step in journal.probe_steps.all(HERE)] == [("D1", "150001"), ("D1", "150002")]


def test_its_calls_are_counted_before_they_are_sent_and_a_broken_off_step_is_seen(opened):
    journal = opened()
    journal.probe_steps.begin(HERE, "A1")
    assert journal.probe_steps.count_call(HERE, "A1") == 1
    journal.probe_steps.end(HERE, "A1", "", "done", {"text": "Åre"}, {"base_currency": "SEK"})
    journal.probe_steps.begin(HERE, "A2")
    assert [journal.probe_steps.count_call(HERE, "A2") for _ in range(2)] == [2, 3]
    done, broken = opened(BO).probe_steps.all(HERE)
    assert (done.result, done.calls, done.record, done.operator) == ("done", 1, {"text": "Åre"}, "alma@till")
    assert done.ended_at is not None
    assert (broken.result, broken.calls, broken.ended_at, broken.record) == ("broken_off", 2, None, None)
    assert journal.facts.value(HERE, "base_currency") == "SEK"
    assert journal.probe_steps.begin(HERE, "A2", again=True)
    assert [step.calls for step in journal.probe_steps.all(HERE)] == [1, 0]


@pytest.mark.parametrize("result", ["refused", "broken_off"])
def test_an_ended_step_keeps_its_first_end(journal, result):
    journal.probe_steps.begin(HERE, "A1")
    journal.probe_steps.end(HERE, "A1", "", result, None, {"count": True})
    journal.probe_steps.end(HERE, "A1", "", "done", "later", {})
    (step,) = journal.probe_steps.all(HERE)
    assert (step.result, step.record) == (result, None)
    assert journal.probe_steps.count_call(HERE, "A1") == 0, "nothing is sent for it any more"


def test_a_step_that_cannot_be_written_leaves_no_fact(journal):
    journal.probe_steps.begin(HERE, "A1")
    with pytest.raises(TypeError):
        journal.probe_steps.end(HERE, "A1", "", "done", None, {"count": timedelta()})
    assert journal.facts.all(HERE) == {}
    assert journal.probe_steps.all(HERE)[0].ended_at is None
