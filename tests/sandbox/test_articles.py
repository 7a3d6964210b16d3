"""newArticleSubmit: what it creates, updates and refuses."""

import pytest

from specter_tui.sandbox.specter.specter_account import ArticleCall
from tests.sandbox.client import SpecterClient

REFUSED = "0;7;Artiklarna kunde inte sparas"


def ware(number: str, **more: str) -> dict[str, str]:
    return {"articleNo": number, "name": "Ny", "priceExclVAT": "159.20", "vatPercent": "25"} | more


def test_articles_are_made_and_updated_by_force(sandbox, specter):
    known = sandbox.specter.articles
    assert specter.articles(ware("NY-1"), ware("NY-2"), force="0").startswith("1;")
    specter.articles(ware("NY-1", name="Annan"), force="0")
    assert known["NY-1"].fields["name"] == "Ny"
    specter.articles(ware("NY-1", name="Annan"))
    assert known["NY-1"].fields["name"] == "Annan"
    assert known["NY-1"].fields["priceExclVAT"] == "159.20"
    assert sandbox.specter.article_calls == [ArticleCall(2, True), ArticleCall(1, True), ArticleCall(1, True)]
    assert sandbox.ledger.complaints == []


def test_opening_stock_counts_when_the_article_is_made_and_never_again(sandbox, specter):
    specter.articles(ware("LAGER-1", createArticleStock="1", noItemsInStock="4"))
    assert sandbox.specter.articles["LAGER-1"].available == {1: 4, 2: 0}
    assert ";LAGER-1;4;B\r" in specter.batch("getArticleExternalNeedUpdate", "B")
    specter.articles(ware("LAGER-1", createArticleStock="1", noItemsInStock="9"))
    assert sandbox.specter.articles["LAGER-1"].stock == 4
    assert "noItemsInStock" not in sandbox.specter.articles["LAGER-1"].fields


def test_an_article_made_without_stock_never_gets_any(sandbox, specter):
    specter.articles(ware("UTAN-1", noItemsInStock="4"), ware("UTAN-2", createArticleStock="0"))
    specter.articles(ware("UTAN-1", createArticleStock="1", noItemsInStock="4"))
    assert sandbox.specter.articles["UTAN-1"].available is None
    assert sandbox.specter.articles["UTAN-2"].available is None
    assert sandbox.specter.user.stock.waiting == {}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (ware("LYKTA 3"), "forbidden"),
        (ware("GRYTLAPP-BLÅ"), "forbidden"),
        (ware("SKED,STOR"), "forbidden"),
        (ware("X" * 256), "longer"),
        (ware("BRA-3", name="x" * 256), "longer"),
        (ware("BRA-3", name=""), "missing"),
        ({"articleNo": "BRA-3"}, "missing"),
        (ware(""), "missing"),
        (ware("BRA-1"), "twice"),
        (ware("BRA-3", priceExclVAT="159,20"), "decimal"),
        (ware("BRA-3", vatPercent="125"), "0 to 100"),
    ],
)
def test_one_bad_row_refuses_the_call_and_is_not_named(sandbox, specter, bad, why):
    assert specter.articles(ware("BRA-1"), ware("BRA-2"), bad) == REFUSED
    assert not sandbox.specter.articles.keys() & {"BRA-1", "BRA-2", "BRA-3"}
    assert sandbox.specter.article_calls == [ArticleCall(3, accepted=False)]
    (complaint,) = sandbox.ledger.complaints
    assert why in complaint


def test_a_number_that_specter_will_not_take(sandbox, specter):
    sandbox.specter.refused_articles.add("NEJ")
    assert specter.articles(ware("NEJ")) == REFUSED
    sandbox.specter.refused_articles.clear()
    assert specter.articles(ware("NEJ")).startswith("1;")
    assert sandbox.ledger.complaints == []


def test_the_bad_one_is_found_by_halving(stocked):
    numbers = [f"R-{n}" for n in range(100)]
    sandbox = stocked(orders=0, refused_articles=("R-37",))
    specter, found = SpecterClient(sandbox), []

    def submit(some: list[str]) -> None:
        if specter.articles(*map(ware, some)).startswith("1;"):
            return
        if len(some) == 1:
            found.extend(some)
            return
        submit(some[: len(some) // 2])
        submit(some[len(some) // 2 :])

    submit(numbers)
    assert found == ["R-37"]
    assert sandbox.specter.articles.keys() >= set(numbers) - {"R-37"}
    assert len(sandbox.specter.article_calls) <= 15


def test_it_may_be_named(stocked):
    specter = SpecterClient(stocked(orders=0, refused_articles=("NEJ",), names_bad_article=True))
    assert specter.articles(ware("JA"), ware("NEJ")) == "0;7;Artikel NEJ: tas inte emot"
    assert specter.articles(ware("JA"), ware("NEJ NEJ")).startswith("0;7;Artikel NEJ NEJ: articleNo_2 has a space")


def test_at_most_a_hundred_in_a_call(sandbox, specter):
    many = [ware(f"M-{n}") for n in range(101)]
    assert specter.articles(*many).startswith("0;6;more than 100")
    assert specter.articles(*many[:100]).startswith("1;")
