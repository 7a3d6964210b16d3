"""The palette finds commands by words, in either language, and with letters left out."""

import pytest

from specter_tui.console.commands.registry import COMMANDS
from specter_tui.console.screens.palette import VIEW, PaletteRows
from specter_tui.console.viewmodel.list_view import ListView
from specter_tui.i18n import set_locale


def found(typed: str, why_not: dict[str, str] | None = None) -> list[str]:
    commands = PaletteRows(
        {one: (why_not or {}).get(one.name, "") for one in COMMANDS}, {"Morgon": ListView("state:ready")}
    )
    commands.typed = typed
    return [str(key) for key in commands.keys]


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("export articles", "export_articles"),
        ("exportera artiklar", "export_articles"),
        ("all ready", "export_all"),
        ("sortera", "sort"),
        ("exprt artcls", "export_articles"),
        ("article export", "show_articles"),
        ("stock", "show_stock"),
        ("lagersaldo", "show_stock"),
        ("vyr", "views"),
        ("CHANGES", "drift"),
        ("csv", "write"),
        ("morg", f"{VIEW}Morgon"),
    ],
)
def test_it_finds_in_both_languages_whatever_the_screen_speaks(typed: str, first: str, language: str) -> None:
    set_locale(language)  # type: ignore[arg-type]
    assert found(typed)[0] == first


def test_nothing_typed_shows_all_and_nonsense_none() -> None:
    assert len(found("")) > 30
    assert found("xyzzyq") == []


def test_of_equals_what_is_possible_now_comes_first() -> None:
    both = [name for name in found("article") if name in ("export_articles", "show_articles")]
    assert len(both) == 2
    last = both[0]
    assert [name for name in found("article", {last: "not now"}) if name in both][-1] == last
