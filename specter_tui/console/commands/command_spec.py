"""One command of the console: its keys, when it is possible, its words, and what does it."""

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
"""For commands without a key of their own: the palette has them."""
Owner_contra = TypeVar("Owner_contra", contravariant=True)


@dataclass(frozen=True, eq=False, slots=True)
class CommandSpec(Generic[Owner_contra]):
    """`handler` does it; `shown` is its key where the first of `keys` has another sign."""

    handler: Callable[[Owner_contra], None]
    group: Group
    keys: tuple[str, ...] = ()
    when: Condition = always
    _: KW_ONLY
    footer: int = 0
    """Its rank in the footer, 0: never there."""
    shown: str = ""
    opens_line: bool = False
    """Whether people follow its key at once by what they type."""

    @property
    def name(self) -> str:
        """The name of its texts: its handler's."""
        return self.handler.__name__

    @property
    def sign(self) -> str:
        """Its key as people call it."""
        key = self.shown or (self.keys[0] if self.keys else PALETTE_SIGN)
        return words.KEY_NAMES.get(key, key)

    @property
    def short(self) -> str:
        """Its word where it stands alone."""
        return words.SHORT[self.name]

    @property
    def sentence(self) -> str:
        """Its sentence in the help."""
        return words.SENTENCES[self.name]

    def why_not(self, situation: CommandSituation) -> str:
        """Return why it is not possible; empty where it is."""
        return self.when(situation)

    def label(self, situation: CommandSituation) -> str:
        """Its words in the footer, with the orders that it would act on now."""
        if self.name == "look" and situation.gap and not self.why_not(situation):
            return words.SHORT_FOR["accept_count"]
        if self.name not in words.SHORT_FOR or self.why_not(situation):
            return self.short
        name = "reopen" if self.name == "repeat" and not usable(REPEATABLE, situation) else self.name
        return words.SHORT_FOR[name].format(orders=_named(name, situation))


def _named(name: str, situation: CommandSituation) -> str:
    """The orders that an action would act on: one by its number, marked ones as such."""
    if name == "number" or not situation.elsewhere:
        return situation.current.number if situation.current else ""
    views = reopenable(situation) if name == "reopen" else usable(ACTS_ON[name], situation)
    return words.FOR_MARKED.format(count=len(views), number=views[0].number)
