"""The grammar of answers: what is not exactly a yes or a no proves nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from specter_tui.specter.errors import Refused, SpecterFailure, Unanswered
from specter_tui.specter.replies import all_taken, confirmation, created_number, evidence, read_xml


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (b"1;90001;Ordern \xe4r skapad", "90001"),
        (b"1;90001;", "90001"),
        (b"\r\n1;90001;OK\r\n", "90001"),
        (b"1; 90001 ;a;b;c", "90001"),
        (b"1;999999999999999999;", "999999999999999999"),
    ],
)
def test_success_has_a_number(answer: bytes, number: str) -> None:
    assert created_number(answer) == number


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"   \r\n",
        b"1",
        b"1;",
        b"1;;",
        b"1;abc;",
        b"1;0;",
        b"1;-5;",
        b"1;+5;",
        b"1;090001;",
        b"1;9e4;",
        b"1;90 001;",
        b"1;90001,5;",
        b"1;1234567890123456789;a number longer than any",
        "1;٩٠٠٠١;".encode(),
        b"1,90001;",
        b"11;90001;",
        b"true;90001;",
        b"0",
        b"0;",
        b"0;5",
        b"0;5 without a text",
        b"2;5;text",
        b"00;5;text",
        b"<html><body>1;90001;</body></html>",
        b"\xef\xbb\xbf1;90001;",
        b"\x00\xff\xfe\x80;\x1b[2J\x9b1;\xc3(",
        b"1" * 100_000,
    ],
)
def test_what_is_neither_yes_nor_no_proves_nothing(answer: bytes) -> None:
    with pytest.raises(Unanswered) as caught:
        created_number(answer)
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("answer", [b"1;90001", b"1;9"])
def test_a_number_that_nothing_follows_counts_only_where_the_answer_is_known_to_be_whole(answer: bytes) -> None:
    assert created_number(answer) == answer.decode().partition(";")[2]
    with pytest.raises(Unanswered):
        created_number(answer, whole=False)
    assert created_number(b"1;90001;", whole=False) == "90001"


def test_a_refusal_has_code_and_clean_text() -> None:
    with pytest.raises(Refused) as caught:
        created_number("0;5;Externt nr ;A-1; finns\x1b[2J redan\r\n".encode("latin-1"))
    assert caught.value.code == "5"
    assert caught.value.text == "Externt nr ;A-1; finns[2J redan"
    assert caught.value.answer == "5;Externt nr ;A-1; finns[2J redan"


def test_a_refusal_of_any_length_is_capped() -> None:
    with pytest.raises(Refused) as caught:
        created_number(b"0;" + b"9" * 1000 + b";" + b"x" * 100_000)
    assert len(caught.value.code) == 20
    assert len(caught.value.text) == 300


@pytest.mark.parametrize("answer", [b"1", b"1;", b"1;0;", b"1;0;Inst\xe4llningarna \xe4r kontrollerade"])
def test_a_test_is_confirmed_by_a_one(answer: bytes) -> None:
    confirmation(answer)


@pytest.mark.parametrize("answer", [b"", b"10", b"11;0;", b"0;1", b"<html>", b"OK"])
def test_a_test_is_confirmed_by_nothing_else(answer: bytes) -> None:
    with pytest.raises(Unanswered):
        confirmation(answer)


@given(st.binary(max_size=200))
def test_no_bytes_end_in_another_error(answer: bytes) -> None:
    for read in (created_number, confirmation, read_xml):
        try:
            read(answer)
        except SpecterFailure as failure:
            assert str(failure).isprintable()  # noqa: PT017  # that none other comes is the test.


def test_evidence_is_one_clean_line() -> None:
    assert evidence("a\r\nb\x1b[31m\u202ec") == "a b[31mc"
    assert len(evidence("x" * 10_000)) == 300


def test_xml_is_read_below_a_root_of_any_name() -> None:
    declared = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    body = f'{declared}<vadsomhelst><orders><order orderNo="7">Å</order></orders></vadsomhelst>'
    assert read_xml(body.encode("latin-1")).findtext("orders/order") == "Å"


def test_xml_that_says_yes_is_read() -> None:
    assert read_xml(b"<ROOT><APIresponse><result> 1 </result></APIresponse><x>2</x></ROOT>").findtext("x") == "2"


@pytest.mark.parametrize("result", ["<result>0</result>", "<result/>", "", "<result>10</result>"])
def test_xml_that_does_not_say_yes_refuses(result: str) -> None:
    body = f"<root><APIresponse>{result}<code>99</code><message>Batch 5\x0a är öppen</message></APIresponse></root>"
    with pytest.raises(Refused) as caught:
        read_xml(body.encode())
    assert (caught.value.code, caught.value.text) == ("99", "Batch 5 är öppen")


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><root>&d;</root>"""


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(LAUGHS, id="billion laughs"),
        pytest.param(b"<!DOCTYPE r [<!ENTITY a '" + b"x" * 50_000 + b"'>]><r>" + b"&a;" * 50 + b"</r>", id="quadratic"),
        pytest.param(b"<!DOCTYPE r [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><r>&e;</r>", id="external entity"),
        pytest.param(b"<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/x.dtd'><r/>", id="external DTD"),
        pytest.param(b"<!DOCTYPE r><r/>", id="any DTD"),
        pytest.param(b"<a>" * 10_000 + b"</a>" * 10_000, id="deep"),
        pytest.param(b"<r>" + b"<a/>" * 200_001 + b"</r>", id="broad"),
        pytest.param(b'<?xml version="1.0" encoding="UTF-8"?><r>\xc5</r>', id="not in the encoding declared"),
        pytest.param(b'<?xml version="1.0" encoding="klingon"?><r/>', id="unknown encoding"),
        pytest.param("<r>Å</r>".encode("utf-16")[:-3], id="half of UTF-16"),
        pytest.param(b"<r>\x00</r>", id="control character"),
        pytest.param(b"<r>&#x1b;</r>", id="control character by number"),
        pytest.param(b"<r><a></r>", id="not closed"),
        pytest.param(b"", id="empty"),
        pytest.param(b"1;90001;text", id="text"),
        pytest.param(b"<html><body><br></body></html>", id="HTML"),
    ],
)
def test_xml_that_is_broken_or_shaped_to_harm_proves_nothing(body: bytes) -> None:
    with pytest.raises(Unanswered) as caught:
        read_xml(body)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "answer", [b"1", b"1;0;OK", b"1;100;OK", b"1;70123;Klart", b"1;100;OK\r\nSlut", b"1;;OK", b"1;x;OK"]
)
def test_a_confirmation_of_a_hundred_articles_may_have_any_number_but_a_smaller_one(answer: bytes) -> None:
    all_taken(answer, 100)


@pytest.mark.parametrize(
    "answer",
    [
        b"1;3;OK",
        b"1;99;OK",
        b"1;100;OK\r0;17;Artikeln A-7 finns inte",
        b"1;100;OK\r\n0;17;nej\r\n1;1;OK",
        b"1;1;OK\n1;2;OK",
        b"0;17;nej",
    ],
)
def test_a_confirmation_that_is_not_for_all_articles_is_a_refusal(answer: bytes) -> None:
    with pytest.raises(Refused):
        all_taken(answer, 100)


def test_a_single_article_may_be_confirmed_by_any_number() -> None:
    all_taken(b"1;3;OK", 1)
    with pytest.raises(Unanswered):
        all_taken(b"<html>", 1)


@pytest.mark.parametrize(
    "body",
    [b"1;4711;OK\r\n0;5;Kunden sparrad", b"1;4711;OK\r1;4712;OK", b"0;5;Nej\n1;4711;OK", b"1;4711\r\n\r\n 0 ;2;Fel"],
)
def test_fault_70_two_answers_in_one_are_none(body: bytes) -> None:
    with pytest.raises(Unanswered):
        created_number(body)


def test_a_text_of_several_lines_is_still_one_answer() -> None:
    assert created_number(b"1;4711;OK\r\nTack for ordern") == "4711"
