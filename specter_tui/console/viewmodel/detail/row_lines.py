"""The rows of an order as lines: both sides beside each other where the width allows, else one above the other."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from specter_tui.console.viewmodel.detail.order_sides import GOODS, OrderSideRow
from specter_tui.console.viewmodel.detail.row_pairs import Pair, RowDifference, Verdict
from specter_tui.console.viewmodel.formats import money, number, price
from specter_tui.console.viewmodel.styled_text import Line, Span, Tone, span
from specter_tui.console.widgets.columns import Column, fit
from specter_tui.console.widgets.row_list import cell
from specter_tui.i18n import Texts, t
from specter_tui.text.service_names import SERVICE_WORDS

ROW_KINDS = Texts(SERVICE_WORDS)


SIDE_BY_SIDE = 96
"""The fewest columns in which both sides fit beside each other."""
_SIGN = 3
_SIGNS: dict[Verdict, tuple[str, Tone]] = {
    "same": ("", "muted"),
    "differs": ("≠", "warn"),
    "only_shop": ("+", "warn"),
    "only_specter": ("−", "warn"),
    "rounding": ("~", "muted"),
}
Cells = Mapping[str, Span]


def both_sides(pairs: Sequence[Pair], titles: tuple[str, str], width: int) -> Iterator[Line]:
    """Yield the shop's rows and Specter's, with a sign where they differ."""
    if width >= SIDE_BY_SIDE:
        yield from _beside(pairs, titles, width)
    else:
        yield (span(titles[0], "title"),)
        yield from one_side(tuple(pair.shop for pair in pairs if pair.shop), width)
        yield ()
        yield (span(titles[1], "title"),)
        signed = [(pair.specter, pair.verdict) for pair in pairs if pair.specter]
        yield from one_side([row for row, _ in signed], width, verdicts=[verdict for _, verdict in signed])


def one_side(
    rows: Sequence[OrderSideRow], width: int, *, specter: bool = False, verdicts: Sequence[Verdict] = ()
) -> Iterator[Line]:
    """Yield the rows of one side with a heading. With `verdicts` each row has a sign before it."""
    specter = specter or bool(verdicts)
    signed = any(_SIGNS[verdict][0] for verdict in verdicts)
    fitted = fit(_columns(rows, specter=specter), width - (2 if signed else 0))
    yield (*((span("  ", "muted"),) if signed else ()), *_head(fitted))
    for place, row in enumerate(rows):
        sign, tone = _SIGNS[verdicts[place]] if signed else ("", "plain")
        yield (*((span(f"{sign:<2}", tone),) if signed else ()), *_cells(row, fitted, specter=specter))


def difference_lines(found: Sequence[RowDifference], currency: str, *, sent: bool) -> Iterator[Line]:
    """Yield the differences of the sides as sentences."""
    for one in found:
        sign, tone = _SIGNS[one.verdict]
        named = ROW_KINDS.get(one.key, one.key) or t("(none)")
        yield span(f"{sign} ", tone), span(f"{named}: ", "strong"), span(_words(one, currency, sent))


def _words(one: RowDifference, currency: str, sent: bool) -> str:
    if one.goods and one.verdict == "only_shop":
        text = (
            t("{quantity} in the shop now, and none was sent")
            if sent
            else t("{quantity} in the shop, and none in the form")
        )
        return text.format(quantity=number(one.shop_quantity))
    if one.goods and one.verdict == "only_specter":
        return t("{quantity} was sent, and none is in the shop now").format(quantity=number(one.specter_quantity))
    if one.goods and one.shop_quantity != one.specter_quantity:
        text = (
            t("{shop} in the shop now, {specter} was sent") if sent else t("{shop} in the shop, {specter} in the form")
        )
        return text.format(shop=number(one.shop_quantity), specter=number(one.specter_quantity))
    shop = money(one.shop_gross or Decimal(0), currency)
    specter = money(one.specter_gross or Decimal(0), currency)
    return t("{shop} in the shop, {specter} in Specter").format(shop=shop, specter=specter)


def _beside(pairs: Sequence[Pair], titles: tuple[str, str], width: int) -> Iterator[Line]:
    left_width = (width - _SIGN) * 9 // 20
    right_width = width - _SIGN - left_width
    left = fit(_columns([pair.shop for pair in pairs if pair.shop], specter=False), left_width)
    right = fit(_columns([pair.specter for pair in pairs if pair.specter], specter=True), right_width)
    gap = " " * _SIGN
    shop_title = cell(titles[0], left_width, "left")
    yield span(shop_title, "title"), span(gap), span(titles[1], "title")
    yield (*_head(left), span(gap), *_head(right))
    for pair in pairs:
        sign, tone = _SIGNS[pair.verdict]
        yield (
            *(_cells(pair.shop, left, specter=False) if pair.shop else (span(" " * left_width),)),
            span(f" {sign or ' '} ", tone),
            *(_cells(pair.specter, right, specter=True) if pair.specter else ()),
        )


def _head(fitted: Sequence[tuple[Column, int]]) -> Line:
    return tuple(
        span(f"{' ' if index else ''}{cell(column.title, size, column.align)}", "muted")
        for index, (column, size) in enumerate(fitted)
    )


def _cells(row: OrderSideRow, fitted: Sequence[tuple[Column, int]], *, specter: bool) -> Line:
    told = _texts(row)
    return tuple(
        span(
            f"{' ' if index else ''}{cell(told[column.key], size, column.align)}",
            _tone(row, column.key, specter=specter),
        )
        for index, (column, size) in enumerate(fitted)
    )


def _columns(rows: Sequence[OrderSideRow], *, specter: bool) -> list[Column]:
    """Return the columns: numbers as wide as needed, the text with the rest, discounts only if there are any."""
    texts = [_texts(row) for row in rows]

    def widest(key: str, title: str, most: int = 14) -> int:
        return min(most, max(len(title), *(len(row[key]) for row in texts))) if texts else len(title)

    columns = [
        Column("article", t("Article"), widest("article", t("Article"))),
        Column("text", t("Text"), 8, flex=1, drop=1),
        Column("quantity", t("Qty"), widest("quantity", t("Qty")), align="right"),
    ]
    if specter:
        columns.append(Column("unit", t("Net price"), widest("unit", t("Net price")), align="right"))
        if any(row["discount"] for row in texts):
            columns.append(Column("discount", t("Disc."), 5, align="right", drop=3))
    return [
        *columns,
        Column("vat", t("VAT"), max(4, widest("vat", t("VAT"))), align="right", drop=0 if specter else 3),
        Column("gross", t("Sum"), widest("gross", t("Sum")), align="right", drop=2 if specter else 0),
    ]


def _texts(row: OrderSideRow) -> dict[str, str]:
    return {
        "article": row.article or ("" if row.kind != GOODS and row.unit is None else t("(none)")),
        "text": row.text or ROW_KINDS.get(row.kind, ""),
        "quantity": "?" if row.quantity is None else number(row.quantity),
        "unit": "" if row.unit is None else price(row.unit),
        "discount": "" if row.discount is None else f"{number(row.discount)}%",
        "vat": t("mix") if row.vat is None else f"{number(row.vat)}%",
        "gross": "" if row.gross is None else number(row.gross, 2),
    }


def _tone(row: OrderSideRow, column: str, *, specter: bool) -> Tone:
    if not row.article and column == "article" and (specter or row.kind == GOODS):
        return "bad"
    return "plain" if row.kind == GOODS or column in ("unit", "gross", "quantity") else "muted"
