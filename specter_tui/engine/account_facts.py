"""What the probe found of the shop, used where the program would guess. A setting given by a person goes before it."""

from collections.abc import Mapping
from dataclasses import replace

from specter_tui.abicart.catalog_models import folded
from specter_tui.abicart.jsonrpc import LARGEST_BATCH
from specter_tui.abicart.shop import ShopClient
from specter_tui.config.settings import Settings
from specter_tui.engine.outcome_texts import outcome_text
from specter_tui.journal.probe_models import Fact, FactName

USED: tuple[FactName, ...] = (
    "filter.changed",
    "filter.uid",
    "filter.order_number",
    "ends_inclusive",
    "count",
    "limit_largest",
    "batch_largest",
    "methods_selection",
    "company_key",
)
"""The facts that change how the shop is read; the others are about settings, or for the developers."""
OPEN: tuple[FactName, ...] = (
    *USED,
    "gift_card_types",
    "total_before_gift_card",
    "number_writable",
    "duplicate",
    "rounding",
    "address_on",
    "wrong_key_answer",
)
"""The facts that orders rest on; those that are not known are assumed."""

OF_COMPANIES_ALONE = frozenset({"customer.name", "customer.address.name", "customer.deliveryAddress.company"})
"""Places of a company's name that are read without a fact; of another buyer they hold something else."""


def use_facts(shop: ShopClient, facts: Mapping[str, Fact]) -> None:
    """Read the shop as the facts say, from now on."""
    known = {name: fact.value for name, fact in facts.items()}
    lists = shop.lists
    shop.filters_by_changed = known.get("filter.changed", "passes") == "passes"
    shop.filters_by_number = known.get("filter.order_number", "passes") == "passes"
    shop.counts = known.get("count", "passes") == "passes"
    if known.get("filter.uid", "passes") != "passes":
        lists.by_least_uid_at_first = False
    if known.get("ends_inclusive") is True:
        lists.ends_inclusive = True
    if is_size(known.get("limit_largest")):
        lists.largest = known["limit_largest"]
    if is_size(known.get("batch_largest")):
        shop.rpc.largest_batch = min(known["batch_largest"], LARGEST_BATCH)
    if isinstance(selection := known.get("methods_selection"), str):
        lists.selection = selection
    if isinstance(key := known.get("company_key"), str) and key not in OF_COMPANIES_ALONE:
        shop.reading = replace(shop.reading, company_key=key)


def is_size(value: object) -> bool:
    """Return whether a fact is a number of entries."""
    return type(value) is int and value > 0


def contradictions(settings: Settings, facts: Mapping[str, Fact]) -> list[str]:
    """Return a sentence for each setting that says otherwise than a fact; the setting counts."""
    known = {name: fact.value for name, fact in facts.items()}
    told = known.get("duplicate")
    answer = str(told.get("answer")) if isinstance(told, Mapping) else ""
    rounding = known.get("rounding")
    seen = {
        "rounding": None if rounding == "krona" else rounding,
        "price_decimals": known.get("price_decimals"),
        "refuses_duplicates": {"refused": True, "accepted": False}.get(answer),
    }
    given = {name: getattr(settings.specter, name) for name in seen if name in settings.specter.model_fields_set}
    language = settings.ui.language
    found = [
        outcome_text("check_setting_differs", language, name=f"SPECTER__{name.upper()}", value=said, seen=seen[name])
        for name, said in given.items()
        if seen[name] is not None and seen[name] != said
    ]
    return found + [
        outcome_text("check_not_named", language, name=name, types=", ".join(missing))
        for name, words, fact in (
            ("ORDER__GIFT_CARD_METHODS", settings.order.gift_card_methods, known.get("gift_card_types")),
            ("ORDER__COD_METHODS", settings.order.cod_methods, known.get("cod_types")),
        )
        if (missing := not_named(words, fact))
    ]


def not_named(words: tuple[str, ...], fact: object) -> list[str]:
    """Return the types or uids of a fact that a setting does not name."""
    named = {folded(word) for word in words}
    return [str(one) for one in fact if folded(str(one)) not in named] if isinstance(fact, list) else []
