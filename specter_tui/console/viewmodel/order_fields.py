"""The fields of an order, for filter words, sorting and CSV."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.filtering.list_fields import Fields, ListField, natural
from specter_tui.console.viewmodel.state_styles import STATE_STYLES, state_spellings

if TYPE_CHECKING:
    from specter_tui.engine.events import OrderView


def _paid(view: "OrderView") -> Sequence[str]:
    yes = view.payment_status == "paid"
    return view.payment_status, *(("yes", "ja") if yes else ("no", "nej"))


def _flags(view: "OrderView") -> Sequence[str]:
    """Return the filter words for facts that the state does not include."""
    told = (
        (view.drift, ("drift", "ändrad", "edited")),
        (view.cancelled_in_shop, ("cancelled", "makulerad")),
        (bool(view.warnings), ("warning", "varning")),
        (view.write_back == "conflict", ("conflict", "konflikt")),
        (view.write_back == "due", ("due", "väntar")),
    )
    return tuple(word for holds, spellings in told if holds for word in spellings)


FIELDS: Fields = (
    ListField(
        "state",
        lambda view: STATE_STYLES[view.state].word,
        "word",
        ("state", "status", "läge"),
        rank=lambda view: STATE_STYLES[view.state].rank,
        spellings=lambda view: state_spellings(view.state),
        values=lambda: [look.word for look in STATE_STYLES.values()],
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
    ListField("total", lambda view: view.total, "number", ("total", "summa", "amount", "belopp")),
    ListField("currency", lambda view: view.currency, names=("currency", "valuta")),
    ListField("placed", lambda view: view.ordered, "moment", ("placed", "lagd", "date", "datum")),
    ListField(
        "specter",
        lambda view: view.specter_number,
        names=("specter", "specternummer"),
        rank=lambda view: natural(view.specter_number),
        searched=True,
    ),
    ListField("age", lambda view: view.ordered, "age", ("age", "ålder"), written=False),
    ListField("paid", lambda view: view.payment_status, "word", ("paid", "betald", "betalning"), spellings=_paid),
    ListField("sku", lambda view: view.articles, names=("sku", "artikel", "article", "art")),
    ListField("why", lambda view: view.why, names=("why", "varför", "orsak")),
    ListField("is", lambda _: None, "word", ("is", "är"), spellings=_flags, written=False),
    ListField("uid", lambda view: str(view.uid), names=("uid",), rank=lambda view: view.uid),
)
BY_KEY = {field.key: field for field in FIELDS}
