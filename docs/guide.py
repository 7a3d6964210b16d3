"""Write the generated tables of keys, states and signs into the guides, in each language (`make words`)."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from specter_tui.console.commands.registry import COMMANDS
from specter_tui.console.screens.help import GROUPS
from specter_tui.console.viewmodel.state_styles import CURES, FLAG_TEXTS, FLAGS, STATE_STYLES, WHY
from specter_tui.i18n import Language, set_locale

FOLDER = Path(__file__).parent


def keys() -> Iterator[str]:
    """Yield a table of commands for each group."""
    for group, title in GROUPS.items():
        yield f"**{title}**\n"
        yield "| | | |\n| --- | --- | --- |"
        for command in COMMANDS:
            if command.group == group:
                sign = f"`{command.sign}`" if command.keys else "`ctrl+p`"
                yield f"| {sign} | {command.short} | {command.sentence} |"
        yield ""


def states() -> Iterator[str]:
    """Yield each state: its sign and word, its meaning, and what to do."""
    yield "| | | | |\n| --- | --- | --- | --- |"
    for state, look in STATE_STYLES.items():
        cure = CURES.get(state, "").format(number="1001")
        yield f"| {look.sign} | **{look.word}** | {WHY[state]} | {cure} |"


def signs() -> Iterator[str]:
    """Yield the signs after a state."""
    yield "| | |\n| --- | --- |"
    for name, sign in FLAGS.items():
        yield f"| {sign} | {FLAG_TEXTS[name]} |"


PARTS: dict[str, Callable[[], Iterator[str]]] = {"keys": keys, "states": states, "signs": signs}


def guide_of(language: Language) -> Path:
    """Return the guide in a language."""
    return FOLDER / f"guide.{language}.md"


def filled(text: str, language: Language) -> str:
    """Return a guide with its tables generated again."""
    set_locale(language)
    for name, part in PARTS.items():
        made = "\n".join(part()).strip()
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text = pattern.sub(lambda found, made=made: f"{found[1]}\n{made}\n\n{found[2]}", text)  # type: ignore[misc]
    return text


def main() -> None:
    """Update both guides."""
    for language in get_args(Language):
        guide = guide_of(language)
        guide.write_text(filled(guide.read_text(encoding="utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    main()
