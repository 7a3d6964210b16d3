"""Reading a JSON-RPC answer: numbers exact, texts clean, errors typed."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from specter_tui.abicart.errors import Pointed, RpcError, ShopOutOfReach, ShopRefusesUs
from specter_tui.text import clean_line

_LONGEST_INTEGER = 20
# Missing or wrong shop, language, token or session, no rights, no TLS: the same for every call (wires: A-errors).
_REFUSALS_OF_US = {1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008}
_PASSING = {-32603, -32000}


def read_json(body: bytes) -> Any:
    """JSON with every number that has decimals as Decimal. Raises ShopOutOfReach for anything that is no JSON."""
    if not body.strip():
        raise ShopOutOfReach("the shop's answer is empty")
    try:
        return json.loads(body, parse_float=_fraction, parse_int=_integer, parse_constant=str)
    except (ValueError, RecursionError):
        raise ShopOutOfReach("the shop's answer is no JSON") from None


def _fraction(digits: str) -> Decimal | str:
    """A number too large for any Decimal stays a text, so that only the document it stands in is spoiled."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else Decimal(digits)


def result_of(answer: object) -> Any:
    """The result of one response object. Raises RpcError, ShopRefusesUs or ShopOutOfReach."""
    if not isinstance(answer, Mapping) or ("result" not in answer and "error" not in answer):
        raise ShopOutOfReach("the shop's answer is no JSON-RPC answer")
    error = answer.get("error")
    if error is None:
        return answer.get("result")
    raise _typed(error)


def _typed(error: object) -> RpcError | ShopRefusesUs | ShopOutOfReach:
    if not isinstance(error, Mapping) or not isinstance(error.get("code"), int):
        return ShopOutOfReach("the shop's error has no code")
    code, message = error["code"], clean_line(str(error.get("message") or ""))[:300]
    if code in _REFUSALS_OF_US:
        return ShopRefusesUs(f"the shop refuses us: {code} {message}")
    if code in _PASSING:
        return ShopOutOfReach(f"the shop answers {code} {message}")
    return RpcError(code, message, _problems(error.get("data")))


def _problems(data: object) -> tuple[Pointed, ...]:
    """`data` is a list of problems with pointers, or a plain text, or nothing."""
    if isinstance(data, str):
        return (Pointed("", clean_line(data)[:300]),)
    if not isinstance(data, list):
        return ()
    found = (problem for problem in data[:20] if isinstance(problem, Mapping))
    return tuple(
        Pointed(clean_line(str(problem.get("pointer") or "")), clean_line(str(problem.get("message") or ""))[:300])
        for problem in found
    )
