"""Facts that the probe found, and its steps, each written before its first call.

Both are valid for one pair of accounts (`Settings.accounts`). Those of another pair count as absent: they are not
returned, and are overwritten by new ones of the same name.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from specter_tui.journal.codecs import moment
from specter_tui.journal.probe_models import COPY_STEPS, KEPT_COPY, NO_COPY, Fact, FactName, ProbeStep, StepResult
from specter_tui.journal.repositories.repository import Repository
from specter_tui.journal.shop_database import ShopDatabase, WritableDatabase

_FACTS = "SELECT name, value, step, at, operator FROM facts WHERE shop = ? AND accounts = ? ORDER BY name"
_PUT = """
    INSERT INTO facts (shop, name, accounts, value, step, at, operator) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (shop, name) DO UPDATE SET accounts = excluded.accounts, value = excluded.value, step = excluded.step,
      at = excluded.at, operator = excluded.operator
"""
_FORGET = "DELETE FROM facts WHERE shop = ? AND name = ? AND accounts = ?"
_STEPS = """
    SELECT step, subject, begun_at, operator, calls, ended_at, result, record FROM probe_steps
    WHERE shop = ? AND accounts = ? ORDER BY begun_at, step
"""
_BEGUN = "SELECT 1 FROM probe_steps WHERE shop = ? AND step = ? AND subject = ? AND accounts = ?"
_BEGIN = """
    INSERT INTO probe_steps (shop, step, subject, accounts, begun_at, operator) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (shop, step, subject) DO UPDATE SET accounts = excluded.accounts, begun_at = excluded.begun_at,
      operator = excluded.operator, calls = 0, ended_at = NULL, result = NULL, record = ''
"""
_CALL = "UPDATE probe_steps SET calls = calls + 1 WHERE shop = ? AND step = ? AND subject = ? AND ended_at IS NULL"
_CALLS = "SELECT COALESCE(SUM(calls), 0) FROM probe_steps WHERE shop = ? AND accounts = ?"
_END = """
    UPDATE probe_steps SET ended_at = ?, result = ?, record = ?
    WHERE shop = ? AND step = ? AND subject = ? AND ended_at IS NULL
"""


class AccountFacts(Repository):
    """The operations that read facts."""

    def __init__(self, db: ShopDatabase) -> None:
        self._db = db

    def all(self, accounts: str) -> dict[str, Fact]:
        """Return all facts about these accounts, by name. Raises JournalError."""
        return {
            name: Fact(name, json.loads(value), step, moment(at), operator)
            for name, value, step, at, operator in self._db.rows(_FACTS, (self._db.shop, accounts))
        }

    def value(self, accounts: str, name: FactName) -> Any:
        """Return the value of a fact as JSON has it, None if it is not known. Raises JournalError."""
        fact = self.all(accounts).get(name)
        return None if fact is None else fact.value


class FactRecorder(Repository):
    """The operation that writes facts."""

    def __init__(self, db: WritableDatabase) -> None:
        self._db = db

    def put(self, accounts: str, step: str, facts: Mapping[FactName, Any]) -> None:
        """Write facts that a step, or a command, found about these accounts."""
        with self._db.change:
            self.insert(accounts, step, facts)

    def forget(self, accounts: str, names: Iterable[str]) -> None:
        """Remove facts about these accounts that were disproved."""
        with self._db.change:
            for name in names:
                self._db.execute(_FORGET, (self._db.shop, name, accounts))

    def insert(self, accounts: str, step: str, facts: Mapping[FactName, Any]) -> None:
        """Write facts inside a change."""
        now = self._db.now()
        for name, value in facts.items():
            text = json.dumps(value, ensure_ascii=False)
            self._db.execute(_PUT, (self._db.shop, name, accounts, text, step, now, self._db.holder))


class ProbeSteps(Repository):
    """The operations on the probe's steps."""

    def __init__(self, db: WritableDatabase, facts: FactRecorder) -> None:
        self._db = db
        self._facts = facts

    def all(self, accounts: str) -> list[ProbeStep]:
        """Return the steps that were begun with these accounts, in the order of their beginning."""
        return [
            ProbeStep(
                step,
                subject,
                moment(begun),
                operator,
                calls,
                None if ended is None else moment(ended),
                result or "broken_off",
                json.loads(record or "null"),
            )
            for step, subject, begun, operator, calls, ended, result, record in self._db.rows(
                _STEPS, (self._db.shop, accounts)
            )
        ]

    def unsure(self, accounts: str) -> dict[str, Any]:
        """Return what steps saw without being sure of it, by the name of the fact; the last one counts."""
        facts = [fact for step in self.all(accounts) for fact in (step.record or {}).get("facts", ())]
        return {fact["name"]: fact["value"] for fact in facts if not fact["sure"]}

    def copies_left(self, accounts: str) -> list[str]:
        """Return the numbers of copies at Specter that nobody has confirmed as deleted, empty for one in doubt."""
        steps = {(one.step, one.subject): one for one in self.all(accounts)}
        left = []
        for (name, subject), made in steps.items():
            held = steps.get((COPY_STEPS.get(name, ""), subject))
            copy = ((made.record or {}).get("kept") or {}).get(KEPT_COPY, "")
            settled = copy == NO_COPY or made.result == "skipped" or (held is not None and held.result == "done")
            if name in COPY_STEPS and not settled:
                left.append(copy)
        return left

    def begin(self, accounts: str, step: str, subject: str = "", *, again: bool = False) -> bool:
        """Write a step before its first call; False if it was begun before, and `again` does not allow a repeat."""
        with self._db.change:
            if not again and self._db.rows(_BEGUN, (self._db.shop, step, subject, accounts)):
                return False
            values = (self._db.shop, step, subject, accounts, self._db.now(), self._db.holder)
            self._db.execute(_BEGIN, values)
        return True

    def count_call(self, accounts: str, step: str, subject: str = "") -> int:
        """Write a call of a step before it is sent; return the number of calls of all steps with these accounts."""
        with self._db.change:
            self._db.execute(_CALL, (self._db.shop, step, subject))
            return int(self._db.rows(_CALLS, (self._db.shop, accounts))[0][0])

    def end(
        self,
        accounts: str,
        step: str,
        subject: str,
        result: StepResult,
        record: Any,
        facts: Mapping[FactName, Any],
    ) -> None:
        """Write the end of a step and the facts that it found, in one commit."""
        with self._db.change:
            text = json.dumps(record, ensure_ascii=False)
            self._db.execute(_END, (self._db.now(), result, text, self._db.shop, step, subject))
            self._facts.insert(accounts, step, facts)
