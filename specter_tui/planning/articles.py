"""Turn the shop's articles into Specter's article forms, one for each number, or say why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from specter_tui.abicart.catalog_models import Article, Variant, in_language
from specter_tui.planning.article_numbers import check_numbers, folded, is_good_number, own_number
from specter_tui.planning.money import ZERO, gross_factor, percent_of, to_ore
from specter_tui.planning.orders.findings import amount_text, percent_text
from specter_tui.planning.orders.preflight import LONGEST
from specter_tui.planning.problems import Problem
from specter_tui.specter.article_forms import ArticleForm
from specter_tui.text.latin1 import to_latin1
from specter_tui.text.sanitize import Shortened, joined, shortened_as, whole_length

_GRAMS = 1000
_WEIGHT_STEP = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class ArticleSkip:
    """An article or a variant that is not exported, with the reason."""

    article_uid: int
    variant_uid: int | None
    name: str
    number: str
    problem: Problem


class _Skip(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def article_forms(article: Article, base_currency: str, language: str) -> tuple[list[ArticleForm], list[ArticleSkip]]:
    """Return an article's forms, one or one for each variant, and what is skipped of it with its problem.

    Names are in `language`. The price is the regular one, excl. VAT in whole öre: an offer is temporary, and Specter's
    card has no date to end it by. Numbers shared with another article are found only by `check_numbers` over the whole
    catalogue.
    """
    name = in_language(article.name, language)
    problem = _problem_of_all(article, base_currency, language)
    if problem is not None:
        return [], [ArticleSkip(article.uid, None, name, article.article_number, problem)]
    forms, skips = [], []
    bad_numbers = _bad_numbers(article, language)
    for variant in article.variants or (None,):
        number = own_number(article, variant) if variant else article.article_number
        uid = variant.uid if variant else None
        made = bad_numbers.get(uid) or _form_or_problem(article, variant, number, base_currency, language)
        if isinstance(made, ArticleForm):
            forms.append(made)
        else:
            skips.append(ArticleSkip(article.uid, uid, name, number, made))
    return forms, skips


def _problem_of_all(article: Article, base_currency: str, language: str) -> Problem | None:
    if article.is_package:
        return Problem("package", "type", (("case", "article"), ("name", _named(article, language))))
    if base_currency.upper() != "SEK":
        # Specter would take the price for kronor.
        return Problem("currency", "Webshop/baseCurrency", (("case", "base"), ("currency", base_currency or "?")))
    return None


def _bad_numbers(article: Article, language: str) -> dict[int | None, Problem]:
    """Return the problems of the article's number (key None), or of its variants' numbers by variant uid."""
    numbers = [own_number(article, variant) for variant in article.variants] or [article.article_number]
    if all(map(is_good_number, numbers)) and len(set(map(folded, numbers))) == len(numbers):
        return {}
    return {bad.variant_uid: bad.problem for bad in check_numbers([article], language)}


def _form_or_problem(
    article: Article, variant: Variant | None, number: str, currency: str, language: str
) -> ArticleForm | Problem:
    try:
        return _form(article, variant, number, currency, language)
    except _Skip as skip:
        return skip.problem


def _form(article: Article, variant: Variant | None, number: str, currency: str, language: str) -> ArticleForm:
    own = variant.overrides if variant else None
    percent = percent_of(article.vat_rate)
    if percent is None:
        case = "article_missing" if article.vat_rate is None else "article"
        values = (("case", case), ("name", _named(article, language)), ("rate", percent_text(article.vat_rate)))
        raise _Skip(Problem("rate", "vatRate", values))
    stock = article.stock
    managed = stock is not None and stock.use_stock
    opening = None
    if stock is not None and managed:
        opening = stock.stock if own is None else own.stock
    return ArticleForm(
        number=number,
        name=_sendable("name", joined(", ", _names(article, variant, language))),
        price=_net_price(article, variant, percent, currency.upper(), language),
        vat_percent=percent,
        ean=_sendable("barCode", (own.ean if own else None) or article.ean),
        weight=_kilograms(article.weight if own is None or own.weight is None else own.weight),
        stock_managed=managed,
        opening_stock=opening,
    )


def _net_price(article: Article, variant: Variant | None, percent: Decimal, currency: str, language: str) -> Decimal:
    """Return the regular price with what the variant's options add, excl. VAT, in whole öre."""

    def skip(case: str, **values: str) -> _Skip:
        named = (("case", case), ("name", _named(article, language)), ("currency", currency), *values.items())
        return _Skip(Problem("price", f"price/regular/{currency}", named))

    price = article.price.regular.get(currency)
    if price is None:
        raise skip("missing")
    if article.vat_is_included is None and percent:
        raise skip("vat_unknown")
    for option in variant.defined_by.values() if variant else ():
        price += article.choice_option_prices.get(option, {}).get(currency, ZERO)
    if price < 0:
        raise skip("negative", amount=amount_text(price))
    return to_ore(price / gross_factor(percent) if article.vat_is_included else price)


def _names(article: Article, variant: Variant | None, language: str) -> Iterator[str]:
    """Yield the article's name, then the names of the variant's options in the order of the article's choices."""
    name = in_language(article.name, language)
    if not to_latin1(name).strip() and not isinstance(name, Shortened):
        raise _Skip(Problem("name", "name", (("case", "article"), ("number", article.article_number or "–"))))
    yield name
    if variant is None:
        return
    options = {(str(choice.uid), str(option.uid)): option for choice in article.choices for option in choice.options}
    order = {str(choice.uid): place for place, choice in enumerate(article.choices)}
    for choice, uid in sorted(variant.defined_by.items(), key=lambda chosen: order.get(chosen[0], len(order))):
        option = options.get((choice, uid))
        text = in_language(option.name, language) if option else ""
        if not text:
            raise _Skip(Problem("name", f"choices/{choice}", (("case", "option"), ("name", name), ("option", uid))))
        yield text


def _kilograms(grams: Decimal | None) -> Decimal | None:
    """Return the weight in kg with three decimals; None for no weight, so that Specter's own value is kept."""
    weight = ((grams or ZERO) / _GRAMS).quantize(_WEIGHT_STEP, ROUND_HALF_UP)
    return weight if weight > 0 else None


def _sendable(field: str, text: str) -> str:
    """Return the text in ISO-8859-1 characters. A text that is too long is a problem and is never cut."""
    if not text.isascii():
        text = shortened_as(text, " ".join(to_latin1(text).split()))
    if len(text) > LONGEST or isinstance(text, Shortened):
        values = (("case", "article"), ("length", str(whole_length(text))), ("longest", str(LONGEST)))
        raise _Skip(Problem("length", field, values))
    return text


def _named(article: Article, language: str) -> str:
    return in_language(article.name, language) or article.article_number or f"uid {article.uid}"
