"""Two plain clients, written for these tests only: they share no code with those of specter-tui."""

from typing import Any
from urllib.parse import urlencode

import httpx

from specter_tui.sandbox.sandbox import Sandbox

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

PERSON = {
    "forceCustomerUpdate": "1",
    "customerOrganizationalForm": "P",
    "firstName": "Åsa",
    "surName": "Öberg",
    "emailAddress": "asa@example.se",
}
ROW = {
    "articleNo_1": "KASA-BJ",
    "articleName_1": "Kåsa",
    "priceExclVAT_1": "151.2",
    "noOfItems_1": "2",
    "vatPercent_1": "25",
}


class ShopClient:
    def __init__(self, sandbox: Sandbox) -> None:
        self.url = sandbox.settings["ABICART__URL"]
        self.context = {"webshop": sandbox.settings["ABICART__WEBSHOP"], "auth": sandbox.settings["ABICART__AUTH"]}

    def post(self, document: Any, **context: str) -> httpx.Response:
        return httpx.post(self.url, params=self.context | context, json=document, timeout=5, verify=False)

    def answer(self, method: str, *params: Any, **context: str) -> dict[str, Any]:
        return self.post({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}, **context).json()

    def call(self, method: str, *params: Any) -> Any:
        answer = self.answer(method, *params)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def error(self, method: str, *params: Any, **context: str) -> dict[str, Any]:
        return self.answer(method, *params, **context)["error"]


class SpecterClient:
    def __init__(self, sandbox: Sandbox) -> None:
        self.url = sandbox.settings["SPECTER__URL"]
        self.key = sandbox.specter.credentials.key
        self.base = {"sbmId": sandbox.settings["SPECTER__SBM_ID"], "useXML": "1"}
        if "SPECTER__API_USER_ID" in sandbox.settings:
            self.base["apiUserId"] = sandbox.settings["SPECTER__API_USER_ID"]

    def get(self, action: str, **fields: str) -> str:
        query = urlencode(self.base | {"action": action} | fields, encoding="latin-1")
        return httpx.get(f"{self.url}getInfo.asp?{query}", verify=False).content.decode("latin-1")

    def batch(self, action: str, number: str, **fields: str) -> str:
        return self.get(action, batchNo=number, key=self.key(number), **fields)

    def articles(self, *rows: dict[str, str], force: str = "1") -> str:
        form = {f"{name}_{n}": value for n, row in enumerate(rows, 1) for name, value in row.items()}
        return self.post("newArticleSubmit", {"forceArticleUpdate": force} | form, key=self.key(form["articleNo_1"]))

    def send(self, query: str, body: str | bytes, timeout: float = 5) -> httpx.Response:
        return httpx.post(f"{self.url}putInfo.asp?{query}", content=body, headers=FORM, timeout=timeout, verify=False)

    def post(self, action: str, body: dict[str, str], **query: str) -> str:
        answer = self.send(urlencode(self.base | {"action": action} | query), urlencode(body, encoding="latin-1"))
        assert answer.status_code == 200
        return answer.content.decode("latin-1")

    def send_order(self, timeout: float = 5) -> httpx.Response:
        form = {"key": self.key("4711"), "customerId": "4711", "externalOrderNo": "W-1"} | ROW
        query = urlencode(self.base | {"action": "newOrderSubmit"})
        return self.send(query, urlencode(form, encoding="latin-1"), timeout)

    def customer(self, **changes: str) -> str:
        form = PERSON | changes
        name = form.get("name") or f"{form['firstName']} {form['surName']}"
        return self.post("newCustomerSubmit", {"key": self.key(name)} | form)

    def order(
        self, customer: str = "4711", external: str = "W-1", rows: dict[str, str] | None = None, **more: str
    ) -> str:
        form = {"key": self.key(customer), "customerId": customer, "externalOrderNo": external} | more
        return self.post("newOrderSubmit", form | (ROW if rows is None else rows))
