"""A command of the console: its handler, keys, condition and texts."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Generic, Literal, TypeVar

from specter_tui.console import words
from specter_tui.console.commands.conditions import (
    ACTS_ON,
    REPEATABLE,
    CommandSituation,
    Condition,
    always,
    reopenable,
    usable,
)

Group = Literal["orders", "goods", "find", "panes", "console"]
PALETTE_SIGN = ":"
"""The sign of commands without a key; the palette has them."""
Owner_contra = TypeVar("Owner_contra", contravariant=True)


@dataclass(frozen=True, eq=False, slots=True)
class CommandSpec(Generic[Owner_contra]):
    """A registered command; `shown` is the sign of its key where that is not the first of `keys`."""

    handler: Callable[[Owner_contra], None]
    group: Group
    keys: tuple[str, ...] = ()
    when: Condition = always
    _: KW_ONLY
    footer: int = 0
    """The rank in the footer; 0 is never shown."""
    shown: str = ""
    opens_line: bool = False
    """True where people type text directly after the key."""

    @property
    def name(self) -> str:
        """The handler's name, by which the texts are found."""
        return self.handler.__name__

    @property
    def sign(self) -> str:
        """The key as people write it."""
        key = self.shown or (self.keys[0] if self.keys else PALETTE_SIGN)
        return words.KEY_NAMES.get(key, key)

    @property
    def short(self) -> str:
        """The short name for footer and palette."""
        return words.SHORT[self.name]

    @property
    def sentence(self) -> str:
        """The sentence for help and palette."""
        return words.SENTENCES[self.name]

    def why_not(self, situation: CommandSituation) -> str:
        """Return why the command is not possible, empty where it is."""
        return self.when(situation)

    def label(self, situation: CommandSituation) -> str:
        """Return the text for the footer, with the orders that the command would act on."""
        if self.name == "look" and situation.gap and not self.why_not(situation):
            return words.SHORT_FOR["accept_count"]
        if self.name not in words.SHORT_FOR or self.why_not(situation):
            return self.short
        name = "reopen" if self.name == "repeat" and not usable(REPEATABLE, situation) else self.name
        return words.SHORT_FOR[name].format(orders=_named(name, situation))


def _named(name: str, situation: CommandSituation) -> str:
    """Return the text for the orders that a command would act on: a number, or the count of the marked ones."""
    if name == "number" or not situation.elsewhere:
        return situation.current.number if situation.current else ""
    views = reopenable(situation) if name == "reopen" else usable(ACTS_ON[name], situation)
    return words.FOR_MARKED.format(count=len(views), number=views[0].number)
