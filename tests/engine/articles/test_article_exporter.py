"""The article export: a hundred in a call, only differences, a bad one found, an interrupted run continued."""

import asyncio
import math
from decimal import Decimal

import pytest

from specter_tui.engine.articles.article_submission import ArticleSubmission
from specter_tui.engine.events import ArticlesExported, Progress
from specter_tui.engine.service import SendingInactive, ShopService
from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.shop.patch_rules import write_by_hand
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.specter.errors import AccountHalted, Refused
from specter_tui.specter.replies import all_taken
from tests.support.driven_engine import Driven

pytestmark = pytest.mark.usefixtures("quick_retries")
ON = {"ARTICLE__EXPORT": "changed"}


def forms(count: int) -> list[ArticleForm]:
    return [
        ArticleForm(number=f"A-{n}", name=f"Article {n}", price=Decimal(10), vat_percent=25, stock_managed=False)
        for n in range(count)
    ]


class Strict:
    """A Specter that accepts a call as a whole or not at all."""

    def __init__(self, bad: set[str], *, names_it: bool = False, takes: bool = True) -> None:
        self.bad = bad
        self.names_it = names_it
        self.takes = takes
        self.calls: list[list[str]] = []
        self.taken: set[str] = set()

    async def submit_articles(self, lot, *, force=True) -> None:
        numbers = [form.number for form in lot]
        self.calls.append(numbers)
        wrong = self.bad & set(numbers)
        if wrong or not self.takes:
            raise Refused("7", f"Artikel {min(wrong)}: nej" if self.names_it and wrong else "Kunde inte sparas")
        self.taken |= set(numbers)


class Good:
    """An account whose keys are valid."""

    halted = closed = ""

    def answered(self) -> None: ...

    async def check(self) -> bool:
        return True


def sent_to(specter: Strict, count: int, account=None) -> dict[str, str]:
    """Send that many articles; return the refused ones with Specter's text."""
    refused: dict[str, str] = {}

    async def on_sent(_forms) -> None: ...

    async def on_refused(form, refusal) -> None:
        refused[form.number] = refusal.text

    calls = ArticleSubmission(specter, account or Good(), lambda: False, on_sent, on_refused)
    asyncio.run(calls.send(forms(count)))
    assert calls.calls == len(specter.calls)
    return refused


@pytest.mark.parametrize("count", [1, 2, 3, 7, 99, 100])
def test_one_bad_article_stands_alone_after_few_calls_and_the_rest_is_in(count):
    for place in range(count):
        specter = Strict({f"A-{place}"})
        assert list(sent_to(specter, count)) == [f"A-{place}"]
        assert specter.taken == {f"A-{n}" for n in range(count)} - specter.bad
        assert len(specter.calls) - 1 <= math.ceil(math.log2(count)) + 2 <= 9 + (count == 1)


def test_several_bad_articles_in_one_call_cost_no_more_each():
    specter = Strict({"A-3", "A-4", "A-50", "A-98", "A-99"})
    assert set(sent_to(specter, 100)) == specter.bad
    assert len(specter.taken) == 95
    assert len(specter.calls) - 1 <= 5 * 10


def test_an_article_that_the_refusal_names_is_tried_first():
    specter = Strict({"A-70"}, names_it=True)
    assert sent_to(specter, 100) == {"A-70": "Artikel A-70: nej"}
    assert len(specter.calls) == 3


def test_where_nothing_is_taken_it_is_not_about_the_articles():
    specter = Strict(set(), takes=False)
    with pytest.raises(Refused):
        sent_to(specter, 100)
    assert len(specter.calls) < 100


class Forgetful(Strict):
    """A Specter that accepts the first few of a call, omits bad ones, and says so only in its answer."""

    def __init__(self, bad: set[str], most: int) -> None:
        super().__init__(bad)
        self.most = most

    async def submit_articles(self, lot, *, force=True) -> None:
        numbers = [form.number for form in lot]
        self.calls.append(numbers)
        taken = [number for number in numbers if number not in self.bad][: self.most]
        self.taken |= set(taken)
        lines = [f"1;{len(taken)};OK", *(f"0;7;Artikeln {number}: nej" for number in self.bad & set(numbers))]
        all_taken("\r".join(lines).encode("latin-1"), len(numbers))


@pytest.mark.parametrize("most", [1, 3, 100])
@pytest.mark.parametrize("bad", [set(), {"A-5"}, {"A-0", "A-99", "A-50"}])
def test_an_answer_that_is_not_for_all_leaves_no_article_out(bad, most):
    specter = Forgetful(bad, most)
    assert set(sent_to(specter, 100)) == bad
    assert specter.taken == {f"A-{n}" for n in range(100)} - bad


def test_a_refused_key_halts_and_names_no_article():
    class Bad(Good):
        async def check(self) -> bool:
            return False

    specter = Strict({"A-1"})
    with pytest.raises(AccountHalted):
        sent_to(specter, 100, Bad())
    assert len(specter.calls) == 1


@pytest.fixture
def sandbox(stocked) -> Sandbox:
    sandbox = stocked(orders=0, articles=120, variants_per_article=3, plain=True)
    sandbox.specter.articles.clear()
    return sandbox


def export(engine: Driven, *, everything: bool = False) -> ArticlesExported:
    return engine.do(ShopService.export_articles, everything=everything)


def calls(sandbox: Sandbox) -> int:
    return sandbox.ledger.calls().get("specter", {}).get("newArticleSubmit", 0)


def good_numbers(engine: Driven) -> int:
    """Return how many numbers of the shop can be exported."""
    return len(engine.do(_numbers))


async def _numbers(service):
    found = set()
    checked = await service.check_numbers()
    bad = {(one.article_uid, one.variant_uid) for one in checked.problems}
    async for page in service.context.catalogue.articles():
        for article in page:
            for variant in [] if article.is_package else article.variants or (None,):
                if (article.uid, variant.uid if variant else None) not in bad:
                    found.add((article.uid, variant.uid if variant else None))
    return found


def test_everything_goes_at_first_and_then_only_what_changed(sandbox, driven):
    engine = driven(sandbox, **ON)
    first = export(engine)
    expected = good_numbers(engine)
    assert first.complete
    assert first.sent == expected == len(sandbox.specter.articles)
    assert calls(sandbox) == first.calls == math.ceil(expected / 100)
    again = export(engine)
    assert (again.sent, again.calls, again.unchanged) == (0, 0, expected)
    uid = next(iter(sandbox.shop.tables["Article"]))
    write_by_hand(sandbox.shop, "Article", uid, {"name": {"sv": "Nytt namn"}})
    changed = export(engine)
    assert changed.calls == 1
    assert 0 < changed.sent <= 3
    assert any(article.fields["name"].startswith("Nytt namn") for article in sandbox.specter.articles.values())
    assert export(engine, everything=True).sent == expected
    assert sandbox.ledger.complaints == []


def test_progress_tells_count_rate_and_time_left(sandbox, driven):
    engine = driven(sandbox, **ON)
    export(engine)
    told = [one for one in engine.told(Progress) if one.task == "article_export"]
    assert told[-1].finished
    assert told[-1].done == told[-1].total == len(sandbox.specter.articles)


def test_bad_ones_are_named_the_others_are_in_and_none_is_tried_again_by_itself(sandbox, driven):
    engine = driven(sandbox, **ON)
    export(engine)
    numbers = sorted(sandbox.specter.articles)[5::70][:5]
    sandbox.specter.articles.clear()
    sandbox.specter.refused_articles.update(numbers)
    outcome = export(engine, everything=True)
    assert sorted(one.number for one in outcome.refused) == numbers
    assert len(sandbox.specter.articles) == outcome.sent
    assert outcome.calls - math.ceil((outcome.sent + 5) / 100) <= 5 * 10


def test_an_interrupted_export_goes_on_where_it_stopped(sandbox, driven, monkeypatch):
    monkeypatch.setattr("specter_tui.engine.retry_call.back_off", lambda _: 0.0)
    sandbox.faults["specter"].add(Fault(kind="error", call="newArticleSubmit", skip=2, times=None))
    engine = driven(sandbox, LIMITS__CONCURRENCY="1", **ON)
    with pytest.raises(Exception, match="500"):
        export(engine)
    sent = len(sandbox.specter.articles)
    assert sent == 200
    engine.leave()
    sandbox.faults["specter"].clear()
    sandbox.ledger.clear()
    after = driven(sandbox, **ON)
    outcome = export(after)
    assert outcome.unchanged == sent
    assert calls(sandbox) == math.ceil(outcome.sent / 100)
    assert len(sandbox.specter.articles) == good_numbers(after)


def test_nothing_is_sent_when_the_settings_say_so(sandbox, driven):
    for others in ({}, {**ON, "ARTICLE__EXPORT_RUN": "inactive"}):
        engine = driven(sandbox, **others)
        with pytest.raises(SendingInactive):
            export(engine)
        engine.leave()
    assert calls(sandbox) == 0


def test_articles_that_came_without_stock_are_listed_once_the_shop_counts_it(sandbox, driven):
    tables = sandbox.shop.tables
    uid = next(uid for uid, one in tables["Article"].items() if one.get("variants") and one["stock"]["useStock"])
    write_by_hand(sandbox.shop, "Article", uid, {"stock": {"useStock": False}})
    engine = driven(sandbox, **ON)
    assert export(engine).without_stock == ()
    write_by_hand(sandbox.shop, "Article", uid, {"stock": {"useStock": True}})
    numbers = {entry["overrides"]["articleNumber"] for entry in tables["Article"][uid]["variants"]}
    assert set(export(engine).without_stock) == numbers
    # The check of the numbers tells them, too, so that nobody need export articles to hear of it.
    checked = engine.do(ShopService.check_numbers)
    assert {one.number for one in checked.without_stock} == numbers
    assert all(sandbox.specter.articles[number].available is None for number in numbers)


def test_a_number_of_two_articles_is_sent_for_neither(sandbox, driven):
    tables = sandbox.shop.tables
    first, second = [uid for uid, one in tables["ArticleVariant"].items()][:8:7]
    for uid in (first, second):
        write_by_hand(sandbox.shop, "ArticleVariant", uid, {"articleNumber": "TVA"})
    engine = driven(sandbox, **ON)
    outcome = export(engine)
    assert "TVA" not in sandbox.specter.articles
    assert [skip.problem.code for skip in outcome.skipped if skip.number == "TVA"] == ["duplicate"]
