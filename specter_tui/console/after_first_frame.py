"""All modules that the first frame does not need, imported in this one place: commands and engine messages.

The app imports it on a thread, so that the screen does not wait; modules imported by it import at their top.
"""

from platformdirs import user_config_path, user_state_path

from specter_tui.config.setting_problems import SettingsProblem
from specter_tui.console import reducer
from specter_tui.console.commands.dispatch import CommandDispatcher
from specter_tui.console.commands.footer import footer_line
from specter_tui.console.commands.own_keys import FILE, read_keys, with_own_keys
from specter_tui.console.commands.registry import COMMANDS
from specter_tui.console.loaders.choice_store import ChoiceStore, choices_file
from specter_tui.errors import translate_error
from specter_tui.journal.errors import JournalError

__all__ = [
    "COMMANDS",
    "FILE",
    "ChoiceStore",
    "CommandDispatcher",
    "JournalError",
    "SettingsProblem",
    "choices_file",
    "footer_line",
    "read_keys",
    "reducer",
    "translate_error",
    "user_config_path",
    "user_state_path",
    "with_own_keys",
]
