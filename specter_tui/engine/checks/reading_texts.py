"""Texts of the check about how orders are read, and what is known of the two accounts."""

READING_TEXTS: dict[str, str] = {
    "check_no_orders": "there is no order since ORDER__SINCE, so no whole one was read",
    "check_none_read": "none of {count} orders can be read: {problem}",
    "check_read_whole": "{count} orders are read whole",
    "check_no_changed": (
        "the shop does not filter orders by /changed: open ones are read at each look, edits of others later"
    ),
    "check_no_number": (
        "the shop does not filter orders by /orderNumber: one that is not known here is found by its uid"
    ),
    "check_by_offset": "{method} does not follow /uid and sort: it is read by offset",
    "check_by_get": "{method} does not follow /uid with in: documents are read by get",
    "check_schema_without": "the shop's {name} has no {keys}",
    "check_read_only": "the shop's {name}.{field} is read-only: it will not be written",
    "check_facts_used": "the shop is read as the probe found: {facts}",
    "check_facts_unsure": "seen by specter-tui probe, but the account had too little to be sure: {facts}",
    "check_facts_assumed": "assumed until specter-tui probe has seen it: {facts}",
    "check_setting_differs": ("{name} is set to {value}, but the account was seen to have {seen}; the setting counts"),
    "check_not_named": "{name} does not name {types}, which the shop was seen to have",
    "check_address_on_card": (
        "Specter takes the delivery address from the customer's card until the parcel leaves: send an order to another "
        "address of the same buyer when the earlier one is delivered"
    ),
    "check_whole_kronor": "Specter rounds totals to whole kronor: orders that are not in whole kronor are held",
}
