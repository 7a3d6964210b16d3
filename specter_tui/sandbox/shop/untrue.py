"""Well-formed but untrue answers of the shop: writes that store nothing, lists that lack an entry."""

import json
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

from specter_tui.sandbox.server.faults import Fault
from specter_tui.sandbox.shop.rpc_methods import Params, call
from specter_tui.sandbox.shop.shop_store import Shop


def untrue(shop: Shop, method: str, params: Params, fault: Fault) -> object:
    """Return a call's result as changed by `fault`; `faults` describes the kinds."""
    match fault.kind:
        case "result":
            return json.loads(fault.text, parse_float=Decimal)
        case "unstored":
            return unstored(shop, method, params, fault.text)
        case "altered":
            value = json.loads(fault.text, parse_float=Decimal)
            return call(shop, method, [params[0], with_leaves(params[1], value), *params[2:]])
    listed = call(shop, method, params)
    if not isinstance(listed, list):
        return listed
    return listed[1:] if fault.kind == "left_out" else listed[:1] + listed


def unstored(shop: Shop, method: str, params: Params, shown: str) -> object:
    """Answer a write that stores nothing: as a success would, or with `shown`."""
    done = call(replace(shop, tables=deepcopy(shop.tables)), method, params)  # On a copy that is thrown away.
    if not shown:
        return done
    if shown == "old":
        return call(shop, f"{method.partition('.')[0]}.get", [params[0], *params[2:]])
    return json.loads(shown, parse_float=Decimal)


def with_leaves(patch: object, value: object) -> object:
    """Return `patch` with every value in it replaced."""
    return {key: with_leaves(one, value) for key, one in patch.items()} if isinstance(patch, dict) else value
