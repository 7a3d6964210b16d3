"""Failures are reported in Swedish, even if they were recorded in English first."""

import ast
from pathlib import Path

import pytest

import specter_tui
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.errors import translate_error
from specter_tui.text.error_texts import FAILURES

ROOMS = Path(specter_tui.__file__).parent
TOLD = {
    *("NotOurs", "NotKept", "NotConnected", "ProxyRefuses"),
    *(
        "ShopOutOfReach",
        "NotKept",
        "ShopRefusesUs",
        "Vanished",
        "Unanswered",
        "NotSent",
        "AccountHalted",
        "SitesUnnamed",
    ),
    *("JournalError", "JournalBusy", "JournalFull", "JournalCorrupt", "JournalReadOnly", "JournalNewer"),
    *("JournalAway", "JournalRefusesUs", "NumberTaken", "NotInJournal", "InvalidDecision"),
    *("QueueShared", "QueueWaits"),
}


def said_in_the_code():
    """Return every text of our own errors, with a number for each value."""
    for room in ("abicart", "specter", "journal", "engine", "planning"):
        for file in sorted((ROOMS / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TOLD and node.args:
                    yield from _texts(node.args[0])
                if isinstance(node, ast.Tuple) and node.elts and getattr(node.elts[0], "id", "") in TOLD:
                    yield from _texts(node.elts[-1])


def _texts(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "17" for part in node.values)


def test_every_error_that_the_code_makes_has_its_swedish():
    found = sorted(set(said_in_the_code()))
    assert len(found) > 60
    assert [text for text in found if " " in text and translate_error(text, "sv") == text] == []


def test_every_failure_is_one_that_the_code_makes():
    settings = {name for name in FAILURES if name.startswith("setting_")}
    used = set()
    for file in ROOMS.rglob("*.py"):
        if file.name != "error_texts.py":
            code = " ".join(file.read_text(encoding="utf-8").replace('"\n', " ").split())
            for name, text in FAILURES.items():
                parts = [part.strip() for part in text.replace("{", "}").split("}")[::2]]
                longest = max(parts, key=len)[:40]
                if longest.partition("; ")[0] in code:
                    used.add(name)
    assert set(FAILURES) - used - settings == set()


@pytest.mark.parametrize(
    ("english", "swedish"),
    [
        ("Specter did not answer in time", "Specter svarade inte i tid"),
        ("1001, 1002: the shop answers HTTP 503", "1001, 1002: butiken svarar HTTP 503"),
        ("Specter refuses: Artikel VISP finns inte (code 2)", "Specter nekar: Artikel VISP finns inte (code 2)"),
        ("17; the disk is full and the journal cannot be written; free some space (disk I/O error)",
         "17; disken är full och journalen kan inte skrivas; frigör utrymme (disk I/O error)"),
        ("Specter gave number 9: the journal refused the change (x)",
         "Specter gav nummer 9: journalen tog inte emot ändringen (x)"),
        ("the shop does not accept the API key (1004); change it: specter-tui setup (Bad auth token)",
         "butiken godtar inte API-nyckeln (1004); byt den: specter-tui setup (Bad auth token)"),
        ("the shop refuses us: 1006 Forbidden; check the settings: specter-tui setup",
         "butiken nekar oss: 1006 Forbidden; kontrollera inställningarna: specter-tui setup"),
        ("ORDER__SINCE: is missing", "ORDER__SINCE: saknas"),
        ("Artikeln finns inte: {0} %s", "Artikeln finns inte: {0} %s"),
        ("", ""),
    ],
)  # fmt: skip
def test_known_words_are_told_again_and_others_stay(english, swedish):
    assert translate_error(english, "sv") == swedish
    assert translate_error(english, "en") == english


def test_what_the_other_end_says_is_not_taken_apart_for_ever():
    text = ": ".join(["Specter refuses"] * 30)
    assert translate_error(text, "sv").endswith("Specter refuses")
    assert translate_error(f"Specter refuses: {'x' * 4000}", "sv").startswith("Specter refuses")


def test_a_sentence_tells_what_failed_in_its_own_language():
    told = outcome_text("retry_later", "sv", message="Specter cannot be reached")
    assert told == "Skickades inte: Specter går inte att nå. Nytt försök görs automatiskt."
