"""Every text of the screen, by name, in the language that is spoken. Values are put in with `format`.

The modules beside this one hold the English; `speak` puts the texts of another language in their place, so that a
text is read where it is shown, never kept from before.
"""

from typing import Any, get_args

from specter_tui import i18n
from specter_tui.console.words.acting import *  # noqa: F403
from specter_tui.console.words.actions import *  # noqa: F403 - every text by its name
from specter_tui.console.words.detail import *  # noqa: F403
from specter_tui.console.words.forms import *  # noqa: F403
from specter_tui.console.words.goods import *  # noqa: F403
from specter_tui.console.words.lists import *  # noqa: F403
from specter_tui.console.words.numbers import *  # noqa: F403
from specter_tui.console.words.questions import *  # noqa: F403
from specter_tui.console.words.reasons import *  # noqa: F403
from specter_tui.console.words.report import *  # noqa: F403
from specter_tui.console.words.states import *  # noqa: F403
from specter_tui.console.words.status import *  # noqa: F403
from specter_tui.console.words.today import *  # noqa: F403
from specter_tui.i18n import Language, translated

ENGLISH = {name: text for name, text in globals().items() if name.isupper() and name != "STATE_WORDS"}
"""The texts of the source."""
spoken: Language = "en"


def in_every_language(name: str) -> tuple[Any, ...]:
    """One text in each language: what people type is understood whichever they speak."""
    return tuple(translated(language, name, ENGLISH[name]) for language in get_args(Language))


def set_locale(language: Language) -> None:
    """Say everything in this language from now on."""
    global spoken  # noqa: PLW0603 - one screen, one language.
    if language == spoken:
        return
    spoken = language
    i18n.set_locale(language)
    globals().update({name: translated(language, name, text) for name, text in ENGLISH.items()})
