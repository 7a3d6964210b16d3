"""Every setting, key, command, option, message, file and link that a document names exists."""

import itertools
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from specter_tui.cli.app import app
from specter_tui.config.settings import Settings
from specter_tui.console.commands.registry import COMMANDS
from specter_tui.i18n import translated
from specter_tui.text.error_texts import FAILURES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
MADE = (ROOT / "settings.env.example", DOCS / "specter-tui.service")
HISTORY = {"CHANGELOG.md", "wires.md"}
"""They may name what is no longer there, or what belongs to the two systems."""
SETTINGS = {
    f"{section}__{name}".upper()
    for section, field in Settings.model_fields.items()
    for name in field.annotation.model_fields  # type: ignore[union-attr]
}
PLACEHOLDERS = {
    **dict.fromkeys(("DAY", "DATE", "DAG", "DATUM"), "2026-11-26"),
    **dict.fromkeys(("COUNT", "ANTAL", "NET", "VAT", "TOTAL"), "3"),
    **dict.fromkeys(("S", "STATE"), "ready"),
}
ANSWERS = {"y", "j", "f"}
"""Keys of questions: yes, and the exact form."""
_ROOT = get_command(app)


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def codes(text: str) -> list[str]:
    """Return what is written as code: inline, and each line of a block."""
    blocks = re.findall(r"(?ms)^ *```\w*\n(.*?)^ *```", text)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"(?ms)^ *```.*?^ *```", "", text))
    return [*inline, *(line.strip() for block in blocks for line in block.splitlines())]


@pytest.fixture(scope="module")
def named() -> list[tuple[str, str]]:
    """Return each code with the name of its page."""
    return [(page.name, code) for page in PAGES if page.name not in HISTORY for code in codes(text_of(page))]


@pytest.mark.parametrize("page", [*PAGES, *MADE], ids=lambda page: page.name)
def test_every_setting_that_is_named_exists(page: Path) -> None:
    found = re.findall(r"\b(?:SPECTER_TUI_)?([A-Z]+__[A-Z0-9_]*)", text_of(page))
    sections = {name.partition("__")[0] + "__" for name in SETTINGS}
    assert [name for name in found if name not in SETTINGS | sections | {"SECTION__NAME"}] == []


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """Return the command that the words begin with, and the words that follow."""
    command: Any = _ROOT
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    return command, words


def options_of(command: Any) -> set[str]:
    return {opt for one in command.params for opt in (*one.opts, *one.secondary_opts)} | {"--help", "-h", "--settings"}


def test_every_option_of_a_command_that_is_named_exists(named: list[tuple[str, str]]) -> None:
    wrong, seen = [], 0
    for page, code in named:
        command, rest = command_of(re.sub(r"^(sudo -u \S+ )?specter-tui ", "", code).split())
        if command is _ROOT:
            continue
        said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(rest)))
        seen += len(said)
        wrong += [(page, code, option) for option in said - options_of(command)]
    assert wrong == []
    assert seen > 60


def written_out(code: str) -> Iterator[list[str]]:
    """Yield the command lines that a line of a document stands for: with each alternative, and values for names."""
    plain = re.sub(r"[\[\]…]|\.\.\.", "", code.replace("\\|", "|"))
    words = [word.split("|") if re.fullmatch(r"[\w|-]+", word) else [word] for word in shlex.split(plain)]
    for choice in itertools.product(*words):
        yield [PLACEHOLDERS.get(word, word) for word in choice]


def parse(words: list[str]) -> None:
    """Read a command line as the program does, up to the command's work. Raises SystemExit or a usage error."""
    command, context = _ROOT, _ROOT.make_context("specter-tui", list(words))
    while getattr(command, "commands", None) and (rest := [*context._protected_args, *context.args]):
        name, below, rest = command.resolve_command(context, rest)  # type: ignore[attr-defined]
        context = below.make_context(name, rest, parent=context)
        command = below


def test_every_command_line_that_is_named_parses(named: list[tuple[str, str]]) -> None:
    lines = {
        (page, re.sub(r"^sudo -u \S+ ", "", code).split(" > ")[0].removesuffix("`"))
        for page, code in named
        if re.match(r"(sudo -u \S+ )?specter-tui( |$)", code)
    }
    assert len(lines) > 60
    wrong = []
    for page, line in sorted(lines):
        for words in written_out(line):
            try:
                parse(words[1:])
            except typer.Exit:
                pass
            except Exception as error:  # noqa: BLE001 - the parser's errors have no public base.
                wrong.append((page, line, str(error)))
    assert wrong == []


def test_every_key_that_is_named_exists(named: list[tuple[str, str]]) -> None:
    keys = {command.sign for command in COMMANDS} | {"ctrl+p", "ctrl+q", "ctrl+c"} | ANSWERS
    pages = re.compile(r"(guide|faq|setup|service|shops|troubleshooting|first-day)\.(sv|en)\.md")
    said = {(page, code) for page, code in named if pages.fullmatch(page) and re.fullmatch(r"[!-~←→]|ctrl\+\S+", code)}
    assert len(said) > 60
    assert [(page, key) for page, key in said if key not in keys] == []


def test_every_make_target_that_is_named_exists(named: list[tuple[str, str]]) -> None:
    makefile = text_of(ROOT / "Makefile")
    targets, variables = set(re.findall(r"(?m)^([a-z]+):", makefile)), set(re.findall(r"\b([A-Z]{4,})\b", makefile))
    lines = [(page, code.split("make ", 1)[1].split()) for page, code in named if re.match(r"(sudo )?make [a-z]", code)]
    assert len(lines) > 10
    for page, words in lines:
        assert {word.partition("=")[0] for word in words if "=" in word} <= variables, (page, words)
        assert {word.strip(",") for word in words if "=" not in word} <= targets, (page, words)


def test_every_file_that_is_named_exists(named: list[tuple[str, str]]) -> None:
    folders = r"(?:docs|tests|tools|benchmarks|requirements|specter_tui|packaging)"
    paths = [(page, code) for page, code in named if re.fullmatch(rf"{folders}(?:/[\w.-]+)+/?", code)]
    assert len(paths) > 20
    assert [(page, path) for page, path in paths if not (ROOT / path).exists() and "results" not in path] == []


def slug(heading: str) -> str:
    """Return a heading's anchor, as both the forge and the site make it."""
    plain = re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain))


def anchors(page: Path) -> set[str]:
    prose = re.sub(r"(?ms)^ *```.*?^ *```", "", text_of(page))
    return {slug(heading) for heading in re.findall(r"(?m)^#+ (.*)$", prose)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"(?ms)^ *```.*?^ *```", "", text_of(page))):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert DOCS in (page, *file.parents) or DOCS not in page.parents, f"{target} leaves the pages of the site"
        assert not anchor or anchor in anchors(file), target


MESSAGES = [
    (page, cell)
    for page in ("en", "sv")
    for table in re.findall(
        r"(?m)^\| (?:message|meddelande) \|.*\n\|.*\n((?:\|.*\n)+)", text_of(DOCS / f"troubleshooting.{page}.md")
    )
    for cell in re.findall(r"(?m)^\| ([^|]+) \|", table)
]


@pytest.mark.parametrize(("language", "message"), MESSAGES)
def test_every_message_of_troubleshooting_is_one_of_the_program(language: Any, message: str) -> None:
    shown = [re.sub(r"\{\w+\}", "{}", text) for text in translated(language, "failed", FAILURES).values()]
    assert [text for text in shown if re.sub(r"\d+", "{}", message) in text], message


def pairs() -> list[tuple[Path, Path]]:
    """Return each Swedish page with its English one."""
    found = []
    for swedish in sorted(DOCS.glob("*.sv.md")):
        name = swedish.name.removesuffix(".sv.md")
        found.append((swedish, next(page for page in (DOCS / f"{name}.en.md", DOCS / f"{name}.md") if page.exists())))
    return found


@pytest.mark.parametrize(("swedish", "english"), pairs(), ids=lambda page: page.name)
def test_both_languages_say_the_same(swedish: Path, english: Path) -> None:
    if english.name == "commands.md":  # The Swedish page is an overview.
        return
    for shape in (r"(?m)^#+ ", r"\b[A-Z]+__[A-Z0-9_]+", r"(?m)^\d\d?\. ", r"`specter-tui((?: [a-z]+| --[a-z-]+)*)"):
        one, other = (re.findall(shape, text_of(page)) for page in (swedish, english))
        assert sorted(one) == sorted(other), shape


def test_every_page_for_users_is_in_both_languages() -> None:
    english = {page.name.removesuffix(".en.md") for page in DOCS.glob("*.en.md")}
    swedish = {page.name.removesuffix(".sv.md") for page in DOCS.glob("*.sv.md")}
    assert english <= swedish
    assert {"install", "setup", "settings", "commands", "guide", "faq", "troubleshooting", "uninstall"} <= swedish


def test_every_page_is_in_the_menu_of_the_site() -> None:
    menu = re.findall(r"(?m)^ +- .*: (\S+\.md)$", text_of(ROOT / "mkdocs.yml"))
    assert sorted(menu) == sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))
