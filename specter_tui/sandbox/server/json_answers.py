"""JSON in and out, with Decimal for numbers that have decimals."""

import json
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import Response


def bare(number: object) -> int | float:
    """Return a Decimal as a JSON number: amounts of up to 15 digits keep their exact decimals."""
    if not isinstance(number, Decimal):
        raise TypeError(f"not a JSON value: {number!r}")
    return int(number) if number == number.to_integral_value() else float(number)


def as_json(value: object) -> bytes:
    """Return `value` as JSON text in UTF-8."""
    return json.dumps(value, default=bare, ensure_ascii=False, separators=(",", ":")).encode(errors="backslashreplace")


def said(document: object) -> Response:
    """Return a JSON answer."""
    return Response(as_json(document), media_type="application/json")


async def asked_for(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request; an empty one without a body."""
    document = json.loads(await request.body() or b"{}", parse_float=Decimal)
    if not isinstance(document, dict):
        raise TypeError("an object is needed")
    return document
