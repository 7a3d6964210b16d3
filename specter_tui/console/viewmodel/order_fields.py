"""The fields of an order, for filter words, sorting and CSV."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.state_styles import STATE_STYLES, every_state, state_spellings

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView


_YES, _NO = ("yes", "ja"), ("no", "nej")
_FLAG_WORDS = (
    ("drift", "ändrad", "edited"),
    ("cancelled", "makulerad"),
    ("warning", "varning"),
    ("conflict", "konflikt"),
    ("due", "väntar"),
)


def _paid(view: "OrderView") -> Sequence[str]:
    return view.payment_status, *(_YES if view.payment_status == "paid" else _NO)


def _flags(view: "OrderView") -> Sequence[str]:
    """Return the filter words for facts that the state does not include."""
    told = (
        view.drift,
        view.cancelled_in_shop,
        bool(view.warnings),
        view.write_back == "conflict",
        view.write_back == "due",
    )
    return tuple(word for holds, words in zip(told, _FLAG_WORDS, strict=True) if holds for word in words)


FIELDS: Fields = (
    ListField(
        "state",
        lambda view: STATE_STYLES[view.state].word,
        "word",
        ("state", "status", "läge"),
        rank=lambda view: STATE_STYLES[view.state].rank,
        spellings=lambda view: state_spellings(view.state),
        values=lambda: [look.word for look in STATE_STYLES.values()],
        words=every_state,
        searched=True,
    ),
    ListField(
        "number",
        lambda view: view.number,
        names=("number", "nummer", "order", "ordernummer"),
        rank=lambda view: natural(view.number),
        searched=True,
    ),
    ListField("customer", lambda view: view.customer, names=("customer", "kund", "name", "namn"), searched=True),
    ListField("total", lambda view: view.total, "number", ("total", "summa", "amount", "belopp"), searched=True),
    ListField("currency", lambda view: view.currency, names=("currency", "valuta"), searched=True, beside="total"),
    ListField("placed", lambda view: view.ordered, "moment", ("placed", "lagd", "date", "datum")),
    ListField(
        "specter",
        lambda view: view.specter_number,
        names=("specter", "specternummer"),
        rank=lambda view: natural(view.specter_number),
        searched=True,
    ),
    ListField("age", lambda view: view.ordered, "age", ("age", "ålder"), written=False),
    ListField(
        "paid",
        lambda view: view.payment_status,
        "word",
        ("paid", "betald", "betalning"),
        spellings=_paid,
        words=lambda: ("paid", *_YES, *_NO),
    ),
    ListField("sku", lambda view: view.articles, names=("sku", "artikel", "article", "art")),
    ListField("why", lambda view: view.why, names=("why", "varför", "orsak")),
    ListField(
        "is",
        lambda _: None,
        "word",
        ("is", "är"),
        spellings=_flags,
        words=lambda: [word for words in _FLAG_WORDS for word in words],
        written=False,
    ),
    ListField("uid", lambda view: str(view.uid), names=("uid",), rank=lambda view: view.uid),
)
BY_KEY = {field.key: field for field in FIELDS}
