"""Texts about how Specter rounds, as told by the amounts that it shows for an order."""

ROUNDING_TEXTS: dict[str, str] = {
    "compare_agrees": "Order {order}: Specter shows {shown}, as expected. {now} is right.",
    "compare_differs": "Order {order}: Specter shows {shown}, {expected} was expected. {fits} gives Specter's amounts.",
    "compare_open": (
        "Order {order}: Specter shows {shown}, {expected} was expected. Several ways of rounding give that, so nothing "
        "is proposed: {fits}."
    ),
    "compare_whole_kronor": (
        "Order {order}: Specter shows {shown}, {expected} was expected: it rounds to whole kronor. No setting does "
        "that. Send this line to the developers, and export only orders in whole kronor until then."
    ),
    "compare_none": (
        "Order {order}: Specter shows {shown}, {expected} was expected, and no known way of rounding gives that. Read "
        "the amounts again, and look whether the order was changed in Specter. If neither helps, send this line to the "
        "developers."
    ),
    "compare_telling": "This order cannot tell these ways apart: {fits}. Compare one of these, which can: {orders}.",
    "compare_not_telling": (
        "This order cannot tell these ways apart: {fits}. None of the last {count} exported orders can. "
        "An order of 3 pieces at 9.99 with 25 % VAT tells most."
    ),
    "compare_amount": "{typed} is no amount; write it as 1234.50 or 1234,50.",
    "compare_gap": "Net {net} and VAT {vat} make {parts}, not {shown}. Read the amounts in Specter again.",
    "compare_not_exported": "Order {order} is not exported; only an exported order can be compared.",
    "compare_no_rows": (
        "The journal has no rows of order {order}, which was entered by hand, imported or erased. Compare another one."
    ),
    "compare_part": (
        "The rows in the journal are not the whole of order {order}: a row has a discount in per cent. "
        "Compare another one."
    ),
    "sum_differs": (
        "Order {order}, {number} in Specter: the total there is {shown}, and {expected} was sent. Was it changed in "
        "Specter? If not: specter-tui resolve {order} --compare NET VAT TOTAL"
    ),
    "rounding_way": "{rounding} with {decimals} decimals",
    "rounding_whole_kronor": "{rounding} with {decimals} decimals, to whole kronor",
    "copy_left": (
        "The probe may have left a copy of an order in Specter ({number}). Run specter-tui probe in a terminal: it "
        "says what to delete, and asks until that is done."
    ),
    "triggers": (
        "The account test may clear the triggers that another link has registered for this API user of Specter's. If "
        "there is such a link, order an API user of your own first."
    ),
    "triggers_ask": "Test the account? [y/N] ",
    "not_tested": "the account was not tested",
    "card_waits": (
        "The customer of order uid:{uid} still has the test address of the probe, and nothing else is sent before it "
        "is put right: {message}. It is tried again."
    ),
    "card_restored": "The customer of order uid:{uid} has the proper address again.",
    "card_by_hand": (
        "The proper address of order uid:{uid} could not be written. Open customer {customer} in Specter and remove "
        "TEST from the delivery address."
    ),
    "settings_asked": "Write {line} into {file}? (now {old}) [y/N] ",
    "settings_asked_all": "Write these lines into {file}? [y/N] ",
    "settings_by_hand": "Set it yourself: {line}",
    "settings_no_file": "There is no settings file to write to; set it yourself: {line}",
    "settings_written": "{file} was changed: {lines}. As it was before: {copy}",
    "settings_not_written": "{file} cannot be changed: {why}",
    "settings_outside": "{name} is set in the environment, which goes before the file. Set it there: {line}",
    "settings_restart": "Programs read the settings when they start. Restart: {programs}.",
    "settings_restart_all": "Programs read the settings when they start: restart the service, and every open console.",
}
