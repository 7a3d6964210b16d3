"""Rules of a patch beyond its keys, and the changes that follow from one (docs/wires.md, stock)."""

from copy import deepcopy
from typing import Any

from specter_tui.sandbox.shop.article_prices import reprice
from specter_tui.sandbox.shop.entity_schema import CLASSES
from specter_tui.sandbox.shop.order_edits import settle
from specter_tui.sandbox.shop.patches import merge
from specter_tui.sandbox.shop.shop_store import PACKAGE, Document, Shop

Patch = dict[str, Any]


def breaches(shop: Shop, name: str, entity: Document, patch: Patch) -> list[dict[str, str]]:
    """Return the reasons why this entity cannot be written so, each with a pointer into the patch."""
    if name == "ArticleVariant" and "stock" in patch:
        article = shop.entity("Article", entity["article"])
        return [] if article["stock"]["useStock"] else [{"message": "no stock management", "pointer": "/stock"}]
    if name == "Article" and "stock" in patch.get("stock", {}):
        why = no_stock(entity, patch["stock"])
        return [{"message": why, "pointer": "/stock/stock"}] if why else []
    return []


def no_stock(article: Document, patch: Patch) -> str:
    """Return the reason why the article's own stock cannot be written; empty if it can."""
    if article.get("variants"):
        return "the stock is that of the variants"
    if article["type"] == PACKAGE:
        return "a package has no stock of its own"
    if not patch.get("useStock", article["stock"]["useStock"]):
        return "no stock management"
    return ""


def follow(shop: Shop, name: str, entity: Document, before: Document, patch: Patch) -> None:
    """Make the changes that follow from a written patch; `before` is the entity before it, one level deep."""
    if name == "Article" and patch.keys() & {"price", "vatRate"}:
        reprice(entity)
    if name == "ArticleVariant":
        shop.show_variant(entity)
    if name == "Payment":
        settle(shop, entity)
    if name == "Order" and entity["discarded"] != before["discarded"]:
        shop.take_all(entity, -1 if entity["discarded"] else 1)


def write_by_hand(shop: Shop, name: str, uid: int, patch: Patch) -> Document:
    """Write any keys of the class, as the shop's staff may; return a copy of the entity."""
    unknown = patch.keys() - CLASSES[name].keys()
    if unknown:
        raise KeyError(f"{name} has no {', '.join(sorted(unknown))}")
    with shop.lock:
        entity = shop.entity(name, uid)
        before = dict(entity)
        merge(entity, patch)
        follow(shop, name, entity, before, patch)
        shop.touch(entity)
        return deepcopy(entity)
