"""The sentences of the steps that concern the Specter account, its queues, or one order."""

ORDER_TEXTS: dict[str, str] = {
    "title_C1": "The account test, which sends no order: keys, smbID, API user",
    "title_C2": "The account test with one wrong signature, once, and then the right one again",
    "title_C3": "A batch of orders and one of stock, kept in the journal",
    "title_B1": "The external number that the order shows, written again",
    "title_B2": "The stock of one article, read and written again at once",
    "title_D1": "The export of the order: customer and order, as always",
    "title_D2": "The customer of the order once more, with the same values",
    "title_D3": "The order once more, under the same number, to see whether Specter refuses it",
    "title_D3b": "Was there a copy? It is deleted now",
    "title_D4": "The sums on Specter's screen; nothing is sent",
    "title_D5": "TEST in the delivery address on the customer's card, for a moment",
    "title_D5b": "The proper delivery address on the card again",
    "title_D6": "An order with an article number that nobody has",
    "title_D6b": "Was there such an order? It is deleted now",
    "ask_C1": (
        "The test may clear the triggers that another link has registered for this API user. Has the API user {user} "
        "triggers of another link? Then answer n and order an API user of your own. Go on? [y/n]"
    ),
    "ask_triggers": "Look in Specter at the triggers of the API user. Are they as before? [y/n, Enter: not looked]",
    "ask_C2": "One wrong signature is sent, once. Go on? [y/n]",
    "ask_C3": (
        "Changes are fetched from the queues of this API user; if another link uses the same API user, it does not get "
        "them. Is it yours alone? [y/n]"
    ),
    "ask_B1": "Write the order's own number in the shop again? [y/n]",
    "ask_B2": "Write an article's own stock in the shop again? [y/n]",
    "ask_stock_article": "The uid of an article without sales today (in its address in the shop's admin):",
    "ask_order_number": "This exports order {number} to Specter, for good. Type its order number to go on:",
    "ask_D2": "Send the customer of the order once more, with the same values? [y/n]",
    "second_customer": (
        "Specter has made a second customer, {second} beside {first}. Move or delete it in Specter. Enter when done:"
    ),
    "ask_D3": (
        "The order is sent once more with the same number. If Specter does not refuse it, there is a copy, which you "
        "delete in Specter at once; it reserves stock until then. No mail is sent. Type {word} to go on, Enter to skip:"
    ),
    "ask_D6": (
        "An order of 1.00 with an unknown article is sent. If Specter takes it, you delete it in Specter at once. "
        "Type {word} to go on, Enter to skip:"
    ),
    "ask_is_duplicate": "Specter refused it: {text} (code {code}). Does that say that the number exists? [y/n]",
    "ask_delete_copy": (
        "THE COPY IN SPECTER IS ORDER {number}. Open it and delete it (the trash; not “annullera”). "
        "When it is gone, type its number:"
    ),
    "ask_search_copy": (
        "No answer came, so there may be a copy. Search Specter for {external}: an order with the comment "
        "“PROVKOPIA, RADERA” is the copy. Delete it and type its number, or type none if there is none:"
    ),
    "not_that_number": "{typed} is not {number}. The copy is order {number}.",
    "not_a_copy": "{typed} is an order of this journal, or no number: the copy has another one. Type it, or none.",
    "ask_net": "Order {number} in Specter: the sum without VAT:",
    "ask_vat": "Order {number} in Specter: the VAT:",
    "ask_total": "Order {number} in Specter: the sum with VAT:",
    "ask_D5": (
        "TEST is written into the delivery address on the customer's card, and the proper address right after your "
        "answer. Only for an order of your own. Go on? [y/n]"
    ),
    "ask_address": "Open order {number} in Specter. Does its delivery address show TEST? [y/n]",
    "unwelcome_specter": "Specter refuses us: {why}. Correct the SPECTER__ keys, then go on.",
    "not_alone": "Sending was stopped by a person, so the probe writes nothing. Go on after resume.",
    "order_not_read": "The order could not be read in the shop.",
    "order_not_exported": "The order is not exported: {state}. `specter-tui orders` says why.",
    "sending_inactive": "Export is switched off: ORDER__EXPORT or ORDER__EXPORT_RUN is inactive.",
    "copy_not_confirmed": "There may be a copy in Specter. Run the probe in a terminal, and say that it is deleted.",
    "account_accepted": "Specter accepts the keys.",
    "triggers_changed": "The account test changes the triggers of the API user.",
    "triggers_not_seen": "Whether the account test leaves the triggers of the API user as they are.",
    "wrong_key_needs_test": "How Specter refuses a wrong key: the account test must pass first.",
    "wrong_key_refused": "A wrong key is refused with code {code}: {text}",
    "wrong_key_status": "A wrong key is refused with HTTP status {status}.",
    "wrong_key_halts": "A wrong key is refused by a page with a status of its own.",
    "wrong_key_unreadable": "The answer to a wrong key cannot be read: {why}",
    "wrong_key_accepted": "A wrong signature is accepted.",
    "queue_busy": "Another program fetches from the queue of {queue} now.",
    "queue_not_ours": "The queue of {queue} was not fetched: {why}",
    "queue_empty": "The queue of {queue} was empty, so nothing was learned of it.",
    "batch_fetched": "A batch of {queue} was fetched and is in the journal.",
    "batch_same": "The batch of {queue} comes again by its number, the same.",
    "batch_differs": "The open batch of {queue} does not come again the same.",
    "batch_again_refused": "The open batch of {queue} is refused when asked for again (code {code}): {text}",
    "open_batch_named": "While a batch of {queue} is open another is refused (code {code}), and the open one is named.",
    "open_batch_not_named": (
        "While a batch of {queue} is open another is refused (code {code}), without its number: {text}"
    ),
    "open_batch_status": "While a batch of {queue} is open another is refused with HTTP status {status}.",
    "batch_again_status": "The open batch of {queue} is refused with HTTP status {status} when asked for again.",
    "sites_unnamed": "Rows of stock have no number of their site (id of stock): totals over all sites are read.",
    "rows_unread": "{count} rows of the batch cannot be read ({reasons}).",
    "second_batch": "A second batch of {queue} can be open beside the first.",
    "batch_acknowledged": "The batch of {queue} was acknowledged.",
    "batch_left_open": "The batch of {queue} is kept in the journal and left open, since {setting} is off.",
    "number_empty": "The order shows no external number yet; its export shows whether it can be written.",
    "number_not_writable": "Order.externalOrderNumber cannot be written: {text}",
    "number_written": "The external number can be written; the order's time of change moves: {moves}",
    "number_written_back": "The Specter number was written to the shop's order.",
    "number_not_written_back": "The Specter number was not stored on the shop's order ({state}).",
    "stock_unmanaged": "Whether stock can be written: the article named has no stock management.",
    "stock_written": "Stock can be written on the {kind}.",
    "stock_not_kept": "The shop does not keep the stock written on the {kind}.",
    "stock_not_writable": "Stock cannot be written on the {kind}: {text}",
    "needs_export": "{step} needs an order that is exported and still in the shop.",
    "exported_before": "The order was exported before, as {order}.",
    "order_not_typed": "The order was not exported, since its number was not typed.",
    "order_exported": "The order is in Specter as {order}.",
    "customer_own": "Each order has a customer of its own by the settings, so the customer is not sent twice.",
    "customer_matched": "The same customer gets the same number, {customer}: matching works.",
    "customer_not_matched": (
        "The same customer gets another number ({first}, then {second}): Specter does not match it."
    ),
    "copy_not_offered": (
        "How Specter refuses a duplicate: not tried, since ORDER__EXPORT_RUN is not direct, or a confirmation is on."
    ),
    "copy_not_wanted": "{step} was skipped by the operator.",
    "duplicate_accepted": "Specter takes a second order with the same number: nothing may be repeated by itself.",
    "duplicate_refused": "Specter refuses a known number with code {code}: {text}",
    "refused_for_another_reason": "How Specter refuses a duplicate: the order was refused with code {code}: {text}",
    "duplicate_words": "The words of the duplicate refusal cannot be made a pattern (code {code}): {text}",
    "copy_may_exist": "No answer came: a copy may exist.",
    "copy_deleted": "The copy is deleted, by the operator's word.",
    "no_copy": "There is no copy.",
    "article_taken": "Specter takes an unknown article number, and may have made the article: look for NOSUCH there.",
    "article_refused": "An unknown article number is refused with code {code}: {text}",
    "article_words": (
        "That refusal does not name the article, so that such an order is not sent again when its article comes "
        "(code {code}): {text}"
    ),
    "not_an_amount": "{typed} is no amount; write it as 1234.50 or 1234,50.",
    "amounts_not_typed": "How Specter rounds: the amounts were not typed.",
    "amounts_not_compared": "How Specter rounds: this order cannot be compared.",
    "rounding_agrees": "Specter's amounts are those of the settings.",
    "rounding_differs": "Specter's amounts are those of another rounding.",
    "rounding_open": "Several ways of rounding give Specter's amounts.",
    "rounding_whole_kronor": "Specter rounds the total to whole kronor.",
    "rounding_none": "No known way of rounding gives Specter's amounts.",
    "rounding_not_told_apart": (
        "The order cannot tell all ways of rounding apart; {count} of the last exported orders can. "
        "specter-tui resolve ORDER --compare NET VAT TOTAL"
    ),
    "address_on_card": (
        "An order that is made follows the card's address: a later order of the buyer sends its parcel elsewhere."
    ),
    "address_on_order": "An order that is made keeps its own address.",
    "address_not_seen": "Whether an order that is made keeps its address.",
    "card_restored": "The card has the proper address.",
    "card_by_hand": "The proper address was not written: remove TEST from the customer's delivery address in Specter.",
}
