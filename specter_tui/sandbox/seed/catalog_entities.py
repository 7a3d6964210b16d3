"""The shop's catalogue as entities: articles, variants with choices and options, and article groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from specter_tui.sandbox.arithmetic import ore
from specter_tui.sandbox.seed.random_source import dice
from specter_tui.sandbox.seed.wares import CHOICES, GROUPS, WARES, Option, Ware, WareChoice
from specter_tui.sandbox.shop.article_prices import reprice
from specter_tui.sandbox.shop.shop_store import PACKAGE, Document

FIRST_ARTICLE = 171_000_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """An article or a variant that can be put in a basket."""

    article: int
    number: str
    name: str
    price: Decimal
    """In SEK including VAT."""
    rate: Decimal
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeededCatalog:
    """All articles and variants of the shop."""

    articles: list[Document] = field(default_factory=list)
    variants: list[Document] = field(default_factory=list)
    sold: list[Sold] = field(default_factory=list)


def catalogue(size: int, seed: int, variants: int | None = None) -> SeededCatalog:
    """Return `size` articles: the realistic ones first, then generated ones.

    `variants` is the number of variants of each article that is not a package; None uses the table of wares.
    """
    models = model_choice(variants or 0)
    chance = dice(seed, "stock")
    catalog = SeededCatalog()
    for n, ware in enumerate(islice(all_wares(), size)):
        uid = FIRST_ARTICLE + n
        article = article_document(ware, uid, chance.randint(0, 90))
        choice = CHOICES.get(ware.choice) if variants is None else models
        if choice is not None and choice.options and article["type"] != PACKAGE:
            add_variants(catalog, article, ware, choice, chance.randint(1, 30))
        else:
            catalog.sold.append(Sold(article=uid, number=ware.number, name=ware.name, price=ware.price, rate=ware.rate))
        catalog.articles.append(article)
    fill_packages(catalog.articles)
    return catalog


def all_wares() -> Iterator[Ware]:
    """Yield the realistic wares, then generated ones without end."""
    yield from WARES
    n = len(WARES)
    while True:
        n += 1
        yield Ware(
            f"REST-{n:05}",
            f"Restparti {n}",
            Decimal(19 + n % 400),
            Decimal("0.25"),
            "Övrigt",
            100 + n % 900,
            choice="size" if n % 10 == 0 else "",
            managed=n % 25 != 0,
        )


def model_choice(number: int) -> WareChoice:
    """Return a choice between that many models, numbered from 1."""
    return WareChoice(4125200, "Modell", tuple(Option(70618000 + n, str(n), str(n)) for n in range(1, number + 1)))


def article_document(ware: Ware, uid: int, stock: int) -> Document:
    """Return one article, not yet with variants. Its price is stored including VAT."""
    price = {"SEK": ware.price, "EUR": ore(ware.price / 11)}
    group = 5_205_001 + list(GROUPS).index(ware.group)
    slug = f"artikel-{uid}"
    article = {
        "uid": uid,
        "created": "2024-02-01T08:00:00Z",
        "changed": "2026-09-01T08:00:00Z",
        "articleNumber": ware.number,
        "name": {"sv": ware.name},
        "description": {"sv": f"<p>{ware.name}</p>"},
        "ean": f"73100{uid % 10**7:07}0",
        "weight": ware.weight,
        "type": PACKAGE if ware.group == "Paket" else "Standard",
        "price": {"regular": price},
        "vatRate": ware.rate,
        "vatIsIncluded": True,
        "showPricesIncludingVat": True,
        "stock": {
            "show": True,
            "useStock": ware.managed,
            "stock": stock if ware.managed else 0,
            "hideUnstocked": False,
        },
        "hasChoices": False,
        "quantityInfo": {"type": "integer", "minimum": 1, "default": 1, "divisibleBy": 1},
        "articlegroup": group,
        "showInArticlegroups": [group],
        "draft": False,
        "hidden": False,
        "isBuyable": True,
        "presentationOnly": False,
        "images": [f"https://kvistfors.example.se/{slug}.jpg"],
        "url": {"sv": f"https://kvistfors.example.se/{slug}.html"},
        "baseName": {"sv": slug},
        "numberSold": 0,
    }
    reprice(article)
    return article


def add_variants(catalog: SeededCatalog, article: Document, ware: Ware, choice: WareChoice, stock: int) -> None:
    """Give the article one variant for each option of its choice; each has its own number and stock.

    Each shoe variant has a bar code, and the largest shoe its own weight; other values are the article's.
    """
    entries = []
    for n, option in enumerate(choice.options):
        uid, number = article["uid"] * 10 + n, f"{ware.number}-{option.code}" if ware.number else ""
        held = stock + n if ware.managed else 0
        chosen = {str(choice.uid): str(option.uid)}
        overrides: Document = {"articleNumber": number, "stock": held}
        if choice is CHOICES["shoe"]:
            overrides["ean"] = f"73101{uid % 10**7:07}0"
        if option is CHOICES["shoe"].options[-1]:
            overrides["weight"] = ware.weight + 150
        entries.append({"uid": uid, "definedBy": chosen, "overrides": overrides})
        catalog.variants.append({"uid": uid, "article": article["uid"], "articleNumber": number, "stock": held})
        catalog.sold.append(
            Sold(
                article=article["uid"],
                number=number,
                name=f"{ware.name} {option.name}",
                price=ware.price,
                rate=ware.rate,
                choices=chosen,
            )
        )
    article |= {"hasChoices": True, "choices": [choice.uid], "variants": entries}
    article["choiceOptions"] = {str(choice.uid): [option.uid for option in choice.options]}
    article["stock"]["stock"] = sum(entry["overrides"]["stock"] for entry in entries)


def fill_packages(articles: list[Document]) -> None:
    """Put two ordinary articles into each package."""
    singles = [article["uid"] for article in articles if article["type"] != PACKAGE and not article["hasChoices"]]
    for article in articles:
        if article["type"] == PACKAGE:
            article["content"] = singles[:2]


def choice_entities(models: int = 0) -> tuple[list[Document], list[Document]]:
    """Return the choices and their options."""
    listed = [*CHOICES.values(), model_choice(models)]
    choices = [
        {
            "uid": choice.uid,
            "type": "enum",
            "name": {"sv": choice.name},
            "mandatory": True,
            "options": [option.uid for option in choice.options],
        }
        for choice in listed
        if choice.options
    ]
    options = [{"uid": option.uid, "name": {"sv": option.name}} for choice in listed for option in choice.options]
    return choices, options


def group_entities() -> list[Document]:
    """Return the article groups."""
    return [
        {"uid": 5_205_001 + n, "name": {"sv": name}, "parent": None, "hidden": False} for n, name in enumerate(GROUPS)
    ]
