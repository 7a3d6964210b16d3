"""No person or key is kept from an answer of Specter that repeats one, in any form."""

import html
from urllib.parse import quote, quote_plus

import pytest

from specter_tui.engine.orders.redaction import redact_customer
from specter_tui.specter.errors import AccountHalted, Refused
from specter_tui.specter.order_forms import CustomerForm, FormAddress
from specter_tui.specter.replies import evidence

ADDRESS = FormAddress(
    company="Fågelbo Trädgård AB",
    attention="Åsa Öberg-Lindström",
    row_1="Östra Järnvägsgatan 12 B",
    row_2="c/o Kanariefågel",
    postcode="111 22",
    city="Växjö",
    country="SE",
)
CUSTOMER = CustomerForm(
    is_company=False,
    first_name="Åsa Märta",
    last_name="Öberg-Lindström",
    org_no="19640823-3234",
    email="asa.oberg@fagel.example",
    phone="+46 8 123 45 67",
    mobile="070-174 06 05",
    currency="SEK",
    language="SE",
    invoice=ADDRESS,
    delivery=ADDRESS,
)
REPEATED = (
    "Åsa Märta Öberg-Lindström", "Öberg-Lindström, Åsa", "Märta", "ÅSA", "öberg lindström", "Östra Järnvägsgatan 12 B",
    "Östra Järnvägsgatan", "östra järnvägsgatan", "Fågelbo Trädgård AB", "c/o Kanariefågel", "Växjö", "111 22", "11122",
    "asa.oberg@fagel.example", "ASA.OBERG@FAGEL.EXAMPLE",
    "19640823-3234", "640823-3234", "6408233234", "196408233234", "640823+3234", "19640823 3234",
    "+46 8 123 45 67", "081234567", "08-123 45 67", "0046812345 67", "+46(0)8-1234567",
    "0701740605", "+46701740605", "070-1740605", "0046 70 174 06 05",
)  # fmt: skip
SPELLINGS = {
    "as it is": lambda text: text.encode("latin-1"),
    "UTF-8": lambda text: text.encode("utf-8"),
    "entities": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    "named entities": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "percent, ISO-8859-1": lambda text: quote(text, encoding="latin-1").encode(),
    "percent, UTF-8": lambda text: quote_plus(text).encode(),
    "percent in entities": lambda text: html.escape(quote(text, safe="")).encode(),
    "JSON": lambda text: "".join(f"\\u{ord(sign):04x}" if ord(sign) > 127 else sign for sign in text).encode(),
    "without accents": lambda text: text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")).encode(),
    "as telegrams write": lambda text: text.replace("å", "aa").replace("ä", "ae").replace("ö", "oe").encode("latin-1"),
}
LEFT = ("berg", "rnv", "kanarie", "xj", "112 2", "1122", "0823", "3234", "1234567", "123 45", "1740", "174 06", "gelbo")


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("repeated", REPEATED)
def test_no_person_is_left_in_any_spelling(repeated, spelling):
    body = b"0;12;Kunden " + SPELLINGS[spelling](repeated) + b" finns inte; artikel S-1"
    told = redact_customer(evidence(body.decode("latin-1")), CUSTOMER)
    assert "***" in told, told
    assert not [part for part in LEFT if part in told.lower()], told
    assert told.startswith("0;12;Kunden "), told
    assert told.endswith("; artikel S-1"), told


@pytest.mark.parametrize(
    "text",
    [
        "Artikel ABC-12 finns inte",
        "order 90001 exists already (A-1001)",
        "Belopp 1 234,50 stämmer inte",
        "HTTP 500",
        "Kunden saknar land",
    ],
)
def test_what_tells_of_nobody_is_left(text):
    assert redact_customer(text, CUSTOMER) == text


def test_half_a_name_at_the_end_of_a_text_that_was_cut_is_left_out():
    assert redact_customer("x" * 250 + " Kunden Öberg-Linds…", CUSTOMER).endswith(" Kunden …")


def test_what_a_person_wrote_is_struck_out_too():
    told = redact_customer("0;3;Kommentar 'Portkod 4711, ring Kalle' för lång", CUSTOMER, ["Portkod 4711, ring Kalle"])
    assert told == "0;3;Kommentar '***' för lång"


@pytest.mark.parametrize("key", ["747a33008f1fc43a7a883ce488cc1760", "0C04724837C61DAC41AD528C9E53E42A",
                                 "11111111-2222-3333-4444-555555555555"])  # fmt: skip
def test_no_signature_and_no_key_is_told(key):
    assert key not in str(AccountHalted(f"key={key}&x=1"))
    refusal = Refused("99", f"key {key} is wrong")
    assert key not in str(refusal) + refusal.text
    assert key not in redact_customer(f"key%3D{key}", CUSTOMER)
