"""The pictures of README and guides show the console as it is: rendered equals committed."""

import re
from pathlib import Path

import pytest

from docs.pictures import FOLDER, accepted, drawn
from specter_tui.i18n import Language
from tools.film import film
from tools.svg import picture

SAME = "run: make picture"


def committed(language: Language) -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in (FOLDER / language).glob("*.svg")}


def test_the_accepted_ones_are_those_of_the_tests(language: Language) -> None:
    there = committed(language)
    assert [name for name, text in accepted(language).items() if there.get(name) != text] == [], SAME


def test_the_moving_one_and_its_story_are_what_the_console_draws(language: Language, tmp_path: Path) -> None:
    there, made = committed(language), drawn(language, tmp_path)
    assert set(there) == set(made) | set(accepted(language))
    assert [name for name, text in made.items() if there.get(name) != text] == [], SAME


def test_the_moving_one_takes_twenty_seconds(language: Language) -> None:
    text = committed(language)["moving"]
    assert set(re.findall(r" (\d+)s step-end infinite", text)) == {"20"}


def svg(*lines: str) -> str:
    drawn_lines = "".join(
        f'<text class="terminal-1-r1" x="0" y="{18.5 + 24.4 * number}">{line}</text>'
        for number, line in enumerate(lines)
    )
    return picture(f".terminal-1-r1 {{ fill: #ffffff }}{drawn_lines}", (10, len(lines)))


def test_a_film_shows_each_line_while_it_is_there_and_writes_what_stays_once() -> None:
    made = film([(svg("one", "stays"), 1.0), (svg("two", "stays"), 2.0), (svg("one", "stays"), 1.0)])
    assert made.count("stays") == 1
    assert re.findall(r'<g class="(f[\d-]+)">.*?>(one|two)<', made) == [
        ("f0-1", "one"),
        ("f1-2", "two"),
        ("f2-3", "one"),
    ]
    assert "@keyframes f1-2{0%{visibility:hidden}25%{visibility:visible}75%{visibility:hidden}}" in made
    assert "@keyframes f2-3{0%{visibility:hidden}75%{visibility:visible}100%{visibility:visible}}" in made
    assert ".f0-1{visibility:visible;animation:f0-1 4s step-end infinite}" in made


def test_a_change_of_one_letter_is_noticed() -> None:
    assert svg("one", "stays") != svg("one", "stay")


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_guide_shows_the_moving_one(language: Language) -> None:
    guide = (FOLDER.parent / f"guide.{language}.md").read_text(encoding="utf-8")
    assert f"(pictures/{language}/moving.svg)" in guide
