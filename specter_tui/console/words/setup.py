"""The guided set-up."""

SETUP = "Set-up"
SETUP_STEP = "{place} of {count}"
SETUP_NO_TERMINAL = "specter-tui: the set-up needs a terminal; or copy settings.env.example to {file}, and fill it in"
SETUP_WELCOME: tuple[str, ...] = (
    "specter-tui exports the orders of an Abicart shop to Specter. It has no settings yet.",
    "It asks for the shop, the Specter account and a start date, tests both connections, and writes the settings to",
    "Nothing is sent or changed while you do this, and no key is kept before you say so at the end.",
)
SETUP_THERE = "There are settings already: {file}. They are replaced only at the end, and only if you say so."
SETUP_DRAFT = "What you typed last time is still here, all but the keys."
SETUP_WAYS: dict[str, str] = {
    "enter": "begin",
    "d": "demo: look around with a make-believe shop, nothing real",
    "l": "på svenska",
    "q": "leave",
}
SETUP_TITLES: dict[str, str] = {
    "shop": "The shop",
    "specter": "Specter",
    "orders": "Orders and service articles",
    "write": "Write it down",
}
SETUP_INTRO: dict[str, str] = {
    "shop": "Your shop needs Abicart PRO, and SEK as its base currency.",
    "specter": "Specter sent you these with the add-on for webshops. Accounts from after August 2020 have version 2.",
    "orders": "Six articles in Specter carry what is no article in the shop. Type other numbers if you have them; "
    "leave one empty, and orders that need it are held.",
}
SETUP_LABELS: dict[str, str] = {
    "ABICART__WEBSHOP": "Shop number",
    "ABICART__AUTH": "API key",
    "ABICART__URL": "Address",
    "SPECTER__SBM_ID": "smbID",
    "SPECTER__API_USER_ID": "API user id",
    "SPECTER__API_USER_KEY": "API user key",
    "SPECTER__INTEGRATION_KEY": "Integration key",
    "SPECTER__URL": "Address",
    "ORDER__SINCE": "Orders placed from",
    "ORDER__ARTICLE_DELIVERY": "Article for delivery",
    "ORDER__ARTICLE_PAYMENT_FEE": "… payment fee",
    "ORDER__ARTICLE_COD": "… cash on delivery",
    "ORDER__ARTICLE_DISCOUNT": "… discounts",
    "ORDER__ARTICLE_GIFT_CARD": "… gift cards",
    "ORDER__ARTICLE_ROUNDING": "… rounding",
}
SETUP_HELP: dict[str, str] = {
    "ABICART__WEBSHOP": "The number of your shop in Abicart, digits only.",
    "ABICART__AUTH": "In the shop's admin: Inställningar > Externa kopplingar > API-nycklar. In some editions "
    "Abicart's support must switch on “Integration med eget system” first.",
    "ABICART__URL": "Leave it, unless Abicart gave you another.",
    "SPECTER__SBM_ID": "The number of your Specter account, digits only.",
    "SPECTER__API_USER_ID": "Version 2: the id of the API user. Version 1: leave it empty.",
    "SPECTER__API_USER_KEY": "Version 2: the key of the API user. Version 1: MD5 key 1.",
    "SPECTER__INTEGRATION_KEY": "Version 2: the integration key. Version 1: MD5 key 2.",
    "SPECTER__URL": "Leave it, unless Specter gave you another.",
    "ORDER__SINCE": "A day such as 2026-11-26. Older orders are never touched, so that nothing goes that another link "
    "has sent. Today is safe.",
    "ORDER__ARTICLE_DELIVERY": "The row for delivery. ctrl+p “service articles” makes those that Specter lacks.",
    "ORDER__ARTICLE_PAYMENT_FEE": "The row for fees such as an invoice fee.",
    "ORDER__ARTICLE_COD": "The row for cash on delivery.",
    "ORDER__ARTICLE_DISCOUNT": "The rows for discounts.",
    "ORDER__ARTICLE_GIFT_CARD": "The row for gift cards that an order was paid with.",
    "ORDER__ARTICLE_ROUNDING": "The row for the öre that rounding leaves.",
}
SETUP_WRONG: dict[str, str] = {
    "missing": "This is needed.",
    "number": "This is a number: digits only.",
    "date": "Write a day as 2026-11-26.",
    "url": "This must begin with https:// (http:// only to this machine).",
    "text": "This cannot be used.",
}
SETUP_OPTIONAL = "may be empty"
SETUP_TRYING: dict[str, str] = {"shop": "Asking the shop …", "specter": "Asking Specter …"}
SETUP_TRIED: dict[str, str] = {
    "shop_ok": "The shop answers: {name}. Its base currency is {currency}.",
    "shop_currency": "Specter needs SEK: orders of this shop are held until that is its base currency.",
    "shop_refused": "The shop answers, and says no. Look at the shop number and the API key.",
    "shop_out_of_reach": "The shop does not answer. Look at the address, and at this machine's network.",
    "specter_ok": "Specter answers, and accepts the keys.",
    "specter_refused": "Specter answers, and says no. Look at smbID and the keys, letter by letter.",
    "specter_out_of_reach": "Specter does not answer. Look at the address, and at this machine's network.",
}
SETUP_KEYS: dict[str, str] = {
    "fill": "enter next · ↑ ↓ move · esc back · ctrl+c leave",
    "test": "enter test the connection · esc back · ctrl+c leave",
    "failed": "enter test again · F2 go on all the same · esc back · ctrl+c leave",
    "on": "enter go on · esc back · ctrl+c leave",
    "write": "enter write and open the console · esc back · ctrl+c leave",
}
SETUP_SUMMARY = "This is written to {file}, for you alone to read:"
SETUP_AFTER = (
    "The console opens then. It sends nothing until you press e: orders go by key until ORDER__EXPORT says otherwise."
)
SETUP_REPLACE = "Replace the settings?"
SETUP_REPLACE_TEXT = "{file} is there already. What it says now is lost."
SETUP_REPLACE_YES = "Replace"
SETUP_FAILED = "{file} could not be written: {why}"
SETUP_HEADS: dict[str, str] = {
    "ABICART": "The shop.",
    "SPECTER": "The Specter account.",
    "ORDER": "Orders from this day on; the articles for what is no article in the shop.",
    "UI": "The screen.",
}
SETUP_LEFT = "specter-tui: left before the end; what you typed is kept for the next time, all but the keys"
