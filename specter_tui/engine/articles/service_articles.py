"""The six service articles: which are configured, and creating missing ones in Specter without overwriting any."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from specter_tui.config.settings import OrderSettings
from specter_tui.engine.articles.article_submission import ArticleSubmission
from specter_tui.engine.context import ShopContext
from specter_tui.engine.events import ServiceArticle, ServiceArticles
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.engine.specter_circuit import SpecterCircuit
from specter_tui.planning.article_numbers import is_good_number
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.specter.errors import Refused

# Name in Specter, and the VAT rate of the card; each row of an order has its own rate.
_KINDS: dict[str, tuple[str, Decimal]] = {
    "delivery": ("Frakt", Decimal(25)),
    "payment_fee": ("Betalningsavgift", Decimal(25)),
    "cod": ("Postförskott", Decimal(25)),
    "discount": ("Rabatt", Decimal(25)),
    "gift_card": ("Presentkort", Decimal(0)),
    "rounding": ("Öresavrundning", Decimal(0)),
}


def service_articles_set(settings: OrderSettings) -> ServiceArticles:
    """Return the six with their numbers from the settings."""
    return ServiceArticles(
        tuple(
            ServiceArticle(kind, f"ORDER__ARTICLE_{kind.upper()}", getattr(settings, f"article_{kind}") or "")
            for kind in _KINDS
        )
    )


async def create_service_articles(
    context: ShopContext, account: SpecterCircuit, closing: Callable[[], bool]
) -> ServiceArticles:
    """Send the configured ones, without stock and without overwriting. Raises SpecterFailure.

    Specter does not say which of them existed: all that it accepted exist now.
    """
    known = service_articles_set(context.settings.order).articles
    language = context.settings.ui.language
    outcome = {
        one.number: "" if is_good_number(one.number) else outcome_text("bad_suggestion", language, number=one.number)
        for one in known
        if one.number
    }
    taken: set[str] = set()

    async def on_sent(forms: Sequence[ArticleForm]) -> None:
        taken.update(form.number for form in forms)

    async def on_refused(form: ArticleForm, refusal: Refused) -> None:
        outcome[form.number] = refusal.text

    calls = ArticleSubmission(context.specter, account, closing, on_sent, on_refused, force=False)
    # Two settings may have the same article; it is sent once.
    forms = {one.number: _form(one) for one in reversed(known) if one.number and not outcome[one.number]}
    if forms:
        await calls.send(list(forms.values()))
    message = ServiceArticles(
        tuple(replace(one, created=one.number in taken, error=outcome.get(one.number, "")) for one in known)
    )
    context.emit(message)
    return message


def _form(one: ServiceArticle) -> ArticleForm:
    name, percent = _KINDS[one.kind]
    return ArticleForm(number=one.number, name=name, price=Decimal(0), vat_percent=percent, stock_managed=False)
