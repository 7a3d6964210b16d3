"""The envelope of the shop's calls: JSON-RPC 2.0 over POST, one or a batch, with the context in the query string."""

import json
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import parse_qsl

from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.server.http_front import HttpAnswer, HttpJob, HttpRequest
from specter_tui.sandbox.server.json_answers import as_json
from specter_tui.sandbox.server.ledger import Ledger
from specter_tui.sandbox.shop import rpc_errors
from specter_tui.sandbox.shop.rpc_errors import RpcError
from specter_tui.sandbox.shop.rpc_methods import PUBLIC, call, needs_token
from specter_tui.sandbox.shop.shop_store import Shop
from specter_tui.sandbox.shop.untrue import untrue

PATH = "/backend/jsonrpc/v1"
BY_CODE = {rpc_errors.INVALID_REQUEST: 400, rpc_errors.METHOD_NOT_FOUND: 404}
Call = Mapping[str, object]


class RpcEndpoint:
    """Reads requests to one shop and answers them; breaches of the protocol go to the ledger."""

    def __init__(self, shop: Shop, ledger: Ledger) -> None:
        self.shop = shop
        self.ledger = ledger

    def read(self, asked: HttpRequest) -> HttpJob:
        """Return the job of a request."""
        if asked.path.rstrip("/") != PATH or asked.method != "POST":
            self.ledger.complain("shop", f"{asked.method} {asked.path}: no such place")
            return idle(HttpAnswer(b"Not Found", "text/plain", 404))
        try:
            calls = parsed(asked.body, self.shop.switches.largest_batch)
        except RpcError as error:
            return idle(self._answer(self._failure(None, error)))
        context = dict(parse_qsl(asked.query.decode("ascii", "replace"), keep_blank_values=True))
        one_by_one = calls if isinstance(calls, list) else [calls]
        names = tuple(str(one.get("method", "?")) for one in one_by_one)

        def answer(fault: Fault | None = None) -> HttpAnswer:
            with self.shop.lock:
                answers = [self._respond(one, context, fault) for one in one_by_one]
                if self.shop.switches.batch_order == "reversed":
                    answers.reverse()
                return self._answer(answers if isinstance(calls, list) else answers[0])

        return HttpJob(names, answer, answer)

    def _answer(self, document: object) -> HttpAnswer:
        switches = self.shop.switches
        return HttpAnswer(as_json(document), switches.content_type, status_of(document, switches.error_status))

    def _respond(self, one: Call, context: Mapping[str, str], fault: Fault | None) -> dict[str, object]:
        """Do one call and return its response object; for a `fault` that affects it, the fault's."""
        hit = fault if fault is not None and fault.hits(str(one.get("method"))) else None
        if hit is not None and hit.kind == "refusal":
            refused = RpcError(int(hit.code), hit.reason)
            return {"jsonrpc": "2.0", "id": one.get("id"), "error": refused.document()}
        try:
            method, params = request(one)
            self._check_context(method, context)
            result = call(self.shop, method, params) if hit is None else untrue(self.shop, method, params, hit)
            return {"jsonrpc": "2.0", "id": one["id"], "result": result}
        except RpcError as error:
            return self._failure(one, error)

    def _failure(self, one: Call | None, error: RpcError) -> dict[str, object]:
        if error.code != rpc_errors.NOT_FOUND:
            self.ledger.complain("shop", f"{one.get('method') if one else 'request'}: {error}")
        return {"jsonrpc": "2.0", "id": one.get("id") if one else None, "error": error.document()}

    def _check_context(self, method: str, context: Mapping[str, str]) -> None:
        """Refuse a call whose context is incomplete or wrong."""
        is_public = method.partition(".")[0] in PUBLIC
        webshop, auth, language = (context.get(key, "") for key in ("webshop", "auth", "language"))
        if not webshop and not is_public:
            raise RpcError(rpc_errors.WEBSHOP_MISSING, "Webshop missing")
        if webshop and webshop != str(self.shop.webshop):
            raise RpcError(rpc_errors.INVALID_WEBSHOP, "Invalid webshop")
        if language and not (len(language) == 2 and language.isascii() and language.islower()):
            raise RpcError(rpc_errors.INVALID_LANGUAGE, "Invalid language")
        if auth and auth != self.shop.auth:
            raise RpcError(self.shop.switches.wrong_key_code, "Bad auth token")
        if not auth and needs_token(method):
            raise RpcError(rpc_errors.FORBIDDEN, "Forbidden")


def status_of(document: object, how: str) -> int:
    """Return the HTTP status of an answer: 200 unless it holds an error, and errors have another."""
    answers = document if isinstance(document, list) else [document]
    codes = [one["error"]["code"] for one in answers if isinstance(one, dict) and "error" in one]
    if how == "200" or not codes:
        return 200
    return BY_CODE.get(codes[0], 500) if how == "by_code" else int(how)


def idle(answer: HttpAnswer) -> HttpJob:
    """Return a job that only answers."""
    return HttpJob(("?",), lambda: answer, lambda _fault: answer)


def parsed(body: bytes, most: int) -> Call | list[Call]:
    """Return the call, or the calls of a batch."""
    try:
        document = json.loads(body.decode(), parse_float=Decimal)
    except ValueError as error:
        raise RpcError(rpc_errors.PARSE_ERROR, "Parse error") from error
    if isinstance(document, dict):
        return document
    if isinstance(document, list) and 0 < len(document) <= most and all(isinstance(one, dict) for one in document):
        return document
    raise RpcError(rpc_errors.INVALID_REQUEST, "Invalid Request", f"an object, or 1 to {most} of them")


def request(one: Call) -> tuple[str, list[object]]:
    """Return method and parameters of a proper request object; notifications are not offered."""
    method, params, number = one.get("method"), one.get("params", []), one.get("id")
    proper = one.get("jsonrpc") == "2.0" and isinstance(number, str | int) and not isinstance(number, bool)
    if not proper or not isinstance(method, str) or one.keys() - {"jsonrpc", "id", "method", "params"}:
        raise RpcError(rpc_errors.INVALID_REQUEST, "Invalid Request")
    if not isinstance(params, list):
        raise RpcError(rpc_errors.INVALID_PARAMS, "Invalid params", "parameters are an array")
    return method, params
