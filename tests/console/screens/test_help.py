"""The help: searched with `/`, closed step by step with esc."""

from specter_tui.console.screens.help import HelpScreen
from tests.console.conftest import Run


async def test_slash_searches_keys_words_and_signs_in_either_language(run: Run) -> None:
    async with run() as console:
        await console.press("question_mark")
        assert "Export everything that is ready" in console.text()
        await console.press("slash", *"emergency")
        shown = console.text()
        assert "Emergency stop" in shown
        assert "Export everything that is ready" not in shown
        await console.press("escape", "slash", *"nödstopp")
        assert "Emergency stop" in console.text(), "the Swedish word finds it, too"
        await console.press("escape", "slash", *"answer never came")
        assert "unknown" in console.text()
        await console.press("escape", "slash", *"xyzzy")
        assert "Nothing here has these words." in console.text()


async def test_letters_in_the_search_are_letters_and_esc_goes_back_one_step(run: Run) -> None:
    async with run() as console:
        await console.press("question_mark", "slash", *"qeE?")
        assert isinstance(console.app.screen, HelpScreen)
        assert console.engine.asked("export") == []
        await console.press("escape")
        assert isinstance(console.app.screen, HelpScreen)
        assert "Export everything that is ready" in console.text()
        await console.press("escape")
        assert not isinstance(console.app.screen, HelpScreen)
