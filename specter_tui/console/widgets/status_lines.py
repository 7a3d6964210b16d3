"""The status lines: shop, Specter, mode, counts, polls, and the current message."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rich.cells import cell_len

from specter_tui.console.viewmodel.formats import age, clock, number, when
from specter_tui.console.viewmodel.shop_view_model import ShopViewModel
from specter_tui.console.viewmodel.state_styles import STATE_STYLES, StateStyle
from specter_tui.console.viewmodel.styled_text import Line, Span, Tone, span
from specter_tui.i18n import Texts, ngettext, t

if TYPE_CHECKING:
    from specter_tui.config.settings import Settings
    from specter_tui.engine.events import Progress, Reach

REACH = Texts(
    {
        "not_tried": "not tried",
        "ok": "answers",
        "out_of_reach": "out of reach",
        "refused": "refuses",
    }
)
TASKS = Texts(
    {
        "look": "Fetching orders",
        "export": "Exporting",
        "articles": "Reading article numbers",
        "write_back": "Writing numbers to the shop",
        "article_export": "Exporting articles",
        "numbers": "Writing article numbers",
        "stock": "Writing stock to the shop",
    }
)


_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_REACH: "dict[Reach, tuple[str, Tone]]" = {
    "not_tried": ("◌", "muted"),
    "ok": ("●", "good"),
    "out_of_reach": ("▲", "warn"),
    "refused": ("✗", "bad"),
}
LEVEL_TONES: dict[str, Tone] = {"information": "plain", "warning": "warn", "error": "bad"}
LEVEL_SIGNS = {"information": "·", "warning": "▲", "error": "✗"}
_BAR = 16
_WHOLE_RATES = 10


def first_line(model: ShopViewModel, width: int) -> tuple[Line, Line]:
    """Return shop, Specter and mode, and for the right end the polls. In a narrow line, good states have no word."""
    if model.settings is None:
        return (
            span(f" {t('specter-tui')} ", "title"),
            span(model.banner, "warn"),
            span(f"  {t('starting …')}", "muted"),
        ), ()
    left: Line = ()
    right: Line = ()
    for wordy, both in ((True, True), (False, True), (False, False)):
        left, right = (
            (kind_span(model), span("  "), *_ends(model, wordy=wordy), mode_span(model)),
            _looks(model, both=both),
        )
        if sum(len(text) for text, _ in (*left, *right)) < width:
            break
    return left, right


def _ends(model: ShopViewModel, *, wordy: bool) -> Iterator[Span]:
    """Yield shop and Specter with their reach; the journal's server only if it is not reached."""
    assert model.settings is not None  # noqa: S101 - the caller looked
    for who, name, shown in (
        ("shop", t("Shop"), model.shop or str(model.settings.abicart.webshop)),
        ("specter", t("Specter"), str(model.settings.specter.sbm_id)),
    ):
        told = model.reach.get(who)
        reach = told.reach if told else "not_tried"
        sign, tone = _REACH[reach]
        yield span(f"{name} {shown} ")
        halted = told is not None and told.halted
        if halted and reach == "refused":
            yield span(f"{sign} {t('wrong key: nothing is sent')}", tone)
        else:
            yield span(f"{sign} {REACH[reach]}" if wordy or reach != "ok" else sign, tone)
            if halted:
                yield span(f" {t('halted')}", "bad")
        yield span("  ")
    told = model.reach.get("journal")
    if told is not None and told.reach != "ok":
        sign, tone = _REACH[told.reach]
        yield span(f"{t('Journal')} ")
        yield span(f"{sign} {REACH[told.reach]}", tone)
        yield span("  ")


def kind_span(model: ShopViewModel) -> Span:
    """Return the word for test or production."""
    if model.banner:
        return span(f" {model.banner} ", "warn")
    real = _is_real(model)
    return span(f" {t('LIVE')} " if real else f" {t('TEST')} ", "title" if real else "warn")


def kind_of(model: ShopViewModel) -> tuple[Span, bool]:
    """Return test or production as a sentence for a question, and True for production."""
    if model.settings is None:
        return span(""), False
    if model.banner or not _is_real(model):
        return span(f"{t('TEST')}: {t('nothing here is real')}", "muted"), False
    shop, account = model.settings.abicart.webshop, model.settings.specter.sbm_id
    return span(
        f"{t('LIVE')}: {t('shop {shop} and Specter {specter} are real').format(shop=shop, specter=account)}", "title"
    ), True


def _is_real(model: ShopViewModel) -> bool:
    """Return whether shop and Specter are on other machines; a sandbox is on this one."""
    assert model.settings is not None  # noqa: S101 - the callers looked
    return not is_test(model.settings)


def is_test(settings: "Settings") -> bool:
    """Return whether no real customer is affected: the shop or Specter is on this machine."""
    return any(urlsplit(address).hostname in _LOOPBACK for address in (settings.abicart.url, settings.specter.url))


def mode_span(model: ShopViewModel) -> Span:
    """Return whether orders are sent automatically, and by which program; first that this console only shows."""
    if model.read_only and model.stop is None:
        by = f" · {t('auto: {by}').format(by=model.auto_by)}" if model.auto_by else ""
        return span(f"■ {t('READ ONLY')}{by}", "warn")
    if model.stop is not None:
        return span(f"■ {t('STOPPED by {by}').format(by=f'{model.stop.operator}@{model.stop.host}')}", "bad")
    if model.inactive:
        return span(f"■ {t('SENDING OFF')}", "warn")
    if model.auto_by:
        return span(f"▶ {t('auto: {by}').format(by=model.auto_by)}", "ready")
    return span(f"▶ {t('AUTO ON')}", "ready") if model.auto_on else span(f"‖ {t('auto off')}", "muted")


def _looks(model: ShopViewModel, *, both: bool) -> Line:
    if model.looked_at is None:
        return (span(f"{t('not updated yet')} ", "muted"),)
    shop = model.reach.get("shop")
    if model.lean and model.settings is not None and model.next_at is not None and (shop is None or shop.reach == "ok"):
        return (span(f"{t('updates every {pause}').format(pause=age(model.settings.watch.interval))} ", "muted"),)
    texts = [t("updated {at}").format(at=clock(model.looked_at, model.frame.zone, seconds=True))]
    if both and model.next_at is not None:
        texts.append(t("next {at}").format(at=clock(model.next_at, model.frame.zone, seconds=True)))
    return (span(f"{' · '.join(texts)} ", "muted"),)


def counts_line(model: ShopViewModel, width: int) -> Line:
    """Return the number of orders in each state, urgent ones first, with the sum and the oldest open one.

    A narrow line has signs without words.
    """
    counts = model.standing.counts
    found = sorted(
        ((STATE_STYLES[state], count) for state, count in counts.items() if count), key=lambda pair: pair[0].rank
    )
    if drift := len(model.goods.drift.open):
        found.insert(0, (StateStyle("drift", "≠", "warn", -1), drift))
    if rows := len(model.goods.stock_rows.open):
        found.insert(0, (StateStyle("stock_rows", "#", "warn", -1), rows))
    if not found:
        return (span(f" {t('no orders')}" if model.looked_at else "", "muted"),)
    left = len(model.todo)
    todo = (
        span(f" {t('{count} to do').format(count=left)}", "strong" if left else "good") if model.looked_at else span("")
    )
    parts: list[Span] = []
    oldest = tuple(_oldest(model))
    ends = (
        ((_sum(model, wordy=True), *oldest), len(found)),
        *(((_sum(model, wordy=False), *oldest), worded) for worded in range(len(found), -1, -1)),
        (oldest, 0),
        ((), 0),
    )
    for end, worded in ends:
        parts = [todo]
        for place, (look, count) in enumerate(found):
            parts.append(span(f" {look.sign} {count}", look.tone))
            parts.append(span(f" {look.word_of(count)} " if place < worded else " ", "muted"))
        parts += end
        if sum(len(text) for text, _ in parts) <= width:
            break
    return tuple(parts)


def overdue(model: ShopViewModel) -> bool:
    """Return whether the oldest open order is older than ALERT__AFTER."""
    waits = model.standing.waits(model.frame.now)
    return waits is not None and model.settings is not None and waits >= model.settings.alert.after


def _sum(model: ShopViewModel, *, wordy: bool) -> Span:
    """Return the number of orders, compared with the shop's count."""
    standing = model.standing
    if standing.adds_up is None:
        return span(f" {t('= {count}').format(count=standing.total)} ", "muted")
    if standing.adds_up:
        if _is_stale(model):
            text = t("= {count} in the shop at {at}") if wordy else "= {count}"
        else:
            text = t("= {count}, same as in the shop") if wordy else t("= {count} ✓")
        return span(f" {text.format(count=standing.total, at=clock(model.looked_at, model.frame.zone))} ", "muted")
    text = t("▲ {known} known, the shop counts {in_shop}") if wordy else t("▲ {known}/{in_shop}")
    return span(f" {text.format(known=standing.known, in_shop=standing.in_shop)} ", "warn")


def _is_stale(model: ShopViewModel) -> bool:
    """Return whether the shop has not answered since it counted."""
    shop = model.reach.get("shop")
    return shop is not None and shop.reach not in ("ok", "not_tried")


def _oldest(model: ShopViewModel) -> Iterator[Span]:
    """Yield the age of the oldest open order; on a slow terminal its start, which does not change."""
    waits, oldest = model.standing.waits(model.frame.now), model.standing.oldest
    if waits is None or oldest is None:
        return
    late, frame = overdue(model), model.frame
    since = when(oldest.ordered, frame.now, frame.zone)
    text = t("oldest since {at}").format(at=since) if model.lean else t("oldest {age}").format(age=age(waits))
    yield span(f" {'▲' if late else '·'} {text} ", "warn" if late else "muted")


def where_line(place: int, count: int) -> Line:
    """Return the cursor's place in the list."""
    return (span(f"{t('{place} of {count}').format(place=place + 1, count=count)} ", "muted"),) if count else ()


def talk_line(model: ShopViewModel, *, explained: Line, grace: float, unsent: int, hidden: bool) -> Line:
    """Return the current message: shutdown, an answer, running work, a problem, or the line under the cursor."""
    if model.leaving:
        text = _leaving(model, grace)
        if unsent:
            text += " " + ngettext(
                "{count} that was asked for is not sent.", "{count} that were asked for are not sent.", unsent
            ).format(count=unsent)
        return (span(f" {text}", "warn"),)
    if model.held:
        held = ngettext(
            "{count} order goes to Specter in {seconds} s.", "{count} orders go to Specter in {seconds} s.", model.held
        ).format(count=model.held, seconds=model.held_seconds)
        return span(f" ‖ {held} ", "warn"), span(t("esc stops it"), "strong")
    if hidden:
        return (span(f" {t('Names are hidden; press any key to see them.')}", "muted"),)
    if model.words and not (model.begun and model.progress):
        tone = LEVEL_TONES[model.level]
        return span(f" {LEVEL_SIGNS[model.level]} ", tone), span(model.words, tone)
    if model.stop is not None:
        return span(" ■ ", "bad"), span(model.stopped, "bad"), span(f" {t('S lets it go on.')}", "strong")
    if model.progress:
        return tuple(progress_spans(next(reversed(model.progress.values()))))
    return _trouble(model) or ((span(" "), *explained) if explained else ())


def _trouble(model: ShopViewModel) -> Line:
    """Return the problem of shop, Specter or journal, or of the orders read."""
    for told in model.reach.values():
        if told.text and told.reach != "ok":
            sign, tone = _REACH[told.reach]
            return span(f" {sign} ", tone), span(told.text, tone)
    if model.gap is not None:
        text = t("The shop counts {counted} orders, {found} are here.").format(
            counted=model.gap.counted, found=model.gap.found
        )
        return span(" ▲ ", "warn"), span(text, "warn"), span(f" {t('r accepts that.')}", "strong")
    return (span(" ▲ ", "warn"), span(model.doubt, "warn")) if model.doubt else ()


def _leaving(model: ShopViewModel, grace: float) -> str:
    if model.in_flight and model.leaving_asked_again:
        return t("Still finishing {orders}; cutting it off would leave it unknown. Please wait.").format(
            orders=", ".join(model.in_flight)
        )
    if model.in_flight:
        return t("Leaving when these are finished: {orders}. At most {seconds} s.").format(
            orders=", ".join(model.in_flight), seconds=max(0, round(grace))
        )
    journal = model.reach.get("journal")
    if journal is not None and journal.reach != "ok":
        return t("Leaving: waits for the journal, which does not answer. At most {seconds} s.").format(
            seconds=max(0, round(grace))
        )
    return t("Leaving: no new work is taken …")


def progress_spans(progress: "Progress") -> Iterator[Span]:
    """Yield the progress of long work: count, bar, rate and time left, as far as they are known."""
    task = TASKS[progress.task]
    if not progress.total:
        yield span(f" » {t('{task}: {done}').format(task=task, done=progress.done)}", "busy")
    else:
        filled = min(_BAR, _BAR * progress.done // progress.total)
        yield span(
            f" » {t('{task}: {done} of {total}').format(task=task, done=progress.done, total=progress.total)} ", "busy"
        )
        yield span("━" * filled, "ready")
        yield span("╌" * (_BAR - filled), "muted")
    if progress.failed:
        yield span(
            f"  {ngettext('{count} not done', '{count} not done', progress.failed).format(count=progress.failed)}",
            "bad",
        )
    if progress.rate:
        yield span(f"  {t('{rate}/s').format(rate=_rate(progress.rate))}", "muted")
    if progress.seconds_left is not None:
        left = age(timedelta(seconds=max(1.0, progress.seconds_left)))
        yield span(f"  {t('{left} left').format(left=left)}", "muted")


def sign_at(line: Line, x: int) -> tuple[str, str] | None:
    """Return the key and the name at a place of the footer, or None between two."""
    start = 0
    for place, (text, _) in enumerate(line):
        if place and start <= x < start + cell_len(text.rstrip()):
            key = place if place % 2 else place - 1
            return line[key][0], line[key + 1][0]
        start += cell_len(text)
    return None


def _rate(rate: float) -> str:
    """Return a rate per second; small ones with one decimal."""
    return number(Decimal(str(round(rate, 0 if rate >= _WHOLE_RATES else 1))))
