"""The journal's data of articles in Specter."""

from specter_tui.journal.goods_models import NewArticle
from tests.journal.orders import claimed, exported


def test_an_article_is_known_by_its_last_form(journal, opened):
    journal.sent_articles.note_sent(
        [NewArticle("A-1", "one", with_stock=True), NewArticle("A-2", "two", with_stock=False)]
    )
    journal.sent_articles.note_sent([NewArticle("A-1", "three", with_stock=True)])
    known = opened().sent_articles.sent()
    assert {number: one.digest for number, one in known.items()} == {"A-1": "three", "A-2": "two"}
    assert known["A-1"].at >= known["A-2"].at


def test_an_article_made_without_stock_stays_so_until_someone_says_otherwise(journal):
    journal.sent_articles.note_sent([NewArticle("A-1", "one", with_stock=False)])
    journal.sent_articles.note_sent([NewArticle("A-1", "two", with_stock=True)])
    assert not journal.sent_articles.sent()["A-1"].with_stock, "an update makes no stock article"
    assert journal.sent_articles.have_stock(["A-1", "A-9"]) == 1
    assert journal.sent_articles.sent()["A-1"].with_stock
    assert journal.sent_articles.have_stock(["A-1"]) == 0


def test_a_refusal_stays_until_the_article_is_taken(journal):
    journal.sent_articles.note_refused("A-1", "one", "no such VAT rate")
    journal.sent_articles.note_refused("A-1", "two", "still none")
    journal.sent_articles.note_refused("A-2", "one", "no")
    refused = journal.sent_articles.refused()
    assert [(one.number, one.digest, one.message) for one in refused.values()] == [
        ("A-1", "two", "still none"),
        ("A-2", "one", "no"),
    ]
    journal.sent_articles.note_sent([NewArticle("A-1", "three", with_stock=True)])
    assert journal.sent_articles.refused().keys() == {"A-2"}


def test_a_refused_update_leaves_what_was_sent_before(journal):
    journal.sent_articles.note_sent([NewArticle("A-1", "one", with_stock=True)])
    journal.sent_articles.note_refused("A-1", "two", "no")
    assert journal.sent_articles.sent()["A-1"].digest == "one"


def test_ten_thousand_articles_are_read_at_once(journal, monkeypatch):
    journal.sent_articles.note_sent([NewArticle(f"A-{n}", f"{n:064}", with_stock=True) for n in range(10_000)])
    true_rows, asked = journal.db.rows, list[str]()
    monkeypatch.setattr(journal.db, "rows", lambda sql, values: asked.append(sql) or true_rows(sql, values))
    assert len(journal.sent_articles.sent()) == 10_000
    assert len(asked) == 1


def test_an_article_came_to_an_order_that_was_refused_before_and_has_a_row_of_it(journal):
    journal.sent_articles.note_sent([NewArticle("TAJ-1", "one", with_stock=True)])
    exported(journal, 1, "90001")
    journal.results.refused(claimed(journal, 2), "", "article TAJ-1 is missing")
    assert journal.sent_articles.of_refused() == {2: {"TAJ-1": None, "FRAKT": None}}
    journal.sent_articles.note_sent(
        [NewArticle("OTHER", "one", with_stock=True), NewArticle("TAJ-1", "two", with_stock=True)]
    )
    came = {"TAJ-1": journal.sent_articles.sent()["TAJ-1"].at}
    assert (
        journal.sent_articles.of_refused()
        == journal.sent_articles.of_refused([1, 2, 3])
        == {2: {**came, "FRAKT": None}}
    )
    assert journal.sent_articles.of_refused([1, 3]) == {}


def test_articles_are_told_from_a_cursor_on(journal, opened):
    assert journal.sent_articles.sent_after("") == ([], "")
    journal.sent_articles.note_sent([NewArticle("A-1", "one", with_stock=True)])
    numbers, first = opened().sent_articles.sent_after("")
    assert numbers == ["A-1"]
    assert journal.sent_articles.sent_after(first) == ([], first)
    journal.sent_articles.note_sent(
        [NewArticle("A-2", "one", with_stock=True), NewArticle("A-3", "one", with_stock=True)]
    )
    numbers, then = journal.sent_articles.sent_after(first)
    assert sorted(numbers) == ["A-2", "A-3"]
    assert journal.sent_articles.sent_after(then) == ([], then)
