"""The text and the cure of every finding."""

from dataclasses import dataclass

from specter_tui.i18n import Language, translated


@dataclass(frozen=True, slots=True)
class Wording:
    """The text of a finding and its cure; names in braces are the problem's values."""

    text: str
    cure: str


PAYMENT_STATUSES = {"unpaid": "unpaid", "reserved": "reserved", "paid": "paid"}


def payment_in_words(status: str, language: Language) -> str:
    """Return the word for a payment status; an unknown status is returned unchanged."""
    return translated(language, "payment", PAYMENT_STATUSES).get(status, status)


WORDING: dict[str, Wording] = {
    "currency.base": Wording(
        "The shop's base currency is {currency}. The link to Specter needs SEK.",
        "Change the base currency to SEK in the shop's settings.",
    ),
    "currency.missing": Wording(
        "The order has no currency.",
        "Open the order in the shop and check its currency.",
    ),
    "currency.foreign": Wording(
        "The order is in {currency}, and orders in a foreign currency are not allowed.",
        "Set ORDER__FOREIGN_CURRENCY to true if such orders are to be sent in their own currency.",
    ),
    "currency.mixed": Wording(
        "The order is in {currency} but has amounts in {other}.",
        "Correct the order in the shop, or enter it in Specter by hand.",
    ),
    "package": Wording(
        "“{name}” is a package. Packages are not exported to Specter.",
        "Replace the package by the articles in it, or enter the order in Specter by hand.",
    ),
    "article_type": Wording(
        "“{name}” is of the type “{type}”. Its row is sent as an article like any other.",
        "Put the type in ORDER__PACKAGE_TYPES if it is a package.",
    ),
    "package.article": Wording(
        "“{name}” is a package. Packages are not exported to Specter.",
        "Enter the package in Specter by hand, if it is needed there.",
    ),
    "article_number.missing": Wording(
        "“{name}” has no article number.",
        "Give the article or the variant a number, in the shop and in Specter.",
    ),
    "article_number.bad": Wording(
        "“{name}” has the article number “{number}”, which Specter cannot take.",
        "Change it to A–Z, a–z, digits, hyphen, underscore and full stop only, 50 characters at most.",
    ),
    "service_article.delivery": Wording(
        "The order has a delivery row, but no article for delivery is set.",
        "Put the number of Specter's delivery article in ORDER__ARTICLE_DELIVERY.",
    ),
    "service_article.payment_fee": Wording(
        "The order has a payment fee, but no article for the fee is set.",
        "Put the number of Specter's payment fee article in ORDER__ARTICLE_PAYMENT_FEE.",
    ),
    "service_article.cod": Wording(
        "The order has a row for cash on delivery, but no article for it is set.",
        "Put the number of Specter's cash-on-delivery article in ORDER__ARTICLE_COD.",
    ),
    "service_article.discount": Wording(
        "The order has a discount, but no article for discounts is set.",
        "Put the number of Specter's discount article in ORDER__ARTICLE_DISCOUNT.",
    ),
    "service_article.gift_card": Wording(
        "A gift card pays for part of the order, but no article for gift cards is set.",
        "Put the number of Specter's gift card article in ORDER__ARTICLE_GIFT_CARD.",
    ),
    "service_number": Wording(
        "{setting} is “{number}”, which Specter cannot take.",
        "Use A–Z, a–z, digits, hyphen, underscore and full stop only, in Specter and in {setting}.",
    ),
    "sums.cart": Wording(
        "The goods ({goods}) less the discounts ({amount}) are not the shop's sum of goods ({cart}). "
        "The difference is {gap}.",
        "Check the order in the shop. It may have been edited by hand.",
    ),
    "sums.total": Wording(
        "Goods, fee and delivery come to {parts}, but the shop's total is {total}. The difference is {gap}.",
        "Check the order in the shop. It may have been edited by hand.",
    ),
    "sums.krona": Wording(
        "Goods, fee and delivery come to {parts}, but the shop has rounded its total to {total}. "
        "The difference is {gap}.",
        "Set ORDER__KRONA_ROUNDING to true and put the number of Specter's article for rounding in "
        "ORDER__ARTICLE_ROUNDING, so that a row of its own carries the difference.",
    ),
    "sums.vat": Wording(
        "The VAT {vat} on {amount} does not agree with the VAT rate {rate} %.",
        "Check the amount and the VAT rate on the order in the shop.",
    ),
    "sums.negative_discount": Wording(
        "A discount is negative ({amount}) and would raise the price.",
        "Check the discount on the order in the shop.",
    ),
    "sums.discount_too_large": Wording(
        "The discount at {rate} % VAT is {amount}, but the goods at that rate cost only {goods}.",
        "Check the discount on the order in the shop.",
    ),
    "rounding.no_article": Wording(
        "Specter would arrive at {parts} instead of {total}. The difference is {gap}.",
        "Enter an article for rounding in Specter and put its number in ORDER__ARTICLE_ROUNDING.",
    ),
    "rounding.too_large": Wording(
        "Specter would arrive at {parts} instead of {total}. The difference, {gap}, is more than rounding can make.",
        "Check the amounts on the order in the shop, or enter the order in Specter by hand.",
    ),
    "rounding.whole_kronor": Wording(
        "Specter was seen to round totals to whole kronor, and this one is {total}.",
        "Round the order in the shop to whole kronor, or enter it in Specter by hand. The developers should know.",
    ),
    "rounding.fraction": Wording(
        "Specter would arrive at {parts} instead of {total}. The difference, {gap}, is no whole number of öre.",
        "Correct the amounts on the order in the shop to whole öre, or enter the order in Specter by hand.",
    ),
    "quantity.unreadable": Wording(
        "The quantity of “{name}” is no number.",
        "Correct the quantity on the order in the shop.",
    ),
    "quantity.none": Wording(
        "The quantity of “{name}” is {quantity}.",
        "Remove the row or correct the quantity on the order in the shop. A return is entered in Specter by hand.",
    ),
    "quantity.differs": Wording(
        "“{name}”: {quantity} at {unit} each does not make the row's total {total}.",
        "Correct the quantity or the price on the order in the shop. It may have been edited by hand.",
    ),
    "rate.row": Wording(
        "“{name}” has the VAT rate {rate} %. A rate can have two decimals at most.",
        "Check the row's VAT rate, and the rate of the country that the order goes to, in the shop. "
        "If they are right, enter the order in Specter by hand.",
    ),
    "rate.row_missing": Wording(
        "“{name}” has no VAT rate.",
        "Check the row's VAT rate on the order in the shop, or enter the order in Specter by hand.",
    ),
    "rate.row_divided": Wording(
        "“{name}” has the VAT rate {rate} %. It seems to be worked out from rounded amounts.",
        "Check the row's VAT rate on the order in the shop, or enter the order in Specter by hand.",
    ),
    "rate.article": Wording(
        "“{name}” has the VAT rate {rate} %. A rate can have two decimals at most.",
        "Check the article's VAT rate in the shop.",
    ),
    "rate.article_missing": Wording(
        "“{name}” has no VAT rate.",
        "Check the article's VAT rate in the shop.",
    ),
    "rate.discount": Wording(
        "A discount of {amount} has mixed VAT, and it cannot be divided over the goods' VAT rates to the öre.",
        "Divide the discount by VAT rate on the order in the shop, or enter the order in Specter by hand.",
    ),
    "rate.delivery": Wording(
        "The delivery of {amount} has the VAT rate {rate} %, and it cannot be divided over the goods' VAT rates "
        "to the öre.",
        "Check the VAT rate of the delivery in the shop, or enter the order in Specter by hand.",
    ),
    "rate.payment_fee": Wording(
        "The payment fee of {amount} has the VAT rate {rate} %, and it cannot be divided over the goods' VAT rates "
        "to the öre.",
        "Check the VAT rate of the fee in the shop, or enter the order in Specter by hand.",
    ),
    "rate.cod": Wording(
        "The cash-on-delivery fee of {amount} has the VAT rate {rate} %, and it cannot be divided over the goods' "
        "VAT rates to the öre.",
        "Check the VAT rate of the fee in the shop, or enter the order in Specter by hand.",
    ),
    "payment_type.none": Wording(
        "{amount} is left to pay, but the order has no payment to take a payment type from.",
        "Check the order's payments in the shop.",
    ),
    "payment_type.unmapped": Wording(
        "The payment method {method} (type {type}) has no payment type in Specter.",
        "Add it to ORDER__PAYMENT_TYPES.",
    ),
    "payment_method.gift_card": Wording(
        "The order is paid by “{name}” ({method}), which looks like a gift card and is not set as one.",
        "Put {method} in ORDER__GIFT_CARD_METHODS if it is a gift card. "
        "If it is an ordinary payment, give {method} a payment type in ORDER__PAYMENT_TYPES; an empty one will do.",
    ),
    "payment_method.unreadable": Wording(
        "The order is paid by the payment method {method}, which cannot be read in the shop ({reason}).",
        "Correct the payment method in the shop. Or say here what it is: put {method} in ORDER__GIFT_CARD_METHODS or "
        "ORDER__COD_METHODS, or give it a payment type in ORDER__PAYMENT_TYPES; an empty one will do.",
    ),
    "payment_method.cod": Wording(
        "The order is paid by “{name}” ({method}), which looks like cash on delivery and is not set as that.",
        "Put {method} in ORDER__COD_METHODS if it is cash on delivery. "
        "If it is an ordinary payment, give {method} a payment type in ORDER__PAYMENT_TYPES; an empty one will do.",
    ),
    "payments.several": Wording(
        "The order is paid by several payments with different payment types in Specter ({types}). Specter takes one.",
        "Enter the order in Specter by hand, or give the methods the same type in ORDER__PAYMENT_TYPES.",
    ),
    "payments.undecided": Wording(
        "The order has several unpaid payments with different payment types in Specter ({types}).",
        "Wait until one of them is paid, or cancel those that do not count in the shop.",
    ),
    "overpaid": Wording(
        "The payments of the order come to {amount}, more than its total of {total}.",
        "Look in the shop whether the buyer has paid twice, and pay the rest back.",
    ),
    "payments.gift_card_unknown": Wording(
        "The shop does not show how much was paid with a gift card.",
        "Check the gift card on the order in the shop, or enter the order in Specter by hand.",
    ),
    "payments.gift_card_too_large": Wording(
        "The gift card of {amount} does not fit: {total} was left to pay.",
        "Check the gift card on the order in the shop.",
    ),
    "country.missing": Wording(
        "The address has no country ({field}).",
        "Enter the country on the order in the shop.",
    ),
    "country.bad": Wording(
        "“{country}” is no country that can be told ({field}).",
        "Write the country on the order in the shop as its code, such as SE, or by its name in Swedish or English.",
    ),
    "email.missing": Wording(
        "The customer has no e-mail address.",
        "Enter the customer's e-mail address on the order in the shop.",
    ),
    "email.bad": Wording(
        "The e-mail address “{email}” cannot be right.",
        "Correct the customer's e-mail address on the order in the shop.",
    ),
    "name.company": Wording(
        "The customer is a company without a name.",
        "Enter the company's name on the order in the shop.",
    ),
    "name.first": Wording(
        "The customer has no first name.",
        "Enter the customer's first name on the order in the shop.",
    ),
    "name.last": Wording(
        "The customer has no last name.",
        "Enter the customer's last name on the order in the shop.",
    ),
    "name_divided": Wording(
        "The whole name stands in one field. It is sent as the first name “{first}” and the last name “{last}”.",
        "Put the names in their fields on the order in the shop if they are divided in another place.",
    ),
    "sole_trader.row": Wording(
        "The buyer is a person with the company name “{name}”. It is sent in address row 1.",
        "Make the buyer a company on the order in the shop if the invoice is to be to the company.",
    ),
    "sole_trader.attention": Wording(
        "The buyer is a person with the company name “{name}”. It is sent in the attention line.",
        "Make the buyer a company on the order in the shop if the invoice is to be to the company.",
    ),
    "address_on_card": Wording(
        "Specter was seen to take the delivery address from the customer's card until the parcel leaves. "
        "This order writes its address there.",
        "If an earlier order of the buyer goes to another address, export this one when that has been delivered.",
    ),
    "delivery_copied": Wording(
        "The delivery address is said to be the same as the buyer's, but has other words. The buyer's address is sent.",
        "Check the delivery address on the order in the shop.",
    ),
    "name.article": Wording(
        "The article with the number {number} has no name.",
        "Give the article a name in the shop.",
    ),
    "name.option": Wording(
        "A variant of “{name}” has the option {option}, which has no name.",
        "Give the option a name in the shop, so that the variants can be told apart in Specter.",
    ),
    "price.missing": Wording(
        "“{name}” has no price in {currency}.",
        "Put a price on the article in the shop. Zero will do.",
    ),
    "price.negative": Wording(
        "“{name}” has the price {amount} {currency}.",
        "Correct the price of the article, or what its options add to it, in the shop.",
    ),
    "price.vat_unknown": Wording(
        "The shop does not show whether the price of “{name}” in {currency} includes VAT.",
        "Check the shop's settings for VAT.",
    ),
    "length.article": Wording(
        "The text for Specter's field {field} is {length} characters. The field takes {longest}.",
        "Shorten the text on the article in the shop. Nothing is cut silently.",
    ),
    "length": Wording(
        "The text for Specter's field {field} is {length} characters. The field takes {longest}.",
        "Shorten the text on the order in the shop.",
    ),
    "cut": Wording(
        "The text is {length} characters, and {longest} have room. It is sent cut, with “...” at its end ({field}).",
        "Shorten the text in the shop, or enter the rest in Specter by hand. SPECTER__TEXT_LENGTH sets the length.",
    ),
    "text.signs": Wording(
        "What the buyer wrote for “{name}”, “{text}”, has only signs that Specter cannot take.",
        "It is never left out. Write it with letters on the order in the shop, or enter the order in Specter by hand.",
    ),
    "text.length": Wording(
        "What the buyer chose and wrote for the goods is {length} characters, and the comment takes {longest}.",
        "It is never cut. Enter the order in Specter by hand, or raise SPECTER__TEXT_LENGTH if Specter takes more.",
    ),
    "choice": Wording(
        "“{name}”: the article has no name for what was chosen. It is sent as “{text}”.",
        "Check the choice on the order, and the article's choices, in the shop.",
    ),
    "document.unreadable": Wording(
        "The order cannot be read: {reason}.",
        "Open the order in the shop and correct it, or enter it in Specter by hand.",
    ),
    "document.no_rows": Wording(
        "The order has no rows that can be sent.",
        "Check the order's rows in the shop.",
    ),
    "internal": Wording(
        "The program failed at this order (report {report}).",
        "Send the report to those who look after the program. The order is tried again when it is edited in the shop, "
        "or by a newer version.",
    ),
    "customer_changed": Wording(
        "The order's own customer in Specter, {number}, was made with other data than the order has now.",
        "Change the customer's card in Specter, then repeat the order.",
    ),
    "encoding": Wording(
        "Some characters do not exist in Specter. The text is sent as “{sent}”.",
        "Change the text in the shop if it should be written in another way.",
    ),
    "unpaid": Wording(
        "The order is not paid (status {status}).",
        "Set ORDER__PAYMENT_STATUS if unpaid orders should wait.",
    ),
    "vat_differs.rate": Wording(
        "The VAT at {rate} % is {vat} in the shop and {parts} in Specter.",
        "Look at the VAT of the order's rows in the shop. The total is the same on both sides.",
    ),
    "vat_differs.total": Wording(
        "The VAT of the order is {vat} in the shop, but the VAT of its rows comes to {parts}.",
        "Look at the VAT of the order's rows in the shop. The total is the same on both sides.",
    ),
    "number_in_shop": Wording(
        "The order already has the order number {number} in the shop.",
        "Make sure that it is not in Specter already.",
    ),
    "number_replaced": Wording(
        "“{name}” is sent with the article's number as it is now, {number}, instead of the order's “{old}”.",
        "Make sure that it is the right article in Specter.",
    ),
    "empty": Wording(
        "The article number is missing.",
        "Give the article or the variant a number of its own.",
    ),
    "spaces.edge": Wording(
        "The article number “{number}” begins or ends with a space.",
        "Remove the space at its beginning or end.",
    ),
    "spaces": Wording(
        "The article number “{number}” has spaces.",
        "Change the spaces to hyphens or underscores, or write the number together.",
    ),
    "characters": Wording(
        "The article number “{number}” has characters that Specter does not take: {characters}",
        "Use A–Z, a–z, digits, hyphen, underscore and full stop only.",
    ),
    "duplicate.order": Wording(
        "“{name}” has the article number {number}, which {count} articles or variants in the shop share.",
        "Give each of them a number of its own: `specter-tui articles fix`, or x in the list of article numbers.",
    ),
    "duplicate.spelling": Wording(
        "{spellings} are one article number in {count} spellings: Specter may not tell upper and lower case apart.",
        "Give each article and variant a number of its own. Let the one that is in Specter already keep it.",
    ),
    "duplicate": Wording(
        "The article number {number} is there {count} times in the shop.",
        "Give each article and variant a number of its own. Let the one that is in Specter already keep it.",
    ),
    "too_long": Wording(
        "The article number “{number}” is {length} characters. At most {longest} are sent.",
        "Shorten the number.",
    ),
}
