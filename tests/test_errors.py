"""A failure has a code and values: English where it is kept, Swedish where it is shown. Others' words never change."""

import ast
import copy
import dataclasses
import pickle
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import specter_tui
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.errors import CodedError, ErrorText, change_quoted, text_of_error, translate_error
from specter_tui.specter.errors import AccountHalted, Refused
from specter_tui.text.error_texts import FAILURES

ROOMS = Path(specter_tui.__file__).parent


@cache
def trees() -> dict[Path, ast.Module]:
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(ROOMS.rglob("*.py"))}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield f"{file.relative_to(ROOMS)}:{node.lineno}", node


def coded_errors() -> set[str]:
    """The names of all errors of ours that have a code."""
    known, found = [CodedError], {CodedError.__name__}
    while known:
        known = [child for kind in known for child in kind.__subclasses__()]
        found |= {kind.__name__ for kind in known}
    return found


def test_every_text_that_the_code_makes_has_its_english_and_all_its_values() -> None:
    wrong = []
    for place, call in calls():
        if isinstance(call.func, ast.Name) and call.func.id == "ErrorText" and isinstance(call.args[0], ast.Constant):
            code, given = str(call.args[0].value), {one.arg for one in call.keywords}
            wanted = {name for _, name, _, _ in string.Formatter().parse(FAILURES.get(code, "{no text}")) if name}
            if given != wanted and None not in given:
                wrong.append(f"{place}: {code} {given ^ wanted}")
    assert wrong == []


def test_no_error_of_ours_is_made_of_a_text_without_a_code() -> None:
    kinds = coded_errors()
    assert {"ShopError", "SpecterFailure", "JournalError", "NotConnected", "ProxyRefuses", "BadValue"} <= kinds
    literal = ast.Constant | ast.JoinedStr | ast.BinOp
    made = [(place, call) for place, call in calls() if isinstance(call.func, ast.Name) and call.func.id in kinds]
    assert len(made) > 100
    own = {"RpcError", "Refused", "BatchOpen", "QueueWaits", "ServerFailed", "UnexpectedStatus"}
    assert [
        place
        for place, call in made
        if isinstance(call.func, ast.Name)
        and call.func.id not in own
        and call.args
        and isinstance(call.args[0], literal)
    ] == []


def test_every_text_is_used() -> None:
    used = {
        node.value
        for file, tree in trees().items()
        if file.name != "error_texts.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(FAILURES) - used == set()


@pytest.mark.parametrize(
    ("text", "english", "swedish"),
    [
        (ErrorText("specter_late"), "Specter did not answer in time", "Specter svarade inte i tid"),
        (
            ErrorText("about", what="1001, 1002", why=ErrorText("shop_answers", why="HTTP 503")),
            "1001, 1002: the shop answers HTTP 503",
            "1001, 1002: butiken svarar HTTP 503",
        ),
        (
            Refused("2", "Artikel VISP finns inte").message,
            "Specter refuses: Artikel VISP finns inte (code 2)",
            "Specter nekar: Artikel VISP finns inte (code 2)",
        ),
        (
            ErrorText("journal_full", more=" (disk I/O error)"),
            "the disk is full and the journal cannot be written; free some space (disk I/O error)",
            "disken är full och journalen kan inte skrivas; frigör utrymme (disk I/O error)",
        ),
        (
            ErrorText("specter_gave", number=9, why=ErrorText("journal_refused", more=" (x)")),
            "Specter gave number 9: the journal refused the change (x)",
            "Specter gav nummer 9: journalen tog inte emot ändringen (x)",
        ),
        (
            ErrorText("shop_refuses_key", code=1004, told="Bad auth token"),
            "the shop does not accept the API key (1004); change it: specter-tui setup (Bad auth token)",
            "butiken godtar inte API-nyckeln (1004); byt den: specter-tui setup (Bad auth token)",
        ),
        (
            ErrorText("shop_refuses", why="1006 Forbidden"),
            "the shop refuses the call: 1006 Forbidden; check the settings: specter-tui setup",
            "butiken nekar anropet: 1006 Forbidden; kontrollera inställningarna: specter-tui setup",
        ),
        (ErrorText("setting_missing", name="ORDER__SINCE"), "ORDER__SINCE: is missing", "ORDER__SINCE: saknas"),
        (
            ErrorText("about", what="UI__TIME_ZONE", why=ErrorText("setting_zone")),
            "UI__TIME_ZONE: is no time zone; write one such as Europe/Stockholm",
            "UI__TIME_ZONE: är ingen tidszon; skriv en som Europe/Stockholm",
        ),
    ],
)
def test_a_text_of_ours_is_said_in_both_languages(text: ErrorText, english: str, swedish: str) -> None:
    assert text == english
    assert translate_error(text, "en") == english
    assert translate_error(text, "sv") == swedish


@pytest.mark.parametrize("english", [text for text in FAILURES.values() if "{" not in text])
def test_the_same_words_from_another_stay_as_they_were_said(english: str) -> None:
    assert translate_error(english, "sv") == english
    said = translate_error(Refused("2", english).message, "sv")
    assert said == f"Specter nekar: {english} (code 2)"
    assert translate_error(ErrorText("shop_answers", why=english), "sv") == f"butiken svarar {english}"


def test_what_others_said_is_no_pattern() -> None:
    odd = "Artikeln finns inte: {0} %s {why} {code"
    assert translate_error(odd, "sv") == odd
    assert translate_error(ErrorText("shop_answers", why=odd), "sv") == f"butiken svarar {odd}"


def test_a_text_without_a_code_or_a_value_is_a_slip() -> None:
    for code, values in (("no_such_code", {}), ("shop_answers", {})):
        with pytest.raises(KeyError):
            ErrorText(code, **values)


def test_only_what_others_said_is_changed() -> None:
    key = "0123456789abcdef" * 2
    error = AccountHalted(ErrorText("specter_check_keys", why=ErrorText("specter_refuses", why=f"bad {key}")))
    assert str(error) == "Specter refuses: bad ***; check the SPECTER__ keys"
    assert translate_error(error.message, "sv") == "Specter nekar: bad ***; kontrollera SPECTER__-nycklarna"
    assert change_quoted("they said", str.upper) == "THEY SAID"
    assert change_quoted(ErrorText("shop_answers", why="no"), str.upper) == "the shop answers NO"


def test_a_copy_knows_its_code() -> None:
    @dataclasses.dataclass
    class Holder:
        text: str

    text = ErrorText("about", what="1001", why=ErrorText("specter_http", status=503))
    copies = [copy.copy(text), copy.deepcopy(text), pickle.loads(pickle.dumps(text))]
    for one in [*copies, dataclasses.asdict(Holder(text))["text"]]:
        assert one == text
        assert translate_error(one, "sv") == "1001: Specter svarade HTTP 503"


def test_an_error_says_its_text_and_keeps_its_code() -> None:
    error = AccountHalted(ErrorText("specter_keys", status=403))
    assert str(error) == "Specter refuses the key (HTTP 403)"
    text = text_of_error(error)
    assert isinstance(text, ErrorText)
    assert (text.code, text.values) == ("specter_keys", {"status": "403"})
    assert text_of_error(OSError("no")) == "no"


def test_a_sentence_tells_what_failed_in_its_own_language() -> None:
    told = outcome_text("retry_later", "sv", message=ErrorText("specter_away"))
    assert told == "Skickades inte: Specter går inte att nå. Nytt försök görs automatiskt."
    told = outcome_text("retry_later", "sv", message="Specter cannot be reached")
    assert told == "Skickades inte: Specter cannot be reached. Nytt försök görs automatiskt."
