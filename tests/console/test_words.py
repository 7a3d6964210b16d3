"""Every text is in the catalogue, in Swedish too, and no other text is shown."""

import ast
import re
import string
import zipfile
from pathlib import Path
from subprocess import run
from sys import executable
from typing import get_args

import pytest

import specter_tui.console
from specter_tui.config.first_language import first_language
from specter_tui.console.commands.command_spec import SENTENCES, SHORT
from specter_tui.console.commands.conditions import CommandSituation, Front
from specter_tui.console.commands.footer import MOST_IN_FOOTER, footer_line
from specter_tui.console.commands.registry import BY_NAME
from specter_tui.console.screens.palette import COLUMNS as PALETTE_COLUMNS
from specter_tui.console.viewmodel.detail.attempts import STEPS
from specter_tui.console.viewmodel.export_log import VERBS
from specter_tui.console.viewmodel.state_styles import STATES, WHY
from specter_tui.console.viewmodel.styled_text import text_of
from specter_tui.console.widgets.status_lines import REACH, TASKS
from specter_tui.engine import events as m
from specter_tui.engine.order_states import OrderState
from specter_tui.i18n import ngettext, set_locale, t
from specter_tui.journal.models import Verb
from tests.console.conftest import QUICK_DEAF
from tools.words import ROOT, catalogue_of, in_place, lacking, read, renewed, texts, written

CONSOLE = Path(specter_tui.console.__file__).parent
FRONTS = Front.__args__  # type: ignore[attr-defined]


def test_the_catalogue_has_every_text_and_no_other():
    file = catalogue_of("sv")
    assert written(renewed(read(file))) == file.read_bytes(), "run: make words"
    assert lacking(read(file)) == [], "write their Swedish, then run: make words"


def test_translations_have_the_same_places_for_values():
    for message in read(catalogue_of("sv")):
        if message.id and message.id != "{day} {month} {year}":  # the parts of a date are written in another way.
            forms = zip(_forms(message.id), _forms(message.string), strict=True)
            assert all(_places(english) == _places(other) for english, other in forms), message.context


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def _places(text):
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


_SHOWING = {
    "span",
    "Label",
    "Static",
    "Input",
    "Button",
    "Content",
    "Text",
    "tell",
    "notify",
    "Question",
    "EntryDialog",
}
_WORD = r"[^\W\d_]{2,}"
_STYLES = {"dim not bold"}


def test_no_text_gets_to_the_screen_past_the_catalogue():
    found = []
    for file in sorted(CONSOLE.rglob("*.py")):
        if file.parent.name != "words" and file.name != "error_report.py":  # its report is for the developers.
            found += [f"{file.name}: {node.value}" for node in shown_in(ast.parse(file.read_text(encoding="utf-8")))]
    assert found == []


def test_that_test_finds_what_it_is_for():
    source = 'span(f"{n} orders")\nx = "No order yet"\nf(title="a_key")\nspan(" · ", "muted")\nLabel("", id="wrong")'
    assert {node.value for node in shown_in(ast.parse(source))} == {" orders", "No order yet"}


def shown_in(tree):
    """Return the shown literals: those of several words, and single words passed to widgets."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    typed = {id(part) for node in ast.walk(tree) for part in _not_shown(node)}
    first = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in _SHOWING
        for argument in (*node.args[:1], *(word.value for word in node.keywords if word.arg == "placeholder"))
        for part in ast.walk(argument)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in _STYLES:
            if id(node) in told | typed:
                continue
            several = re.search(rf"{_WORD} {_WORD}", node.value)
            if several or (id(node) in first and re.search(_WORD, node.value)):
                yield node


def _not_shown(node):
    """Return literals that are not shown: types, comparisons, style classes, patterns, messages about a file."""
    inner = [getattr(node, name, None) for name in ("annotation", "returns")]
    inner += [node] if isinstance(node, ast.Compare) else []
    inner += [node.value] if isinstance(node, ast.keyword) and node.arg in ("classes", "context") else []
    inner += node.args if isinstance(node, ast.Call) and _called(node) in ("compile", "ValueError", "TypeError") else []
    inner += node.args if isinstance(node, ast.Call) and list(in_place(node)) else []
    for one in inner:
        if isinstance(one, ast.AST):
            yield from ast.walk(one)


def _called(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


@pytest.mark.parametrize("front", FRONTS)
def test_the_footer_fits_eighty_columns_and_says_how_many_more(front, language):
    situation = CommandSituation(front=front)
    line = text_of([footer_line(situation, 80)])
    assert len(line) <= 80
    shown = [action for action in BY_NAME.values() if f"{action.sign} {action.short}" in line]
    assert 1 <= len(shown) < MOST_IN_FOOTER
    keyed = sum(bool(action.keys) for action in BY_NAME.values())
    assert t("{count} more").format(count=keyed - len(shown)) in line


def test_every_action_and_state_has_its_words(language):
    assert set(SHORT) == set(SENTENCES) == set(BY_NAME)
    assert set(WHY) == set(STATES) - {"drift", "stock_rows"}


def test_the_wheel_speaks_swedish(tmp_path):
    run(
        [executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = wheel.namelist()
    assert "specter_tui/locale/sv/LC_MESSAGES/specter-tui.mo" in held
    assert not [name for name in held if name.startswith(("tests/", "tools/")) or name.endswith(".po")]


def test_numbers_choose_their_form():
    set_locale("sv")
    assert ngettext("{count} order", "{count} orders", 1).format(count=1) == "1 order"
    assert ngettext("{count} order", "{count} orders", 12).format(count=12) == "12 ordrar"
    set_locale("en")
    assert ngettext("{count} order", "{count} orders", 2).format(count=2) == "2 orders"
    assert ("", ("{count} order", "{count} orders")) in texts()


@pytest.mark.parametrize(
    ("file", "environment", "language"),
    [
        ("UI__LANGUAGE=sv", {"LANG": "C"}, "sv"),
        ("ui__language = 'en' # not sv", {"LANG": "sv_SE.UTF-8"}, "en"),
        ("#UI__LANGUAGE=sv", {"LANG": "C"}, "en"),
        ("UI__LANGUAGE=", {"LANG": "sv_SE.UTF-8"}, "sv"),
        ("UI__LANGUAGE=sv", {"SPECTER_TUI_UI__LANGUAGE": "en"}, "en"),
        ("UI__LANGUAGE=sv", {"UI__LANGUAGE": "en"}, "sv"),
        ("UI__LANGUAGE=de", {"LANG": "sv_SE"}, "sv"),
        (None, {"LC_ALL": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, "sv"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "sv_FI", "LANG": "en_GB"}, "sv"),
        (None, {}, "en"),
    ],
)
def test_the_language_of_the_first_frame(file, environment, language, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SPECTER_TUI_UI__LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if file is not None:
        Path("settings.env").write_text(file, encoding="utf-8")
        Path("other.env").write_text(file, encoding="utf-8")
        Path("shops").mkdir()
        Path("shops", "a.env").write_text(file, encoding="utf-8")
        assert first_language([Path("other.env")]) == first_language([Path("shops")]) == language
    assert first_language([]) == language


@pytest.mark.anyio
async def test_settings_in_another_language_than_the_terminal_have_the_last_word(run):
    async with run(environment={"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}, UI__LANGUAGE="sv") as console:
        text = console.text()
    for word in ("Ordrar", "Status", "Exportlogg", "exportera", "oklar", "Artikelnummer", "Detalj", "Butik"):
        assert word in text
    for word in ("State", "Orders", "unknown", "Export log", "more", "Shop", "not tried"):
        assert word not in text


def test_every_code_that_may_come_has_its_word():
    assert set(VERBS) >= set(get_args(Verb))
    assert set(REACH) >= set(get_args(m.Reach))
    assert set(STATES) >= set(get_args(OrderState)) == set(WHY)
    assert set(TASKS) >= set(get_args(m.Progress.__annotations__["task"]))
    assert set(STEPS) >= set(get_args(m.Step))


@pytest.mark.anyio
async def test_no_english_is_left_on_swedish_screens(run):
    """Go through the screens; no sentence of the English texts is on them."""
    english = {piece for _, text in texts() for form in _forms(text) for piece in _pieces(form)}
    swedish = " ".join(form for message in read(catalogue_of("sv")) if message.id for form in _forms(message.string))
    foreign = {piece for piece in english if piece not in swedish}
    assert len(foreign) > 300
    seen = ""
    async with run(UI__LANGUAGE="sv") as console:
        for key in ("enter", "d", "m", "question_mark", "ctrl+p", "v", "s", "E"):
            await console.pilot.press(key)
            await console.pilot.pause(QUICK_DEAF + 0.02)
            seen += console.text()
            await console.pilot.press("escape")
    assert "Sortering och kolumner" in seen, "the walk did not come far"
    assert [piece for piece in sorted(foreign) if piece in seen] == []


def _pieces(text):
    """Return the words between a text's values, long enough not to occur in a shop's data."""
    return [piece.strip() for piece in re.split(r"\{\w*\}", text) if len(piece.strip()) > 7 and " " in piece.strip()]


def test_what_the_palette_calls_an_action_fits_its_column(language):
    assert [short for short in SHORT.values() if len(short) > PALETTE_COLUMNS[1].width] == []
