"""The shop's error answers (docs/wires.md, the shop's error codes)."""

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
WEBSHOP_MISSING = 1001
INVALID_WEBSHOP = 1002
INVALID_LANGUAGE = 1003
FORBIDDEN = 1006
VALIDATION_FAILED = 9001
NOT_FOUND = 9003


class RpcError(Exception):
    """An error answer: `code`, `message` and, for some errors, `data`."""

    def __init__(self, code: int, message: str, data: object = None) -> None:
        super().__init__(f"{code} {message}: {data}" if data else f"{code} {message}")
        self.code = code
        self.message = message
        self.data = data

    def document(self) -> dict[str, object]:
        """Return the error object of the answer."""
        return {"code": self.code, "message": self.message} | ({"data": self.data} if self.data is not None else {})


def invalid(message: str, pointer: str) -> RpcError:
    """Return -32602 with a JSON Pointer, relative to `params`, to the bad place."""
    return RpcError(INVALID_PARAMS, "Invalid params", [{"message": message, "pointer": pointer}])


def not_found() -> RpcError:
    """Return 9003: the uid is unknown, or not visible in this context."""
    return RpcError(NOT_FOUND, "Object not found")
