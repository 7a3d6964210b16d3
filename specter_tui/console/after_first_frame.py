"""All that the first frame can do without, imported in this one place: what the keys do, and what the engine tells.

The app imports it on a thread, so that the screen waits for none of it; modules that come with it import at their top.
"""

from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.console import reducer
from specter_tui.console.commands.dispatch import CommandDispatcher
from specter_tui.errors import translate_error
from specter_tui.journal.errors import JournalError

__all__ = ["CommandDispatcher", "JournalError", "SettingsProblem", "reducer", "translate_error"]
