"""What waits for a person in one shop, kept by its source: a change costs as much as what changed. Without Textual."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView
    from specter_tui.engine.work_queue.todo import TodoItem

Source = Literal["orders", "sums", "drift", "stock_rows", "numbers", "halts"]


@dataclass(slots=True)
class TodoList:
    """The items by source and key."""

    conflicts: "dict[int, OrderView]" = field(default_factory=dict)
    """Done orders of earlier runs whose number in the shop is another one; they are in no other list."""
    current: "TodoItem | None" = None
    """The item under the cursor of the work queue, if it is of this shop."""
    elsewhere: str = ""
    """The other shop that it is of."""
    version: int = 0
    """A number that changes with every change."""
    _items: "dict[Source, dict[Hashable, TodoItem]]" = field(default_factory=dict)
    _sorted: "tuple[int, Sequence[TodoItem]]" = (-1, ())

    def put(self, source: Source, key: Hashable, item: "TodoItem | None") -> None:
        """Set one item, or remove it."""
        items = self._items.setdefault(source, {})
        if items.get(key) == item:
            return
        self.version += 1
        if item is None:
            del items[key]
        else:
            items[key] = item

    def put_all(self, source: Source, items: "Iterable[tuple[Hashable, TodoItem | None]]") -> None:
        """Set or remove several items; the others of the source stay."""
        for key, item in items:
            self.put(source, key, item)

    def replace(self, source: Source, items: "Iterable[TodoItem | None]") -> None:
        """Set all items of a source."""
        fresh: dict[Hashable, TodoItem] = {item.key: item for item in items if item is not None}
        if self._items.get(source, {}) != fresh:
            self.version += 1
            self._items[source] = fresh

    def __len__(self) -> int:
        return sum(map(len, self._items.values()))

    @property
    def items(self) -> "Sequence[TodoItem]":
        """The items, the most urgent first."""
        if self._sorted[0] != self.version:
            found = (item for items in self._items.values() for item in items.values())
            self._sorted = self.version, sorted(found, key=lambda item: item.rank)
        return self._sorted[1]
