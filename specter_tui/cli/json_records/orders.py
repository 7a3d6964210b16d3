"""The objects that commands print with `--json`. docs/json.md is made from them; keys may be added, none changes."""

from typing import Annotated, Literal, TypedDict

from specter_tui.engine.order_states import OrderState


class ProblemRecord(TypedDict):
    """A reason why an order is held, or a warning."""

    code: Annotated[str, "the same in every language and version"]
    field: Annotated[str, "the part of the document, or empty"]
    text: Annotated[str, "the problem, in the language of the screen"]
    cure: Annotated[str, "what to do about it, in the language of the screen"]


class OrderRecord(TypedDict):
    """An order, as `orders`, `export`, `resolve`, `watch` and `articles export --retry-orders` print it."""

    order: Annotated[str, "order number"]
    uid: Annotated[int, "the order's key in the shop"]
    state: Annotated[OrderState, "state"]
    step: Annotated[Literal["customer", "order"] | None, "the call that is next, or was in flight"]
    specter_number: Annotated[int | str | None, "order number in Specter; a text if it is not of digits alone"]
    written_back: Annotated[bool, "true once the shop shows the Specter number"]
    problems: Annotated[list[ProblemRecord], "why the order is held"]
    message: Annotated[str, "why the order is where it is, in the language of the screen"]
    code: Annotated[str | None, "the code of the message; null where there is none"]
    total: Annotated[str | None, "total with two decimals; null where it is not known"]
    currency: Annotated[str, "currency of the total"]
    placed: Annotated[str | None, "when the order was placed, RFC 3339 in UTC"]
    external_number: Annotated[str | None, "the number that Specter knows the order by; null before its first claim"]
    proposed_number: Annotated[str | None, "a Specter number that a refusal named, for a person to accept"]
    by_hand: Annotated[bool, "true if only a person sends the order"]
    write_back: Annotated[Literal["none", "due", "done", "conflict"], "the Specter number on its way to the shop"]


class TodoRecord(TypedDict):
    """One thing that waits for a person, as `todo` prints it."""

    shop: Annotated[int, "the shop's number"]
    kind: Annotated[str, "what it is about"]
    order: Annotated[str | None, "order number"]
    item: Annotated[str | None, "article number or row"]
    since: Annotated[str | None, "since when it waits, RFC 3339 in UTC"]
    code: Annotated[str, "the same in every language and version"]
    text: Annotated[str, "what waits, in the language of the screen"]
    cure: Annotated[str, "what to do, in the language of the screen"]
    command: Annotated[str, "the command that does it, or empty"]


class FindingRecord(TypedDict):
    """One finding of `check`."""

    level: Annotated[Literal["ok", "note", "problem"], "problem: something would be blocked"]
    what: Annotated[str, "what was tested"]
    text: Annotated[str, "the finding"]
    out_of_reach: Annotated[bool, "true if shop or Specter could not be reached"]


class SettingRecord(TypedDict):
    """One setting, as `config show` prints it."""

    name: Annotated[str, "name without the prefix"]
    value: Annotated[str, "value in use; keys are struck out"]
    origin: Annotated[Literal["environment", "file", "fact", "default"], "where the value comes from"]
    where: Annotated[str, "the variable, the file and line, or the step that found the fact"]
    fact: Annotated[str | int | None, "what the account was found to do, where it is known"]


RECORDS: tuple[type, ...] = (OrderRecord, ProblemRecord, TodoRecord, FindingRecord, SettingRecord)
