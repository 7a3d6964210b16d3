"""Batches of changes: every row or none, the open batch distinguished from the sent one, no half answers."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from specter_tui.sandbox.sandbox import Sandbox
from specter_tui.sandbox.specter.operations import cancel, count_stock, deliver
from specter_tui.specter.batch_calls import BatchOpen, new_batch_number, told_apart
from specter_tui.specter.errors import Refused, Unanswered
from specter_tui.specter.order_replies import OrderStatus, read_orders
from specter_tui.specter.stock_replies import StockRow, quantity_of, read_stock
from specter_tui.specter.transport import Reply, Transport
from tests.specter.accounts import ASA, ORDER, specter

ONE_SITE = b'<?xml version="1.0" encoding="ISO-8859-1"?><r><stockChanges><stock id="1"><articles>%s</articles></stock>'
STOCK = ONE_SITE + b"</stockChanges></r>"


def row(number: str, quantity: str) -> bytes:
    return f"<article><articleNo>{number}</articleNo><noItemsAv>{quantity}</noItemsAv></article>".encode("latin-1")


def test_rows_of_xml_have_site_number_and_quantity() -> None:
    body = STOCK % (row("ABC-1", "7") + row("ABC-2", "0,5") + row("ABC-3", "noItemsAvailable") + row("ABC-4", "-2"))
    assert [(one.article_number, one.site, one.quantity) for one in read_stock(body, "b1").rows] == [
        ("ABC-1", "1", Decimal(7)),
        ("ABC-2", "1", Decimal("0.5")),
        ("ABC-3", "1", Decimal(0)),
        ("ABC-4", "1", Decimal(-2)),
    ]


def test_sites_without_a_name_are_summed() -> None:
    site = b"<stock><articles>%s</articles></stock>" % row("A", "3")
    body = b"<r><stockChanges>" + site + site + b"</stockChanges></r>"
    assert read_stock(body, "b1").rows == (StockRow("A", "", Decimal(6)),)


def test_lines_of_text_end_by_cr_or_lf_or_both() -> None:
    batch = read_stock(b"17;ABC-1;7;b1\r\n18;ABC-2;0,5;b1\rslut\r19;\xc5;noItemsAvailable;b1", "b1")
    assert [(one.article_number, one.quantity) for one in batch.rows] == [
        ("ABC-1", Decimal(7)),
        ("ABC-2", Decimal("0.5")),
        ("Å", Decimal(0)),
    ]
    assert batch.ignored == ("slut",), "a line without a semicolon is passed over, and told of"


def kept(body: bytes) -> list[tuple[str, str, str]]:
    return [(one.article_number, one.quantity, one.reason) for one in read_stock(body, "b1").unread]


def test_an_article_that_comes_twice_at_a_site_counts_as_it_came_last() -> None:
    twice = row("A", "3") + row("A", "5")
    assert read_stock(STOCK % twice, "b1").rows == (StockRow("A", "1", Decimal(5)),)
    site = b"<stock><articles>%s</articles></stock>"
    unnamed = b"<r><stockChanges>" + site + site + b"</stockChanges></r>"
    assert read_stock(unnamed % (twice, row("A", "1")), "b1").rows == (StockRow("A", "", Decimal(6)),)
    assert read_stock(b"1;A;3;b1\r1;A;5;b1", "b1").rows == (StockRow("A", "", Decimal(5)),)


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        ("seven", "seven"),
        ("1 000", "1 000"),
        ("1\xa0234", "1 234"),
        ("", ""),
        ("NaN", "NaN"),
        ("1E3", "1E3"),
        ("0x10", "0x10"),
        ("--5", "--5"),
        ("9" * 5000, "9" * 64),
        ("<b>7</b>", ""),
    ],
)
def test_a_quantity_that_cannot_be_read_is_kept_and_stops_no_other(quantity: str, shown: str) -> None:
    body = STOCK % (row("A", "1") + row("B", quantity) + row("C", "3"))
    assert [one.article_number for one in read_stock(body, "b1").rows] == ["A", "C"]
    assert kept(body) == [("B", shown, "quantity")]


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (row("", "7"), ("", "7", "number")),
        (row("   ", "7"), ("", "7", "number")),
        (b"<article><noItemsAv>7</noItemsAv></article>", ("", "7", "number")),
        (row("x" * 5000, "7"), ("x" * 64, "7", "number")),
        (b"<bundle><articleNo>P</articleNo><noItemsAv>7</noItemsAv></bundle>", ("P", "7", "kind")),
        (b"<deleted/>", ("", "", "kind")),
        (
            b"<article><articleNo>A</articleNo><noItemsAv>7</noItemsAv><noItemsAv>8</noItemsAv></article>",
            ("A", "7", "kind"),
        ),
    ],
)
def test_a_row_that_no_article_can_be_told_of_is_kept(bad: bytes, expected: tuple[str, str, str]) -> None:
    body = STOCK % (row("S-1", "12") + bad + row("S-2", "7"))
    assert [one.article_number for one in read_stock(body, "b1").rows] == ["S-1", "S-2"]
    assert kept(body) == [expected]


def test_lines_that_cannot_be_read_are_kept_beside_those_of_the_batch() -> None:
    body = b"1;A;7;b1\r2;;3;b1\r3;B;x;b1\r4;C;5;theirs\rD;6;F;E;b1;7\r5;G;1;b1"
    assert [one.article_number for one in read_stock(body, "b1").rows] == ["A", "G"]
    assert kept(body) == [
        ("", "3", "number"),
        ("B", "x", "quantity"),
        ("C", "5", "batch"),
        ("", "D;6;F;E;b1;7", "kind"),
    ]


@pytest.mark.parametrize("nothing", [b"<r><stockChanges/></r>", STOCK % b"", b"<stockChanges> </stockChanges>"])
def test_only_the_queues_own_element_without_rows_is_an_empty_queue(nothing: bytes) -> None:
    assert read_stock(nothing, "b1").empty


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n",
        b"1;0;OK",
        b"1;0;Inget",
        b"<r/>",
        b"<r><APIresponse><result>1</result></APIresponse></r>",
        b"<r><orders/><moreInfoToFetch>0</moreInfoToFetch></r>",
        b"<r><articles/></r>",
        b"<r><stockChanges>Fel i databasen</stockChanges></r>",
        b"<r><stockChanges><error>Fel</error></stockChanges></r>",
        b"<r><x><y><stockChanges/></y></x></r>",
        STOCK[:80],
        b"<html><body>Inloggning</body></html>",
        b"Inloggning",
        b"17;ABC-1;7",
        b"17;ABC-1;7;b",
        b"17;ABC-1;7;b2",
        b"font: a;b;c;d\r<p>;",
    ],
)
def test_what_is_no_batch_of_stock_is_none(answer: bytes) -> None:
    with pytest.raises(Unanswered):
        read_stock(answer, "b1")


def test_a_batch_of_200_000_rows_is_read_in_memory_that_does_not_grow_with_its_elements() -> None:
    body = STOCK % b"".join(row(f"S-{place}", str(place)) for place in range(200_000))
    assert len(read_stock(body, "b1").rows) == 200_000
    with pytest.raises(Unanswered):
        read_stock(b"<a>" * 20 + body, "b1")


def test_refusals_are_read_in_both_forms() -> None:
    for body in (
        b"0;99;Batch 'x' \xe4r \xf6ppen",
        b"<r><APIresponse><result>0</result><code>99</code></APIresponse></r>",
    ):
        with pytest.raises(Refused) as caught:
            read_stock(body, "b1")
        assert caught.value.code == "99"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Batch 'old' är öppen", ("old",)),
        ("Batch 'new' kan inte kvitteras, batch 'old' är öppen", ("old",)),
        ("Batch 'old' är öppen, 'new' kan inte kvitteras", ("old",)),
        ("Batch 'new' kan inte kvitteras", ()),
        ("En batch är öppen", ()),
    ],
)
def test_the_open_batch_is_the_one_quoted_that_was_not_sent(text: str, numbers: tuple[str, ...]) -> None:
    refusal = told_apart(Refused("99", text), "new")
    assert isinstance(refusal, BatchOpen)
    assert refusal.numbers == numbers


def test_other_refusals_stay_what_they_are() -> None:
    refusal = Refused("1", "Felaktig nyckel 'old'")
    assert told_apart(refusal, "new") is refusal


def test_numbers_of_batches_differ() -> None:
    assert len({new_batch_number() for _ in range(1000)}) == 1000


@pytest.mark.parametrize(("text", "quantity"), [(" 7 ", "7"), ("-0,25", "-0.25"), ("12.5", "12.5"), ("+3", "3")])
def test_quantities(text: str, quantity: str) -> None:
    assert quantity_of(text) == Decimal(quantity)


def test_orders_are_read_with_their_last_tracking_number() -> None:
    body = (
        b'<r><orders><order orderNo="90001"><orderstatus deliveryStatus="D" statusId="1"/><deliveries updated="1">'
        b'<delivery trackingNo="A1"/><delivery trackingNo="A2"/><delivery trackingNo=""/></deliveries></order>'
        b'<order orderNo="90002"><orderstatus deliveryStatus="P" statusId="5"/></order>'
        b'<order orderNo="90003"/></orders>'
        b"<moreInfoToFetch>1</moreInfoToFetch></r>"
    )
    batch = read_orders(body)
    assert batch.more
    assert batch.orders == (
        OrderStatus("90001", delivered=True, cancelled=False, tracking="A2"),
        OrderStatus("90002", delivered=False, cancelled=True, tracking=""),
        OrderStatus("90003", delivered=False, cancelled=False, tracking=""),
    )


@pytest.mark.parametrize(
    ("order", "total"),
    [
        ('<order orderNo="1" orderTotal="1 234,50"/>', "1234.50"),
        ('<order orderNo="1"><orderstatus statusId="1" Total_Incl_VAT="29.98"/></order>', "29.98"),
        ('<order orderNo="1"><totalSum>-5</totalSum></order>', "-5"),
        ('<order orderNo="1" totalVAT="5" rowTotal="3" orderTotal="many"/>', None),
        ('<order orderNo="1"><deliveries><delivery total="3"/></deliveries></order>', None),
    ],
)
def test_a_total_is_read_where_an_order_has_one(order: str, total: str | None) -> None:
    (one,) = read_orders(f"<r><orders>{order}</orders></r>".encode()).orders
    assert one.total == (None if total is None else Decimal(total))


def test_an_order_that_cannot_be_told_is_kept_and_stops_no_other() -> None:
    body = (
        b"<r><orders><order orderNo='x'><orderstatus deliveryStatus='D' statusId='1'/></order><order orderNo='90001'/>"
        b"<order><orderstatus deliveryStatus='D'/></order><removed orderNo='90002'/></orders></r>"
    )
    batch = read_orders(body)
    assert [one.specter_number for one in batch.orders] == ["90001"]
    assert [(one.position, one.quantity, one.reason) for one in batch.unread] == [
        (0, "x D 1", "order"),
        (2, "D", "order"),
        (3, "90002", "kind"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<r/>",
        b"0;nonsense",
        b"1;0;OK",
        b"<r><stockChanges/></r>",
        b"<r><APIresponse><result>1</result></APIresponse></r>",
        b"<r><orders>Fel</orders></r>",
    ],
)
def test_orders_that_cannot_be_read_are_none(answer: bytes) -> None:
    with pytest.raises(Unanswered):
        read_orders(answer)


@pytest.fixture
def sandbox(stocked: Callable[..., Sandbox]) -> Sandbox:
    return stocked(orders=0)


def client_of(sandbox: Sandbox):
    known = sandbox.specter.credentials
    keys = {"api_user_key": known.user_key, "integration_key": known.integration_key}
    url = sandbox.settings["SPECTER__URL"]
    return specter(url, sbm_id=int(known.sbm_id), api_user_id=known.user_id, **keys)


async def test_stock_is_fetched_and_acknowledged(sandbox: Sandbox) -> None:
    number = next(one.number for one in sandbox.specter.articles.values() if one.available is not None)
    count_stock(sandbox.specter, number, "3.5")
    async with client_of(sandbox) as client:
        first = await client.stock_batch("b1")
        assert [(one.article_number, one.site, one.quantity) for one in first.rows] == [(number, "1", Decimal("3.5"))]
        assert await client.stock_batch("b1") == first
        with pytest.raises(BatchOpen) as caught:
            await client.stock_batch("b2")
        assert caught.value.numbers == ("b1",)
        with pytest.raises(BatchOpen) as caught:
            await client.acknowledge("stock", "b2")
        assert caught.value.numbers == ("b1",)
        await client.acknowledge("stock", "b1")
        await client.acknowledge("stock", "b1")
        assert (await client.stock_batch("b3")).rows == ()
    assert sandbox.ledger.complaints == []


async def test_orders_are_fetched_and_acknowledged(sandbox: Sandbox) -> None:
    async with client_of(sandbox) as client:
        customer = await client.submit_customer(ASA)
        number = next(iter(sandbox.specter.articles))
        order = replace(ORDER, rows=(replace(ORDER.rows[0], article_number=number),), webshop_id=None)
        forms = [replace(order, external_order_no=name) for name in ("A-1", "A-2")]
        made = [await client.submit_order(customer, form) for form in forms]
        deliver(sandbox.specter, int(made[0]), tracking="SE1")
        cancel(sandbox.specter, int(made[1]))
        batch = await client.order_batch("o1")
        assert {one.specter_number: (one.delivered, one.cancelled, one.tracking) for one in batch.orders} == {
            made[0]: (True, False, "SE1"),
            made[1]: (False, True, ""),
        }
        with pytest.raises(BatchOpen) as caught:
            await client.acknowledge("orders", "o2")
        assert caught.value.numbers == ("o1",)
        await client.acknowledge("orders", "o1")
        assert (await client.order_batch("o3")).orders == ()
    assert sandbox.ledger.complaints == []


async def test_text_whose_end_is_not_known_must_come_twice_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [Reply(b"17;A;7;b1", whole=False), Reply(b"17;A;7;b1\r18;B;1;b1", whole=False)]

    async def get(*_: object) -> Reply:
        return answers.pop(0)

    async with specter("http://127.0.0.1:1/") as client:
        monkeypatch.setattr(Transport, "get", get)
        with pytest.raises(Unanswered, match="twice"):
            await client.stock_batch("b1")
