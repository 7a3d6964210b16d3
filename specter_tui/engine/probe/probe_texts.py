"""The sentences of the probe: titles, questions, what steps found, and what is to be done."""

from specter_tui.engine.probe.order_texts import ORDER_TEXTS
from specter_tui.i18n import Language, translated

PROBE_TEXTS: dict[str, str] = {
    **ORDER_TEXTS,
    # What a step is about; said before its first call.
    "title_A1": "The shop: its name and base currency",
    "title_A2": "Methods of payment and delivery",
    "title_A3": "One order with every field that an export needs, and what the shop says of its own classes",
    "title_A4": "Filters, sorting and counting of orders",
    "title_A5": "How much one call may ask for",
    "title_A6": "Four calls that are wrong on purpose, to see how the shop refuses",
    "title_A7": "The last 50 orders: which fields are filled; no value is kept",
    "title_A8": "The same orders: the words of statuses and types, and whether payments add up",
    "title_A9": "The same orders planned as in a preview; nothing is sent",
    "title_A10": "Whether the shop would let order number, stock and delivery status be written; nothing is saved",
    "intro": "specter-tui {version} asks {shop}: one call at a time, a second apart. Nothing is changed unless a step "
    "says so and you agree. Meanwhile no other program on this journal sends anything. Ctrl-C ends it.",
    "does_reads": "reads",
    "does_writes_the_same_value": "writes the value that is there",
    "does_writes": "writes",
    "result_done": "done",
    "result_refused": "refused",
    "result_skipped": "skipped",
    "result_broken_off": "broken off",
    "summary": "It {does}: {result}. Calls: {count}.",
    "earlier": "{step} was done before: {result}",
    "not_mailed": "Read it before you mail it; nothing was mailed. The copy with “own” in its name is for you alone.",
    # Questions.
    "ask_shop": "Is this your shop: {name} ({uid})? [y/n]",
    "ask_again": "{step} was broken off. Do it again? [y/n]",
    "ask_gift_card": "Which of these is the gift card? Type its number (several with spaces), 0 for none, or Enter for "
    "those marked *:",
    "ask_cod": "Which of these is cash on delivery? Type its number (several with spaces), 0 for none, or Enter for "
    "those marked *:",
    "ask_own_fields": "The checkout has fields of its own: {fields}. Which names may be in the protocol that you mail? "
    "Type them with commas, Enter for none:",
    # Why the probe ended before its last step.
    "unwelcome_shop": "The shop refuses us: {why}. Correct ABICART__AUTH or ABICART__WEBSHOP, then repeat this step.",
    "too_fast": "The {who} asks for a pause (429). Wait an hour, then repeat this step.",
    "too_many_calls": "The probe has made {most} calls, the most that it may make.",
    "stop_lost": "Someone has ended the stop, so that other programs may send: the probe ends here. Begin it again.",
    "another_probe": "{operator} on {host} runs a probe on this journal; wait until it has ended.",
    "begun_elsewhere": "Another program has begun {step}; wait until it has ended.",
    "wrong_shop": "You said that this is not your shop. Correct ABICART__WEBSHOP; nothing more was asked.",
    "call_refused": "A call was refused: {why}. The probe ends here; what that means is for the developers.",
    "out_of_reach": "No usable answer: {why}. Repeat this step when the other side answers.",
    "broken_off": "{step} was broken off. To repeat it: specter-tui probe --again {step}",
    "broken_off_writes": "{step} was broken off, and is not sent again. Look in Specter and in the shop what came of "
    "it.",
    "own_error": "An error of our own in {step}: {kind} at {place}",
    # The operator's own copy.
    "own_shop": "Shop {uid}: {name}",
    "own_payment": "Payment method {uid}, type {type}: {name}",
    "own_delivery": "Delivery method {uid}: {name}. Enter {uid} as Extern nyckel on its delivery method in Specter.",
    # A1
    "base_currency": "The shop's base currency is {currency}.",
    "base_currency_wrong": "The shop's base currency is {currency}, and Specter needs {needed}: change it in the shop.",
    "no_base_currency": "Webshop.get gives no baseCurrency.",
    "webshop_refused": "Webshop.get with uid, name, baseCurrency and defaultLanguage is refused (HTTP {status}, code "
    "{code}): {text}",
    "other_shop_answers": "Webshop.get answers with another shop's uid.",
    # A2
    "methods_selection": "Methods are listed with the selection “{selection}”: {payment} of payment, {delivery} of "
    "delivery.",
    "selection_refused": "{method} with the selection “{selection}” is refused (HTTP {status}, code {code}): {text}",
    "selection_shorter": "The selection “{selections}” lists fewer methods than “{best}”.",
    "methods_unlisted": "No selection lists the methods of payment and delivery.",
    "many_methods": "The shop has {count} methods, more than one page of ours.",
    "no_payment_methods": "The shop lists no payment method, so gift cards and cash on delivery are not known.",
    "payment_types": "Types of the {methods} payment methods: {types}",
    "types_struck": "{count} types of payment methods do not look like types and are left out here.",
    "methods_unreadable": "{count} payment methods cannot be read.",
    "no_such_kind": "Payment method {uid} looks like a gift card or cash on delivery, and you say that it is none: put "
    "it in ORDER__PAYMENT_TYPES with an empty type.",
    "new_gift_card_type": "Another word for a gift card: {types}",
    "new_cod_type": "Another word for cash on delivery: {types}",
    "types_skeleton": "If Specter is to get a payment type, fill in this and set it: ORDER__PAYMENT_TYPES={skeleton}",
    # A3
    "query": "{known} fields of an order can be asked for, {unknown} are refused.",
    "unknown_key": "Order.list refuses the field {key}.",
    "query_unsettled": "The query for an order is refused (HTTP {status}, code {code}), and no field was found that is "
    "at fault: {text}",
    "schema": "Fields of {name}: {keys}",
    "schemas_refused": "No schema of: {names}",
    "no_schemas": "The shop gives no schema of its classes (getSchema).",
    "read_only_by_schema": "Read-only by the schema of Order: {keys}",
    # A4
    "no_orders": "The shop shows no orders, so nothing could be tried.",
    "no_times": "No order has a time “{key}”, so this filter could not be tried.",
    "no_numbers": "No order has an order number, so this filter could not be tried.",
    "filter_passes": "The filter {filter} works.",
    "filter_refused": "The filter {filter} is refused.",
    "filter_ignored": "The filter {filter} is ignored: other orders come, too. That is worse than a refusal.",
    "filter_unsure": "The filter {filter} lets its order through, but there is no other order that it must keep out.",
    "filter_finds_nothing": "The filter {filter} does not find an order that has this value.",
    "operator_ignored": "The filter {filter} ignores {operator}.",
    "ends_inclusive": "min and max include their own second.",
    "ends_exclusive": "min and max leave out their own second.",
    "sort_passes": "Sorting by uid works.",
    "sort_refused": "Sorting by uid is refused (HTTP {status}, code {code}): {text}",
    "sort_ignored": "Sorting by uid is ignored.",
    "count": "The shop counts {total} orders.",
    "count_refused": "Order.count is refused (HTTP {status}, code {code}): {text}",
    "count_ignores_window": "Order.count ignores its filter.",
    "count_too_small": "Order.count says {counted}, and {found} orders are listed.",
    "time_form": "Times in “{key}” have the form {form}; {expected} was expected.",
    "carts_listed": "{count} of the listed orders have no time of placing: carts are among them.",
    "no_uids": "{count} of the listed orders have no uid that can be read.",
    "count_differs": "Order.count says {counted} for a window in which {found} orders are listed.",
    # A5
    "no_get": "There is no Order.get.",
    "limit_largest": "The longest list that was given at once: {largest} orders.",
    "limit_refused": "The limit {limit} is refused (HTTP {status}, code {code}): {text}",
    "limit_ignored": "The limit {limit} is ignored: {rows} orders came.",
    "limit_capped": "With the limit {limit} only {rows} orders come, though there are more.",
    "limit_small": "A page has {largest} orders at most, fewer than the {page} that we ask for; pages are read until "
    "nothing new comes.",
    "limit_unsure": "The shop has too few orders to show a limit above {largest}.",
    "batch_largest": "The most calls in one request that were answered: {largest}.",
    "batch_refused": "A request of {size} calls fails (HTTP {status}, code {code}): {text}",
    "batch_unordered": "The answers to one request come in another order than its calls; they are matched by id.",
    # A6
    "error_http_status": "Refusals come with the HTTP status {statuses}.",
    "wrong_key": "An unknown field: HTTP {status}, code {code}, pointer {pointer}: {text}",
    "wrong_filter": "An unknown filter: HTTP {status}, code {code}, pointer {pointer}: {text}",
    "wrong_method": "An unknown method: HTTP {status}, code {code}: {text}",
    "wrong_uid": "An order that does not exist: HTTP {status}, code {code}: {text}",
    "uid_exists": "Order 1 exists or is answered with nothing.",
    "wrong_key_passes": "An unknown field is not refused: that a field passes proves nothing.",
    "wrong_filter_passes": "An unknown filter is not refused: that a filter passes proves nothing.",
    "wrong_method_passes": "An unknown method is answered.",
    "passing_code": "A wrong {call} is refused with {code}, which we take for a passing error and try again.",
    "no_code": "The refusal of a wrong {call} (HTTP {status}) has no JSON-RPC code.",
    "other_code": "A wrong {call} is refused with {code}; {expected} was expected.",
    "content_type": "The refusal of a wrong {call} is not JSON by its content type.",
    # A7
    "orders_read": "{count} orders were looked at.",
    "orders_unread": "The last orders could not be read.",
    "descending_refused": "Sorting in falling order is refused.",
    "descending_ignored": "Sorting in falling order is ignored, so that older orders were looked at.",
    "own_fields": "The checkout has {count} fields of its own.",
    "own_fields_named": "Fields of the checkout's own: {fields}",
    "own_fields_struck": "{count} names of the checkout's own fields could be a person's and are left out.",
    "company_key": "A company's name is in {key}: {count} of {orders} orders.",
    "company_elsewhere": "A company's name is in {key} ({count} orders), where it is not looked for.",
    "company_nowhere": "{count} orders are of companies, and none has a company's name where it is looked for.",
    "company_maybe": "Filled for companies alone, so that a company's name may be there: {keys}",
    "no_companies": "None of the last orders is of a company, so the place of its name is not known.",
    "path": "{path}: {types}, {filled} of {orders}",
    "paths_unread": "Filled and not read by us: {paths}",
    "paths_struck": "{count} paths have names that could be a person's and are left out.",
    "unreadable": "{count} of {orders} orders cannot be read, because of {place}.",
    "other_type": "{path} comes as {types}; {expected} was expected.",
    "rate_in_percent": "vatRate is in per cent; a fraction, such as 0.25, was expected.",
    # A8
    "words": "Words in {key}: {words}",
    "words_struck": "{count} words in {key} do not look like words of a list and are left out here.",
    "new_words": "New words in {key}: {words}",
    "method_uses": "Payments by type: {uses}",
    "payments_apart": "Orders whose payments do not add up to the total: {count}.",
    "total_before_gift_card": "costs.total includes what a gift card paid.",
    "total_after_gift_card": "costs.total does not include what a gift card paid; such orders are held, since their "
    "sums do not agree.",
    "no_gift_cards_used": "None of the last orders was paid with a gift card, so it is not known whether costs.total "
    "includes it.",
    "articles_refused": "Article.list with uid, type and content is refused (HTTP {status}, code {code}): {text}",
    "package_types": "Article types that look like packages: {types}",
    "article_types": "Other article types: {types}. Their rows are sent as any article's.",
    # A9
    "plans": "Of {orders} orders {ready} are ready, {waiting} wait for payment, {held} are held.",
    "held": "Held because of “{code}”: {count} of {orders} orders. specter-tui preview ORDER says why.",
    "make_rate": "Must exist in Specter: VAT {rate} % for {country}, currency {currency}.",
    # A10
    "writable": "{name}.{key} may be written.",
    "not_writable": "{name}.{key} may not be written: {answer}",
    "number_locked": "The order's externalOrderNumber may not be written: the shop cannot show Specter's number.",
    "status_locked": "The order's deliveryStatus may not be written.",
    "stock_locked": "Stock may not be written.",
    "no_stock": "No article with stock management was found, so writing stock could not be tried.",
    "no_validation": "{name}.validate gives no answer to go by (HTTP {status}, code {code}): {text}",
}


def probe_text(code: str, language: Language, /, **values: object) -> str:
    """Return a sentence with its values; for a code that another version wrote, the code and its values."""
    if code not in PROBE_TEXTS:
        return " ".join([code, *map(str, values.values())])
    return translated(language, f"probe.{code}", PROBE_TEXTS[code]).format_map(values)
