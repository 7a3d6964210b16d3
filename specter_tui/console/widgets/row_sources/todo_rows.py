"""The work queue as rows: what waits for a person in every shop, with what to do and the keys that do it."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.screens.shop_switcher import ShopSwitcher
from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.formats import when
from specter_tui.console.viewmodel.list_model import ListModel
from specter_tui.console.viewmodel.state_styles import STATES
from specter_tui.console.viewmodel.styled_text import Line, Span, Tone, span
from specter_tui.console.widgets.columns import Column
from specter_tui.i18n import t
from specter_tui.text.state_names import TODO_KINDS

if TYPE_CHECKING:
    from specter_tui.engine.work_queue.todo import TodoItem

_SIGNS: dict[str, tuple[str, Tone]] = {
    "stop": ("■", "bad"),
    "halt": ("✗", "bad"),
    "count": ("▲", "warn"),
    "proposed": ("?", "bad"),
    "unknown": ("?", "bad"),
    "exists": ("≡", "bad"),
    "refused": ("✗", "bad"),
    "customer_changed": ("✗", "bad"),
    "conflict": ("!", "warn"),
    "blocked": ("▲", "warn"),
    "by_hand": ("●", "ready"),
    "sum": ("▲", "warn"),
    "drift": ("≠", "warn"),
    "stock_row": ("#", "warn"),
    "number": ("▲", "warn"),
}
CURING: dict[str, tuple[str, ...]] = {
    "stop": ("open",),
    "halt": ("open",),
    "count": ("open",),
    "proposed": ("number",),
    "unknown": ("number", "repeat"),
    "exists": ("number",),
    "refused": ("repeat", "close"),
    "customer_changed": ("repeat",),
    "conflict": ("number",),
    "blocked": ("open", "close"),
    "by_hand": ("export", "close"),
    "sum": ("open",),
    "drift": ("tick",),
    "stock_row": ("tick",),
    "number": ("fix",),
}
"""The commands that settle each kind, in the queue as in the item's own list."""
TodoKey = tuple[int, Hashable]
"""A shop's number, and the key of the item in it."""


def columns(*, several: bool) -> tuple[Column, ...]:
    """Return the columns; the shop's only where there are several."""
    shop = (Column("shop", t("Shop"), 7),) if several else ()
    return (
        Column("kind", t("What"), 18),
        *shop,
        Column("subject", t("Order or article"), 17, flex=1),
        Column("since", t("Since"), 12, drop=2),
        Column("text", t("Why"), 16, flex=6, drop=1),
        Column("keys", t("Keys"), 9),
    )


def kind_word(kind: str) -> str:
    """Return the word for a kind of item: an order's state, where it is one."""
    return STATES[kind] if kind in STATES and kind not in TODO_KINDS else TODO_KINDS[kind]


def subject_of(item: "TodoItem") -> str:
    """Return what an item is about: the order, the article, or both."""
    return " ".join(filter(None, (item.order, item.item)))


FIELDS: Fields = (
    ListField(
        "kind",
        lambda one: kind_word(one[1].kind),
        "word",
        ("kind", "typ", "state", "läge"),
        spellings=lambda one: (one[1].kind, kind_word(one[1].kind)),
        searched=True,
    ),
    ListField("shop", lambda one: str(one[0]), names=("shop", "butik"), rank=lambda one: natural(str(one[0]))),
    ListField(
        "subject",
        lambda one: subject_of(one[1]),
        names=("order", "article", "artikel", "number", "nummer"),
        searched=True,
        rank=lambda one: natural(one[1].order),
    ),
    ListField("since", lambda one: one[1].since, "moment", ("since", "sedan")),
    ListField("age", lambda one: one[1].since, "age", ("age", "ålder"), written=False),
    ListField("text", lambda one: one[1].text, names=("why", "varför"), searched=True),
    ListField("cure", lambda one: one[1].cure, names=("cure", "åtgärd"), searched=True),
)


class TodoRows(ListModel):
    """The rows, the most urgent first when the list is opened. Then none moves; new ones are added at the end.

    What was settled stays, marked as done, until the list is left.
    """

    name = "todo"
    fields = FIELDS

    def __init__(self, shops: ShopSwitcher, sign_of: Callable[[str], str]) -> None:
        """Make them; `sign_of` returns the key of a command as people write it."""
        super().__init__()
        self._shops = shops
        self._sign_of = sign_of
        self._seen: dict[TodoKey, TodoItem] = {}
        self._open: set[TodoKey] = set()

    @property
    def title(self) -> str:
        """The name of the list, with the number of items."""
        return t("{count} to do").format(count=sum(len(tab.model.todo) for tab in self._shops.all.values()))

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        return t("0 to do: nothing waits for you.")

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here: each is settled by itself."""
        return ()

    def every(self) -> Sequence[Hashable]:
        """Return shop and key of each item, settled ones too."""
        now: dict[TodoKey, TodoItem] = {(shop, item.key): item for shop, item in waiting(self._shops)}
        self._open = set(now)
        self._seen |= now
        return tuple(self._seen)

    def record(self, key: Hashable) -> "tuple[int, TodoItem]":
        """Return the shop and the item of a present row."""
        return key[0], self._seen[key]  # type: ignore[index]  # keys are shop and item.

    def at(self, key: Hashable) -> "tuple[int, TodoItem | None]":
        """Return the shop and the item of a row; None for one that is settled."""
        shop, item = self.record(key)
        return shop, item if key in self._open else None

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one item."""
        shop, item = self.record(key)
        frame, done = self._shops.current.model.frame, key not in self._open
        sign, tone = _SIGNS[item.kind]
        rest: Tone = "muted" if done else "plain"
        return {
            "kind": span(f"✓ {t('done')}", "good") if done else span(f"{sign} {kind_word(item.kind)}", tone),
            "shop": span(str(shop), "muted"),
            "subject": span(subject_of(item), rest),
            "since": span(when(item.since, frame.now, frame.zone), "muted"),
            "text": span(item.text, "muted"),
            "keys": span("" if done else self._keys_of(item), "title"),
        }

    def _keys_of(self, item: "TodoItem") -> str:
        return " ".join(map(self._sign_of, CURING[item.kind]))

    def explain(self, key: Hashable) -> Line:
        """Return one item in full, with its cure and keys."""
        if key not in self._seen:
            return ()
        _, item = self.record(key)
        if key not in self._open:
            return span("✓ ", "good"), span(f"{subject_of(item)} {t('is done.')}".lstrip(), "muted")
        sign, tone = _SIGNS[item.kind]
        return (
            span(f"{sign} {subject_of(item)} ".replace("  ", " "), tone),
            span(f"{item.text} "),
            span(f"{item.cure} {self._keys_of(item)}", "muted"),
        )

    def copy(self, key: Hashable) -> tuple[str, str]:
        """Return the command line that settles the item."""
        _, item = self.record(key)
        return item.command, t("Copied the command {text}.").format(text=item.command)


def waiting(shops: ShopSwitcher) -> "list[tuple[int, TodoItem]]":
    """Return the items of all shops, the most urgent first, then by shop."""
    found = [(tab.number, item) for tab in shops.all.values() for item in tab.model.todo.items]
    return sorted(found, key=place_of) if shops.several else found


def place_of(one: "tuple[int, TodoItem]") -> tuple[object, ...]:
    """Return the sort key of an item among those of all shops."""
    shop, item = one
    return item.rank, shop, str(item.key)
