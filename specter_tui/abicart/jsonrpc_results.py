"""Read a JSON-RPC answer: exact numbers, clean texts, typed errors."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from specter_tui.abicart.errors import AnswerTooLarge, Pointed, RpcError, ShopError, ShopOutOfReach, ShopRefusesUs
from specter_tui.abicart.texts_by_language import ImpossibleNumber
from specter_tui.errors import ErrorText
from specter_tui.text.sanitize import clean_line

_LONGEST_INTEGER, _LONGEST_NUMBER = 20, 80
_LARGEST_EXPONENT = 40
# Missing or wrong shop, language, token or session, no rights, no TLS: the same for every call (wires: A-errors).
_REFUSALS_OF_US = {1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008}
_BAD_KEY = 1004
_INVALID_REQUEST = -32600
_SMALL = 256 * 1024
_MARKS = (b",", b"[", b"{", b"\\")
_MOST_MARKS = 600_000
"""The most parts and escapes in one answer: a page of a hundred large orders has some 50,000."""
_PASSING = {-32603, -32000}


class NotOurs(ShopOutOfReach):
    """The answer is to another call, or to none. It is not used, and its connection is closed."""


class BatchRefused(NotOurs):
    """The whole batch is no valid request to the shop, so none of its calls was made: fewer may be."""


async def parsed(body: bytes) -> Any:
    """Parse as `read_json`, a large body in a thread."""
    return read_json(body) if len(body) < _SMALL else await asyncio.to_thread(read_json, body)


def read_json(body: bytes) -> Any:
    """Parse JSON; numbers with decimals become Decimal. Raises NotOurs for anything that is not JSON.

    Raises AnswerTooLarge where it has so many parts that it would take more memory and time than any page.
    """
    if not body.strip():
        raise NotOurs(ErrorText("shop_empty"))
    if len(body) >= _SMALL and sum(map(body.count, _MARKS)) > _MOST_MARKS:
        raise AnswerTooLarge
    try:
        return json.loads(body, parse_float=_fraction, parse_int=_integer, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise NotOurs(ErrorText("shop_no_json")) from None


def matched(ids: Sequence[object], answer: object) -> list[Any]:
    """Return each call's result or error, by id. Raises NotOurs where an answer is not to these calls alone."""
    if len(ids) > 1 and isinstance(answer, Mapping):
        # One object for a whole batch is an error that names no call. Its message is reported, and it counts for no
        # call.
        error = answer.get("error")
        refused = isinstance(error, Mapping) and error.get("code") == _INVALID_REQUEST and answer.get("id") is None
        raise (BatchRefused if refused else NotOurs)(_and_said(ErrorText("shop_no_batch"), answer))
    answers = [answer] if len(ids) == 1 else answer
    if not isinstance(answers, list):
        raise NotOurs(ErrorText("shop_no_batch"))
    found: dict[object, object] = {}
    for one in answers:
        if not isinstance(one, Mapping) or ("result" not in one and "error" not in one):
            raise NotOurs(ErrorText("shop_no_rpc"))
        number = one.get("id")
        if type(number) is not int or number not in ids or number in found:
            raise NotOurs(_and_said(ErrorText("shop_another_call"), one))
        found[number] = one
    missing = ShopOutOfReach(ErrorText("shop_unanswered"))
    return [_result_or_error(found[number]) if number in found else missing for number in ids]


def _and_said(failure: str, answer: Mapping[Any, Any]) -> str:
    error = answer.get("error")
    return ErrorText("about", what=failure, why=_typed(error).message) if isinstance(error, Mapping) else failure


def _result_or_error(answer: object) -> Any:
    try:
        return result_of(answer)
    except ShopError as error:
        return error


def _fraction(digits: str) -> Decimal | str:
    """Read a number. One of an impossible size becomes a text, so that only its own document is invalid.

    No arithmetic is done with it: written out, 1E99999999 has a hundred million digits.
    """
    try:
        number = Decimal(digits) if len(digits) <= _LONGEST_NUMBER else None
    except InvalidOperation:
        number = None
    if number is None or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return ImpossibleNumber(f"number {digits[:_LONGEST_NUMBER]}")
    return number


def _constant(name: str) -> str:
    """Read NaN and the infinities, which JSON does not allow, as impossible numbers."""
    return ImpossibleNumber(f"number {name}")


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else ImpossibleNumber(f"number {digits[:_LONGEST_NUMBER]}")


def result_of(answer: object) -> Any:
    """Return the result of one response object. Raises RpcError, ShopRefusesUs or ShopOutOfReach."""
    if not isinstance(answer, Mapping) or ("result" not in answer and "error" not in answer):
        raise ShopOutOfReach(ErrorText("shop_no_rpc"))
    error = answer.get("error")
    if error is None:
        return answer.get("result")
    raise _typed(error)


def _typed(error: object) -> RpcError | ShopRefusesUs | ShopOutOfReach:
    if not isinstance(error, Mapping) or not isinstance(error.get("code"), int):
        return ShopOutOfReach(ErrorText("shop_no_code"))
    code, message = error["code"], clean_line(str(error.get("message") or ""))[:300]
    if code == _BAD_KEY:
        told = message or "Bad auth token"
        return ShopRefusesUs(ErrorText("shop_refuses_key", code=code, told=told))
    if code in _REFUSALS_OF_US:
        return ShopRefusesUs(ErrorText("shop_refuses", why=f"{code} {message}"))
    if code in _PASSING:
        return ShopOutOfReach(ErrorText("shop_answers", why=f"{code} {message}"))
    return RpcError(code, message, _problems(error.get("data")))


def _problems(data: object) -> tuple[Pointed, ...]:
    """Read an error's `data`: a list of problems with pointers, a plain text, or nothing."""
    if isinstance(data, str):
        return (Pointed("", clean_line(data)[:300]),)
    if not isinstance(data, list):
        return ()
    found = (problem for problem in data[:20] if isinstance(problem, Mapping))
    return tuple(
        Pointed(clean_line(str(problem.get("pointer") or "")), clean_line(str(problem.get("message") or ""))[:300])
        for problem in found
    )
