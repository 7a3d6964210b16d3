"""The fields of each action with their kinds and maximum lengths, and the check of a form (docs/wires.md)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from specter_tui.sandbox.server.switches import Switches
from specter_tui.sandbox.specter.form_decoding import Form
from specter_tui.sandbox.specter.refusals import MISSING_FIELD, Refusal, malformed

LONGEST = 255
"""The maximum where none is documented."""

KINDS = {
    "text": re.compile(r".*", re.DOTALL),
    "integer": re.compile(r"[0-9]{1,12}"),
    "decimal": re.compile(r"-?[0-9]{1,12}(\.[0-9]+)?"),
    "flag": re.compile(r"[01]"),
    "form": re.compile(r"[CP]"),
    "date": re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"),
    "currency": re.compile(r"[A-Z]{3}"),
    "country": re.compile(r"[A-Z]{2}"),
    "language": re.compile(r"SE|EN|NO|DA|FI|DE|ES"),
    "answer": re.compile(r"[012]"),
}
ROW_NAME = re.compile(r"(?P<name>[a-z]+)_(?P<number>[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One field: its name as documented, its kind, its maximum length in characters."""

    name: str
    kind: str = "text"
    longest: int = LONGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTable:
    """The fields of one action, by name in lower case."""

    fields: Mapping[str, Rule]
    rows: Mapping[str, Rule] = field(default_factory=dict)
    """The fields of one row, which are sent as name_1, name_2 and so on."""
    needed: tuple[str, ...] = ()
    needed_in_rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A form that matches its table, with names as documented."""

    fields: dict[str, str]
    rows: list[dict[str, str]]


def rules(spelled: str) -> dict[str, Rule]:
    """Return the rules of a list like `name:text:100 currency:currency`, by name in lower case."""
    made = []
    for word in spelled.split():
        name, kind, longest, *_ = [*word.split(":"), "", ""]
        made.append(Rule(name, kind or "text", int(longest or LONGEST)))
    return {rule.name.lower(): rule for rule in made}


COMMON = rules("action sbmId:integer apiUserId key useXML:answer")

CUSTOMER = FieldTable(
    fields=COMMON
    | rules(
        "forceCustomerUpdate:flag ignoreControlEmail:flag ignoreControlOrgNo:flag customerId:integer"
        " identifyByCustomerId:flag name::100 firstName::50 surName::50 contactPerson attention"
        " customerOrganizationalForm:form customerGroupId:integer orgNo::20 vatNo::30 homepage::50"
        " emailAddress::100 phoneNo::50 mobileNo::50 faxNo currency:currency language:language invoiceCompanyName"
        " address addressRow2 zipCodeEng city countryCode:country region deliveryCompanyName deliveryAttention"
        " deliveryAddress deliveryAddressRow2 deliveryZipCodeEng deliveryCity deliveryCountryCode:country"
        " deliveryregion"
    ),
    needed=("emailAddress", "customerOrganizationalForm"),
)

ORDER = FieldTable(
    fields=COMMON
    | rules(
        "customerId:integer externalOrderNo ignoreExternalOrderNoControl:flag customerOrderReference::50"
        " customerReference::70 orderDate:date deliveryDate:date currency:currency language:language"
        " stocksiteid:integer webshopId:integer payTypeIdentifier payTypeReference payTypeIdentifierPaySystemUser"
        " isPrepayment:flag internalComment publishedComment requirements sendOrderMail:flag"
        " sendOrderMailToUser:flag userSource externalDeliveryMethod::100 preparedShipmentId"
        " notifyDeliveryByMobile:flag notifyDeliveryMobileNo"
    ),
    rows=rules(
        "articleNo articleName articleComment priceExclVAT:decimal noOfItems:decimal vatPercent:decimal"
        " discount:decimal"
    ),
    needed=("customerId",),
    needed_in_rows=("articleNo", "priceExclVAT", "noOfItems", "vatPercent"),
)

ARTICLE = FieldTable(
    fields=COMMON | rules("forceArticleUpdate:flag addSupplier:flag"),
    rows=rules(
        "articleNo name priceExclVAT:decimal vatPercent:decimal buyPrice:decimal stockPrice:decimal barCode"
        " productWeight:decimal productVolume:decimal createArticleStock:flag noItemsInStock:decimal supplierNo"
        " supplierName supplierArticleNo supplierBuyPrice:decimal manufacturingCountryCode:country"
    ),
    needed_in_rows=("articleNo",),
)

ACCOUNT = FieldTable(
    fields=COMMON
    | rules("date:date actionStockChange actionNewInvoice actionRemoveOrder actionArticleChange actionOrderChange"),
    needed=("date",),
)

BATCH_FIELDS = COMMON | rules("batchNo::100")
BATCH = FieldTable(fields=BATCH_FIELDS, needed=("batchNo",))
STOCK_BATCH = FieldTable(fields=BATCH_FIELDS | rules("getMultipleStocksites:flag"), needed=("batchNo",))
CLEAR = FieldTable(fields=BATCH_FIELDS | rules("clearSelf:flag"), needed=("batchNo",))


def checked(form: Form, table: FieldTable, switches: Switches = Switches()) -> Checked:
    """Return `form` as fields and rows; refuse unknown, malformed, long and missing values, and gaps in rows."""
    fields: dict[str, str] = {}
    rows: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        row = ROW_NAME.fullmatch(name)
        if name in table.fields:
            rule = table.fields[name]
            fields[rule.name] = fitting(name, value, rule, switches)
        elif row and row["name"] in table.rows:
            rule = table.rows[row["name"]]
            number = int(row["number"])
            rows.setdefault(number, {})[rule.name] = fitting(name, value, rule, switches, number)
        else:
            raise malformed(f"unknown field {name}")
    if sorted(rows) != list(range(1, len(rows) + 1)):
        raise malformed("the rows are not numbered 1, 2, 3 without a gap")
    in_order = [rows[number] for number in sorted(rows)]
    refuse_missing(table, fields, in_order)
    return Checked(fields, in_order)


def fitting(name: str, value: str, rule: Rule, switches: Switches, row: int = 0) -> str:
    """Return `value` if it matches its rule. Only a text may be empty."""
    is_known = rule.longest != LONGEST or rule.name.lower() in COMMON
    longest = rule.longest if is_known else switches.text_length
    if len(value) > longest and switches.long_text == "refused":
        raise malformed(f"{name} is longer than {longest} characters", row)
    value = value[:longest]
    if not KINDS[rule.kind].fullmatch(value):
        raise malformed(f"{name} is no {rule.kind}: {value!r}", row)
    return value


def refuse_missing(table: FieldTable, fields: Mapping[str, str], rows: list[dict[str, str]]) -> None:
    """Refuse a form that lacks a required field."""
    for name in table.needed:
        if not fields.get(name):
            raise Refusal(MISSING_FIELD, f"{name} is missing")
    if table.rows and not rows:
        raise Refusal(MISSING_FIELD, "there are no rows")
    for number, row in enumerate(rows, 1):
        for name in table.needed_in_rows:
            if not row.get(name):
                raise Refusal(MISSING_FIELD, f"{name}_{number} is missing", number)
