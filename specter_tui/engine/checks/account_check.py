"""Test a set-up before the first order: both connections, and everything that would block orders later."""

import os
from collections.abc import AsyncIterator

from specter_tui.abicart.catalog_models import PaymentMethod, in_language
from specter_tui.abicart.errors import ShopError, ShopOutOfReach
from specter_tui.config.settings import Settings
from specter_tui.engine.articles.number_check import check_article_numbers
from specter_tui.engine.checks.findings import Finding
from specter_tui.engine.checks.reading_check import check_reading
from specter_tui.engine.monitoring.alerting import Alerter, can_send
from specter_tui.engine.monitoring.alerting import kind_of as kind_of_url
from specter_tui.engine.outcome_texts import barred, outcome_text
from specter_tui.engine.service import ShopService
from specter_tui.errors import translate_error
from specter_tui.http.proxy import unused_proxy
from specter_tui.i18n import Texts, t
from specter_tui.journal.errors import QueueShared, QueueWaits
from specter_tui.journal.repositories.halts import Halts
from specter_tui.journal.repositories.probe_facts import ProbeSteps
from specter_tui.planning.article_numbers import is_good_number
from specter_tui.planning.orders.payment_kinds import kind_of, looks_like, pay_type_of, pay_types

BASE_CURRENCY = "SEK"
_TOLD = "check"
"""The step under which the journal keeps that a person was told of the account test's triggers."""
_SEEMS = {"gift_card": "ORDER__GIFT_CARD_METHODS", "cod": "ORDER__COD_METHODS"}
_SEEMS_TEXTS = Texts({"gift_card": "a gift card", "cod": "cash on delivery"}, context="a kind of payment")


async def check_all(service: ShopService, *, test_account: bool = True) -> list[Finding]:
    """Check everything; an unreachable side is a finding, and the other checks are still made."""
    language = service.context.settings.ui.language
    account = (
        await _specter(service) if test_account else Finding("problem", "Specter", outcome_text("not_tested", language))
    )
    findings = [account, *await _sending(service)]
    try:
        findings += [finding async for finding in _shop(service)]
    except ShopError as error:
        findings.append(
            Finding("problem", "shop", translate_error(error.message, language), isinstance(error, ShopOutOfReach))
        )
    findings.append(Finding("note", "buyers", _buyers()))
    findings += await _queues(service)
    findings += _service_articles(service.context.settings)
    findings += _mails(service.context.settings)
    findings += _proxy(service.context.settings)
    findings += await _alerts(service.context.settings)
    return findings


def _buyers() -> str:
    return t(
        "where another shop or another program sends to the same Specter account, two orders of one buyer can meet "
        "there and be put on each other's customer: send from one shop at a time"
    )


async def triggers_unsettled(service: ShopService) -> bool:
    """Return whether nobody knows yet that the account test leaves this API user's triggers alone."""
    steps = await service.context.journal(ProbeSteps.all, service.context.settings.accounts)
    return not any(step.step in (_TOLD, "C1") and step.result != "refused" for step in steps)


async def settle_triggers(service: ShopService) -> None:
    """Record that a person was told what the account test may do, so that it is not said again."""
    accounts = service.context.settings.accounts
    if await service.context.journal(ProbeSteps.begin, accounts, _TOLD):
        await service.context.journal(ProbeSteps.end, accounts, _TOLD, "", "done", {}, {})


async def _specter(service: ShopService) -> Finding:
    if await service.account.check():
        return Finding("ok", "Specter", t("answers, and accepts the keys"))
    refused = service.account.refused
    return Finding("problem", "Specter", refused or service.account.closed or t("gives no usable answer"), not refused)


async def _sending(service: ShopService) -> list[Finding]:
    """Return problems with a stop or a halt, which keep every program on the journal from sending."""
    await service.emergency_stop.look()
    halt = await service.context.journal(Halts.current)
    found = [service.emergency_stop.why, barred(halt, service.context.settings.ui) if halt else ""]
    return [Finding("problem", "sending", why) for why in found if why]


async def _shop(service: ShopService) -> AsyncIterator[Finding]:
    context, language = service.context, service.context.settings.abicart.language
    webshop = await context.shop.webshop(context.settings.abicart.webshop)
    yield Finding("ok", "shop", t("answers: {name}").format(name=in_language(webshop.name, language) or webshop.uid))
    if webshop.base_currency == BASE_CURRENCY:
        yield Finding("ok", "currency", t("the shop's base currency is {currency}").format(currency=BASE_CURRENCY))
    else:
        text = t("the shop's base currency is {currency}; Specter needs {needed}")
        yield Finding("problem", "currency", text.format(currency=webshop.base_currency, needed=BASE_CURRENCY))
    for method in await context.shop.payment_methods():
        if method.active:
            yield _payment(method, context.settings, language)
    for way in await context.shop.delivery_methods():
        if way.unreadable:
            text = t("delivery method {uid} cannot be read ({why})").format(uid=way.uid or "?", why=way.unreadable)
            yield Finding("problem", "delivery", text)
            continue
        name = in_language(way.name, language) or "?"
        text = t('"{name}": enter {uid} as Extern nyckel on its delivery method in Specter')
        yield Finding("note", "delivery", text.format(name=name, uid=way.uid))
    yield await _orders(service)
    async for finding in check_reading(context):
        yield finding
    checked = await check_article_numbers(context)
    if checked.problems:
        text = t("{bad} of the numbers of {articles} articles cannot go to Specter")
        text = text.format(bad=len(checked.problems), articles=checked.checked)
        yield Finding("problem", "article numbers", text)
    else:
        yield Finding(
            "ok", "article numbers", t("{articles} articles, every number is good").format(articles=checked.checked)
        )


async def _orders(service: ShopService) -> Finding:
    """Check the count of orders. A difference that a person accepted is still a problem here, elsewhere a warning."""
    await service.auto_export.poll()
    first = service.auto_export.first_look
    if first.counted is None:
        return Finding("note", "orders", t("the shop does not count its orders; two looks found the same"))
    if first.counted != first.found:
        text = t("the shop counts {counted}, {found} are here; look for the missing ones in the shop")
        return Finding("problem", "orders", text.format(counted=first.counted, found=first.found))
    return Finding("ok", "orders", t("the shop counts {counted}, and as many are here").format(counted=first.counted))


def _payment(method: PaymentMethod, settings: Settings, language: str) -> Finding:
    name = f'"{in_language(method.name, language) or method.type}" ({method.uid}, {method.type})'
    kind = kind_of(method, settings.order)
    if kind == "gift_card":
        return Finding("ok", "payment", t("{name} is a gift card").format(name=name))
    seems = looks_like(method, settings.order)
    if seems == "unreadable":
        text = t(
            "payment method {uid} cannot be read ({why}); its orders are blocked until it "
            "is in ORDER__GIFT_CARD_METHODS, ORDER__COD_METHODS or ORDER__PAYMENT_TYPES (an empty type will do)"
        )
        return Finding("problem", "payment", text.format(uid=method.uid or "?", why=method.unreadable))
    if seems:
        text = t(
            "{name} looks like {kind}; its orders are blocked until {uid} is in {setting}, "
            "or in ORDER__PAYMENT_TYPES (an empty type will do) if it is an ordinary payment"
        )
        text = text.format(name=name, kind=_SEEMS_TEXTS[seems], uid=method.uid, setting=_SEEMS[seems])
        return Finding("problem", "payment", text)
    types = pay_types(settings.order)
    if kind == "cod" and not types:
        return Finding("ok", "payment", t("{name} is cash on delivery").format(name=name))
    code = pay_type_of(method.uid, method, types)
    if not types:
        text = t("{name} is sent without a payment type: ORDER__PAYMENT_TYPES is empty")
        return Finding("note", "payment", text.format(name=name))
    if code is None:
        text = t("{name} has no payment type in ORDER__PAYMENT_TYPES; its orders are blocked")
        return Finding("problem", "payment", text.format(name=name))
    text = t("{name} is sent as {code}") if code else t("{name} is sent without a payment type")
    return Finding("ok", "payment", text.format(name=name, code=code))


def _service_articles(settings: Settings) -> list[Finding]:
    findings = []
    for kind in ("delivery", "payment_fee", "cod", "discount", "gift_card", "rounding"):
        number, name = getattr(settings.order, f"article_{kind}"), f"ORDER__ARTICLE_{kind.upper()}"
        if number and not is_good_number(number):
            text = t("{name} is {number}, which Specter cannot take; orders that need it are blocked")
            findings.append(Finding("problem", "service article", text.format(name=name, number=repr(number))))
        elif number:
            text = t("{name} is {number}; it must exist in Specter").format(name=name, number=number)
            findings.append(Finding("ok", "service article", text))
        else:
            text = t("{name} is not set; orders that need it are blocked").format(name=name)
            findings.append(Finding("note", "service article", text))
    return findings


async def _queues(service: ShopService) -> list[Finding]:
    """Check for other programs with the same API user: they would take each other's stock and deliveries."""
    settings, shared = service.context.settings, service.context.shared.queues
    use = shared.use_of(settings)
    if not use.user:
        return []
    try:
        await shared.refuse_sharers(settings, service.context.journal, use)
    except QueueShared as error:
        return [
            Finding(
                "note" if error.with_us else "problem", "queues", translate_error(error.message, settings.ui.language)
            )
        ]
    except QueueWaits as error:
        return [Finding("problem", "queues", translate_error(error.message, settings.ui.language))]
    others = ", ".join(str(shop) for shop in sorted(use.shops - {settings.abicart.webshop}))
    if not others:
        return [Finding("ok", "queues", t("no other shop is known to fetch by this API user"))]
    text = t("shared with shop {others}: stock and deliveries are fetched while one program serves all of them")
    return [Finding("ok", "queues", text.format(others=others))]


def _proxy(settings: Settings) -> list[Finding]:
    name = unused_proxy(os.environ)
    if not name or settings.http.proxy:
        return []
    text = t(
        "{name} in the environment is not read; if the way out is through a proxy, write its address to HTTP__PROXY"
    )
    return [Finding("note", "proxy", text.format(name=name))]


async def _alerts(settings: Settings) -> list[Finding]:
    """Send a test to each address of ALERT__URLS, since a wrong one is silent when it is needed."""
    urls = settings.alert.urls
    if not urls:
        return []
    if not can_send():
        return [Finding("problem", "alert", outcome_text("no_apprise", settings.ui.language))]
    language = settings.ui.language
    title = outcome_text("alert_test_title", language, shop=settings.abicart.webshop)
    taken = await Alerter(urls).send(title, outcome_text("alert_test", language))
    return [
        Finding("ok", "alert", t("{kind} took a test alert").format(kind=kind_of_url(url)))
        if took
        else Finding(
            "problem", "alert", t("{kind} did not take a test alert; look at ALERT__URLS").format(kind=kind_of_url(url))
        )
        for url, took in zip(urls, taken, strict=True)
    ]


def _mails(settings: Settings) -> list[Finding]:
    """Remind of the shop's own mails, which only a person can switch off."""
    told = (
        (settings.order.confirm_customer, t("the customer")),
        (settings.order.confirm_admin, t("the administrator")),
    )
    text = t("Specter mails the confirmation to {who}: switch the shop's own mail to {who} off")
    return [Finding("note", "mail", text.format(who=who)) for on, who in told if on]
