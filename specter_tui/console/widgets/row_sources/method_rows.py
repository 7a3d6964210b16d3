"""The shop's delivery and payment methods with their Specter counterparts, and the six service articles, as rows."""

import json
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from specter_tui.console.viewmodel.detail.row_lines import ROW_KINDS
from specter_tui.console.viewmodel.list_model import ListModel, cell_field
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.styled_text import Line, Span, Tone, span
from specter_tui.console.widgets.columns import Column
from specter_tui.i18n import Texts, ngettext, t

if TYPE_CHECKING:
    from specter_tui.engine.events import DeliveryMethodInfo, PaymentMethodInfo, ServiceArticle

PAYMENT_SEEMS_EXPLAIN = Texts(
    {
        "gift_card": "{name} looks like a gift card. Orders paid with it are blocked until {uid} is "
        "in ORDER__GIFT_CARD_METHODS, or in ORDER__PAYMENT_TYPES if it is an ordinary "
        "payment.",
        "unreadable": "The payment method {name} cannot be read in the shop. Orders paid with it are "
        "blocked until {uid} is in ORDER__GIFT_CARD_METHODS or ORDER__COD_METHODS, or "
        "in ORDER__PAYMENT_TYPES if it is an ordinary payment.",
        "cod": "{name} looks like cash on delivery. Orders paid with it are blocked until {uid} is "
        "in ORDER__COD_METHODS, or in ORDER__PAYMENT_TYPES if it is an ordinary payment.",
    }
)


def columns() -> tuple[Column, ...]:
    """Return the columns."""
    return (
        Column("kind", t("Kind"), 9),
        Column("name", t("Name in the shop"), 26, flex=3),
        Column("uid", t("Uid"), 8, align="right", drop=1),
        Column("specter", t("In Specter"), 20, flex=2),
        Column("state", t("State"), 14),
    )


MethodRow = tuple[Mapping[str, Span], Line, str]
"""Cells, the row in full, and the text to copy."""


class MethodRows(ListModel):
    """The rows: delivery methods, payment methods with the unmapped first, service articles."""

    name = "methods"
    fields = (
        cell_field("kind", "kind", "slag"),
        cell_field("name", "name", "namn"),
        cell_field("uid", "uid"),
        cell_field("specter", "specter"),
        cell_field("state", "state", "status", "läge"),
    )

    def __init__(self, model: ShopViewModel) -> None:
        super().__init__()
        self._model = model
        self._rows: dict[Hashable, MethodRow] = {}

    @property
    def title(self) -> str:
        """The title with the number of payment methods without a type."""
        methods = self._model.goods.methods
        missing = sum(way.unmapped for way in methods.payments) if methods else 0
        return t("Delivery methods, payment methods, service articles") + (
            f" · {ngettext('{count} unmapped', '{count} unmapped', missing).format(count=missing)}" if missing else ""
        )

    def every(self) -> Sequence[Hashable]:
        """Return for each row its kind, with the uid or the setting."""
        self._rows = dict(self._all())
        return tuple(self._rows)

    @property
    def marks(self) -> Collection[Hashable]:
        """No rows can be marked here."""
        return ()

    @property
    def nothing(self) -> str:
        """The text of a list without any row."""
        return t("Reading the shop's methods …")

    def cells(self, key: Hashable) -> Mapping[str, Span]:
        """Return the cells of one method or service article."""
        return self._rows[key][0]

    def explain(self, key: Hashable) -> Line:
        """Return its purpose, and what to do about it."""
        return self._rows[key][1] if key in self._rows else ()

    def copy(self, key: Hashable) -> tuple[str, str]:
        """Return the uid, or the service article's setting."""
        text = self._rows[key][2] if key in self._rows else ""
        return text, t("Copied {text}.").format(text=text)

    def _all(self) -> Iterator[tuple[Hashable, MethodRow]]:
        goods = self._model.goods
        if goods.methods is None:
            return
        types = self._model.settings.order.payment_types if self._model.settings else {}
        payments = [(("payment", way.uid), _payment(way, types)) for way in goods.methods.payments]
        missing = sum(
            way.unmapped or way.seems is not None for way in goods.methods.payments
        )  # They come first, since their orders are blocked.
        yield from payments[:missing]
        for way in goods.methods.delivery:
            yield ("delivery", way.uid), _delivery(way)
        yield from payments[missing:]
        for article in goods.services.articles if goods.services else ():
            yield ("service", article.kind), _service(article)


def _delivery(way: "DeliveryMethodInfo") -> MethodRow:
    uid = str(way.uid)
    explained = (
        span("· ", "muted"),
        span(
            t("Enter {uid} as “Extern nyckel” of the delivery method in Specter that {name} is. y copies it.").format(
                name=way.name, uid=uid
            )
        ),
    )
    return _cells(t("delivery"), way.name, uid, t("Extern nyckel: {uid}").format(uid=uid), span("")), explained, uid


def setting_with(types: Mapping[str, str], uid: str) -> str:
    """Return the setting with this payment method added; TYPE is to be replaced."""
    return f"ORDER__PAYMENT_TYPES={json.dumps({**types, uid: t('TYPE')}, ensure_ascii=False)}"


def _payment(way: "PaymentMethodInfo", types: Mapping[str, str]) -> MethodRow:
    uid = str(way.uid)
    copied = setting_with(types, uid) if way.unmapped else uid
    sign, state, text, tone = (
        "·",
        t("none sent"),
        t("No payment type is sent with {name}: ORDER__PAYMENT_TYPES is empty."),
        "muted",
    )
    if not way.active:
        sign, state, text = "–", t("off in shop"), t("{name} is switched off in the shop.")
    elif way.gift_card:
        state, text = t("gift card"), t("{name} becomes a row of its own, with the article for gift cards.")
    elif way.seems:
        sign, state, text, tone = "▲", t("not recognised"), PAYMENT_SEEMS_EXPLAIN[way.seems], "warn"
    elif way.unmapped:
        sign, state, text, tone = (
            "▲",
            t("unmapped"),
            t(
                "Orders paid with {name} are blocked. y copies the setting, with its payment type in Specter for "
                "TYPE: {setting}"
            ),
            "warn",
        )
    elif way.code:
        sign, state, text, tone = "✓", t("mapped"), t("{name} is sent as payment type {code}."), "good"
    toned: Tone = tone  # type: ignore[assignment]  # one of those above.
    explained = span(f"{sign} ", toned), span(text.format(name=way.name, uid=uid, setting=copied, code=way.code))
    code = t("payment type {code}").format(code=way.code) if way.code else ""
    name = f"{way.name} ({way.type})" if way.type else way.name
    return _cells(t("payment"), name, uid, code, span(f"{sign} {state}", toned)), explained, copied


def _service(article: "ServiceArticle") -> MethodRow:
    name = ROW_KINDS.get(article.kind, article.kind)
    if article.error:
        state, text = span(f"✗ {t('refused')}", "bad"), article.error
    elif article.created:
        state, text = span(f"✓ {t('in Specter')}", "good"), t("{number} is in Specter.")
    elif article.number:
        state, text = (
            span(f"✓ {t('set')}", "good"),
            t("rows of this kind get the article {number}. ctrl+p creates it in Specter."),
        )
    else:
        state, text = span(f"◌ {t('not set')}", "warn"), t("names none; orders that need such a row are blocked.")
    explained = (
        span(f"{state[0][0]} ", state[1]),
        span(f"{article.setting}: "),
        span(text if article.error else text.format(number=article.number), "muted"),
    )
    return _cells(t("service"), name, "", article.number, state), explained, article.number or article.setting


def _cells(kind: str, name: str, uid: str, specter: str, state: Span) -> Mapping[str, Span]:
    return {
        "kind": span(kind, "muted"),
        "name": span(name),
        "uid": span(uid, "strong"),
        "specter": span(specter),
        "state": state,
    }
