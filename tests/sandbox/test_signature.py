from hashlib import md5

import pytest

from specter_tui.sandbox.specter.signature import Credentials
from tests.sandbox.client import SpecterClient

KNOWN = Credentials(
    sbm_id="1234",
    user_id="77",
    user_key="testuserkey",
    integration_key="11111111-2222-3333-4444-555555555555",
)


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("Åsa Öberg", "0c04724837c61dac41ad528c9e53e42a"),
        ("Exempel AB", "68b3d5dfd751ec47e81b1f4ce3ead3d4"),
        ("4711", "55fa6d05158d8ba628ddbc699269bde0"),
        ("ABC-1", "38779f5a6ed61b5529a2c8da4bc9cd6d"),
        ("0a1b2c3d4e5f60718293a4b5c6d7e8f9", "61f41bc3612543ea70c6f85740124956"),
        ("2024-01-31", "9a8a81c5171dc1859a650cd837ce3c69"),
        ("getPDFLink70001", "f1809bce13a0296df758cdc359bd914c"),
    ],
)
def test_known_keys(value, key):
    assert KNOWN.key(value) == key
    assert KNOWN.accepts(key, value)


def test_a_key_hashed_as_utf8_is_refused():
    assert not KNOWN.accepts("529d212570c1ffd8e2a1a5f03b785292", "Åsa Öberg")


def test_such_a_key_is_refused_on_the_wire(specter: SpecterClient, sandbox):
    known = sandbox.specter.credentials
    inner = md5((known.user_key + known.sbm_id + "Åsa Öberg").encode()).hexdigest()
    outer = md5((known.integration_key + inner).encode()).hexdigest()
    assert specter.customer(key=outer) == "0;1;Felaktig nyckel"
    assert not sandbox.specter.customers
    assert sandbox.ledger.complaints == ["specter: newCustomerSubmit: 1 Felaktig nyckel"]


def test_the_account_decides_on_the_version(stocked, sandbox, specter):
    assert specter.get("checkAccountSettings", date="2026-11-23", key=specter.key("2026-11-23")).startswith("1;")
    del specter.base["apiUserId"]
    assert specter.get("checkAccountSettings", date="2026-11-23", key=specter.key("2026-11-23")).startswith("0;1;")

    first = stocked(version=1, orders=0)
    assert "SPECTER__API_USER_ID" not in first.settings
    old = SpecterClient(first)
    assert old.get("checkAccountSettings", date="2026-11-23", key=old.key("2026-11-23")).startswith("1;")
    old.base["apiUserId"] = "77"
    assert old.get("checkAccountSettings", date="2026-11-23", key=old.key("2026-11-23")).startswith("0;1;")
