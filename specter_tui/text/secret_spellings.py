"""The forms in which an answer or an address may contain a secret."""

import html
import json
from urllib.parse import quote, quote_plus


def forms_of(secret: str) -> list[str]:
    """Return the secret plain, URL-encoded, HTML-escaped and in JSON, the longest first; none for an empty one."""
    in_address = {quote(secret, safe=""), quote_plus(secret), quote(secret)}
    lower = {_lower_percents(form) for form in in_address}
    in_page = {
        html.escape(secret),
        "".join(sign if sign.isalnum() else f"&#{ord(sign)};" for sign in secret),
        "".join(sign if sign.isalnum() else f"&#x{ord(sign):x};" for sign in secret),
    }
    in_json = {json.dumps(secret)[1:-1], secret.replace("/", "\\/")}
    return sorted({secret, *in_address, *lower, *in_page, *in_json} - {""}, key=len, reverse=True)


def _lower_percents(text: str) -> str:
    first, *rest = text.split("%")
    return "%".join([first, *(f"{part[:2].lower()}{part[2:]}" for part in rest)])
