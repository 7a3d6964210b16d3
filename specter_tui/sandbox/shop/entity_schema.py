"""The keys of each class of the shop: their kinds, the writable ones, and references to other classes.

From docs/wires.md (the shop's classes). Any other key is unknown: a query or a patch that names it is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal["text", "number", "integer", "flag", "time", "ref", "refs", "object", "objects", "map", "list"]
"""JSON kinds; `ref` and `refs` hold uids of another class, `map` has free keys (languages, currencies, choices)."""


@dataclass(frozen=True, slots=True)
class EntityField:
    """One key of a class."""

    kind: Kind
    of: str = ""
    """The class of a reference."""
    parts: Mapping[str, "EntityField"] = field(default_factory=dict)
    """The keys inside an object."""
    open: bool = False
    """True if an object may hold further scalar keys."""
    writable: bool = False


Fields = Mapping[str, EntityField]

TEXT, NUMBER, INTEGER, FLAG, TIME = (
    EntityField("text"),
    EntityField("number"),
    EntityField("integer"),
    EntityField("flag"),
    EntityField("time"),
)
MAP, LIST = EntityField("map"), EntityField("list")


def ref(of: str) -> EntityField:
    """Return a key that holds one uid of class `of`, or null."""
    return EntityField("ref", of=of)


def refs(of: str) -> EntityField:
    """Return a key that holds a list of uids of class `of`."""
    return EntityField("refs", of=of)


def nested(**parts: EntityField) -> EntityField:
    """Return a key that holds an object."""
    return EntityField("object", parts=parts)


def listed(**parts: EntityField) -> EntityField:
    """Return a key that holds a list of objects."""
    return EntityField("objects", parts=parts)


def opened(one: EntityField) -> EntityField:
    """Return the field of an object that allows further scalar keys."""
    return replace(one, open=True)


def write(one: EntityField) -> EntityField:
    """Return `one`, and everything inside it, as writable."""
    return replace(one, writable=True, parts={key: write(part) for key, part in one.parts.items()})


def locked(one: EntityField) -> EntityField:
    """Return `one`, and everything inside it, as read-only."""
    return replace(one, writable=False, parts={key: locked(part) for key, part in one.parts.items()})


COST = nested(currency=TEXT, exVat=NUMBER, incVat=NUMBER, vat=NUMBER, vatRate=NUMBER)
DISCOUNT = {
    "name": TEXT,
    "discount": INTEGER,
    "exVat": NUMBER,
    "incVat": NUMBER,
    "vat": NUMBER,
    "vatRate": NUMBER,
    "rate": NUMBER,
}
STREET = {"address": TEXT, "address2": TEXT, "postcode": TEXT, "town": TEXT, "country": TEXT}

ORDER: Fields = {
    "uid": INTEGER,
    "orderNumber": TEXT,
    "externalOrderNumber": write(TEXT),
    "ordered": TIME,
    "changed": TIME,
    "customer": write(
        nested(
            info=opened(nested(type=TEXT, email=TEXT, nin=TEXT, vatNumber=TEXT)),
            address=nested(company=TEXT, firstName=TEXT, lastName=TEXT, **STREET, phone=TEXT, phoneMobile=TEXT),
            deliveryAddress=nested(copyAddress=FLAG, name=TEXT, company=TEXT, **STREET, phoneMobile=TEXT),
        )
    ),
    "currency": TEXT,
    "exchangeRate": NUMBER,
    "costs": nested(cart=COST, payment=COST, shipment=COST, total=COST),
    "discountInfo": listed(**DISCOUNT, type=TEXT),
    "items": refs("OrderItem"),
    "payments": refs("Payment"),
    "delivery": write(nested(method=ref("DeliveryMethod"))),
    "paymentStatus": TEXT,
    "deliveryStatus": write(TEXT),
    "discarded": write(FLAG),
    "note": write(TEXT),
    "language": TEXT,
    "hasVat": FLAG,
    "affiliate": INTEGER,
}

ORDER_ITEM: Fields = {
    "uid": INTEGER,
    "order": ref("Order"),
    "article": ref("Article"),
    "articleNumber": TEXT,
    "articleName": TEXT,
    "choices": MAP,
    "costs": nested(unit=COST, total=COST),
    "discountInfo": nested(**DISCOUNT),
    "revenueShare": nested(suborder=INTEGER, supplier=INTEGER, exVat=NUMBER, incVat=NUMBER, vat=NUMBER, vatRate=NUMBER),
    "download": TEXT,
}

PAYMENT: Fields = {
    "uid": INTEGER,
    "method": ref("PaymentMethod"),
    "status": write(TEXT),
    "amount": NUMBER,
    "externalRef": TEXT,
    "externalData": write(MAP),
    "params": write(MAP),
}

PAYMENT_METHOD: Fields = {
    "uid": INTEGER,
    "active": FLAG,
    "name": MAP,
    "description": MAP,
    "position": INTEGER,
    "fee": MAP,
    "type": TEXT,
    "disableDeliveryAddress": FLAG,
    "mailOnChange": FLAG,
    "limitToCurrencies": LIST,
    "orderCostRange": MAP,
    "orderStatus": INTEGER,
    "params": MAP,
}

DELIVERY_METHOD: Fields = {
    "uid": INTEGER,
    "name": MAP,
    "description": MAP,
    "limitToCustomergroups": LIST,
    "freeDeliveryMinimumSpend": MAP,
    "preferred": FLAG,
    "allowBulky": FLAG,
    "allowCod": FLAG,
    "codCountry": TEXT,
    "rates": LIST,
}

ARTICLE: Fields = {
    "uid": INTEGER,
    "created": TIME,
    "changed": TIME,
    "articleNumber": write(TEXT),
    "name": write(MAP),
    "description": write(MAP),
    "introductionText": write(MAP),
    "deliveryInfo": write(MAP),
    "ean": write(TEXT),
    "sku": write(TEXT),
    "weight": write(NUMBER),
    "unit": write(MAP),
    "type": TEXT,
    "price": nested(regular=write(MAP), current=MAP, specialOffer=write(MAP)),
    "pricing": LIST,
    "vatRate": write(NUMBER),
    "vatIsIncluded": FLAG,
    "showPricesIncludingVat": FLAG,
    "stock": write(nested(useStock=FLAG, stock=NUMBER, show=FLAG, hideUnstocked=FLAG)),
    "hasChoices": FLAG,
    "choices": refs("ArticleChoice"),
    "choiceOptions": write(MAP),
    "choiceOptionPrices": write(MAP),
    "choiceSchema": MAP,
    "variants": listed(uid=INTEGER, definedBy=MAP, overrides=MAP),
    "quantityInfo": MAP,
    "articlegroup": write(ref("Articlegroup")),
    "showInArticlegroups": write(refs("Articlegroup")),
    "draft": write(FLAG),
    "hidden": write(FLAG),
    "isBuyable": FLAG,
    "presentationOnly": write(FLAG),
    "priceInquiryRequired": write(FLAG),
    "freeFreight": write(FLAG),
    "isBulky": write(FLAG),
    "news": write(FLAG),
    "images": write(LIST),
    "attachments": LIST,
    "url": MAP,
    "baseName": write(MAP),
    "articleTemplate": write(INTEGER),
    "attributes": write(MAP),
    "customerGroupVariants": MAP,
    "orderedWithArticles": refs("Article"),
    "relationLists": LIST,
    "numberSold": INTEGER,
    "content": refs("Article"),
}

ARTICLE_VARIANT: Fields = {
    "uid": INTEGER,
    "article": ref("Article"),
    "articleNumber": write(TEXT),
    "stock": write(NUMBER),
    "image": write(TEXT),
}

SHIPMENT: Fields = {
    "uid": INTEGER,
    "type": TEXT,
    "shipmentMethod": write(ref("DeliveryMethod")),
    "trackingUrl": write(TEXT),
    "documentUrl": write(TEXT),
    "packageCount": write(NUMBER),
    "items": refs("ShipmentItem"),
    "services": write(MAP),
    "events": write(LIST),
}

WEBSHOP: Fields = {
    "uid": INTEGER,
    "name": MAP,
    "type": TEXT,
    "edition": TEXT,
    "companyInfo": MAP,
    "companyNumber": TEXT,
    "baseCurrency": TEXT,
    "activeCurrencies": LIST,
    "defaultLanguage": TEXT,
    "priceStoredWithVat": FLAG,
    "vatSupport": FLAG,
    "showPricesIncludingVat": FLAG,
    "vatCountry": TEXT,
    "url": MAP,
    "contactEmail": TEXT,
    "defaultDeliveryCountry": TEXT,
    "created": TIME,
}

JSON_TYPES: dict[Kind, str] = {
    "text": "string",
    "time": "string",
    "number": "number",
    "integer": "integer",
    "flag": "boolean",
    "ref": "integer",
    "refs": "array",
    "objects": "array",
    "list": "array",
    "object": "object",
    "map": "object",
}


def schema_of(fields: Fields, *, is_open: bool = False) -> dict[str, object]:
    """Return the JSON Schema, third draft, of an object with these keys."""
    properties = {key: property_of(one) for key, one in fields.items()}
    return {"type": "object", "properties": properties, "additionalProperties": is_open}


def property_of(one: EntityField) -> dict[str, object]:
    """Return the JSON Schema of one key."""
    known: dict[str, object] = {"type": JSON_TYPES[one.kind], "readonly": not one.writable}
    if one.kind == "object":
        return known | schema_of(one.parts, is_open=one.open)
    if one.kind in ("refs", "objects", "list"):
        return known | ({"items": {"type": "integer"}} if one.kind == "refs" else {"items": {}})
    return known


CLASSES: dict[str, Fields] = {
    "Order": ORDER,
    "OrderItem": ORDER_ITEM,
    "Payment": PAYMENT,
    "PaymentMethod": PAYMENT_METHOD,
    "DeliveryMethod": DELIVERY_METHOD,
    "Article": ARTICLE,
    "ArticleVariant": ARTICLE_VARIANT,
    "ArticleChoice": {
        "uid": INTEGER,
        "type": TEXT,
        "name": MAP,
        "description": MAP,
        "mandatory": FLAG,
        "options": refs("ArticleChoiceOption"),
    },
    "ArticleChoiceOption": {"uid": INTEGER, "name": MAP, "price": MAP},
    "Articlegroup": {"uid": INTEGER, "name": MAP, "parent": ref("Articlegroup"), "hidden": FLAG, "url": MAP},
    "Shipment": SHIPMENT,
    "ShipmentItem": {"uid": INTEGER, "shipment": ref("Shipment"), "orderItem": ref("OrderItem"), "quantity": NUMBER},
    "Webshop": WEBSHOP,
    "Language": {"uid": TEXT, "active": FLAG, "defaultCurrency": TEXT},
}
