"""Documents of the shop's catalogue: articles, methods of delivery and payment, the shop itself."""

import unicodedata
from functools import lru_cache
from typing import Annotated, Self

from pydantic import (
    Field,
    PlainValidator,
    ValidationInfo,
)

from specter_tui.abicart.fields import (
    ArticleNumber,
    Expanded,
    KnownOnly,
    Line,
    Many,
    Name,
    Number,
    OrEmpty,
    OrNothing,
    Prices,
    Uid,
    reading_of,
)
from specter_tui.abicart.models import Document
from specter_tui.abicart.texts_by_language import spoken


class Method(Document):
    """A method of payment or delivery."""

    uid: Uid
    name: Name = Field(default_factory=dict)
    unreadable: Annotated[str, PlainValidator(lambda _: "")] = ""
    """The reason why only the uid is known (0 where it is not known either); never the shop's word."""

    @classmethod
    def known_by_uid(cls, uid: int, problem: str) -> Self:
        """Return a method whose document cannot be read."""
        return cls(uid=uid).model_copy(update={"unreadable": problem})


class PaymentMethod(Method):
    """A payment method of the shop."""

    active: bool = True
    type: Line = ""

    def is_one_of(self, types_or_uids: tuple[str, ...]) -> bool:
        """Return whether a setting names its type or its uid."""
        return str(self.uid) in types_or_uids or folded(self.type) in _folded_words(types_or_uids)


class DeliveryMethod(Method):
    """A delivery method of the shop."""


class Stock(Document):
    """An article's stock; without `use_stock` the number means nothing."""

    use_stock: bool = False
    stock: Number | None = None


class VariantOverrides(Document):
    """A variant's own values; missing ones are the article's. The weight is in grams."""

    article_number: ArticleNumber | None = None
    ean: Line | None = None
    weight: Number | None = None
    stock: Number | None = None


class Variant(Document):
    """One combination of an article's choices."""

    uid: Uid
    defined_by: OrEmpty[dict[str, Line]] = Field(default_factory=dict)
    overrides: OrEmpty[VariantOverrides] = Field(default_factory=VariantOverrides)


class Price(Document):
    """An article's regular prices by currency, special offers excluded (wires: A-price)."""

    regular: Prices = Field(default_factory=dict)


class ChoiceOption(Document):
    """An option of a choice, such as red or XL."""

    uid: Uid
    name: Name = Field(default_factory=dict)


class Choice(Document):
    """A choice of an article, such as colour or size."""

    uid: Uid
    type: Line = ""
    name: Name = Field(default_factory=dict)
    options: OrNothing[Many[Expanded[ChoiceOption]]] = ()


def _is_package(content: object, info: ValidationInfo) -> bool:
    """Return whether an article has contents, or its type, read before, is one of ORDER__PACKAGE_TYPES."""
    return bool(content) or folded(info.data.get("type", "")) in _folded_words(reading_of(info.context).package_types)


class Article(Document):
    """An article of the catalogue. The weight is in grams; `vat_rate` is a fraction (0.25)."""

    uid: Uid
    article_number: ArticleNumber = ""
    name: Name = Field(default_factory=dict)
    type: Line = ""
    stock: Stock | None = None
    ean: Line = ""
    weight: Number | None = None
    price: OrEmpty[Price] = Field(default_factory=Price)
    vat_rate: Number | None = None
    vat_is_included: bool | None = None
    choices: OrNothing[Many[Expanded[Choice]]] = ()
    choice_option_prices: KnownOnly[dict[str, Prices]] = Field(default_factory=dict)
    """The amounts that options add to the price, by option uid."""
    variants: Many[Variant] = ()
    is_package: Annotated[bool, PlainValidator(_is_package)] = Field(False, alias="content", validate_default=True)
    """True for a bundle of other articles; bundles are not exported (wires: A-packages)."""


class Webshop(Document):
    """The shop itself."""

    uid: Uid
    name: Name = Field(default_factory=dict)
    base_currency: Line = ""
    default_language: Line = ""


def in_language(text: dict[str, str] | str, language: str) -> str:
    """Return a multilingual text in the given language, else in any that it has."""
    if isinstance(text, str):
        return text
    return text.get(spoken(language)) or next((words for words in text.values() if words), "")


@lru_cache(maxsize=64)
def _folded_words(words: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a setting, folded and cached, since each order is compared with them."""
    return frozenset(map(folded, words)) - {""}


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Return letters and digits alone, without case and accents, to compare words of types."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())
