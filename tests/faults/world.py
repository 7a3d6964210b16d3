"""A shop and a Specter in a process of their own, and programs that work with them and are really killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from specter_tui.journal.errors import NotInJournal
from specter_tui.journal.journal_reader import JournalReader
from specter_tui.journal.location import JournalLocation, journal_place
from specter_tui.journal.models import Entry, Event, Verb
from specter_tui.journal.opening import open_reader
from tests.faults.programs import Program
from tests.faults.proxy import Proxy
from tests.faults.terminal import Terminal, open_terminal
from tests.support.environment import in_environment
from tests.support.file_modes import mode
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
SECRETS = ("ABICART__AUTH", "SPECTER__API_USER_KEY", "SPECTER__INTEGRATION_KEY")
CUSTOMER, ORDER = "newCustomerSubmit", "newOrderSubmit"
ACCOUNTED_FOR = ("sending", "unknown", "exists", "exported", "closed")
"""States in which Specter may have the order."""


class World:
    """The sandbox as a process, and its control API. Orders are named by their uids."""

    def __init__(self, line: str) -> None:
        told = json.loads(line)
        self.settings: dict[str, str] = told["settings"]
        self._control = httpx.Client(base_url=told["control"], timeout=PATIENCE)
        self.refuses_duplicates = self.settings["SPECTER__REFUSES_DUPLICATES"] == "true"

    def get(self, path: str, **query: str) -> Any:
        return self._control.get(path, params=query).raise_for_status().json()

    def post(self, path: str, **body: Any) -> Any:
        return self._control.post(path, json=body).raise_for_status().json()

    def forget(self) -> None:
        """Begin again: no order, no fault, no counts."""
        for server in ("shop", "specter"):
            self.heal(server)
        self._control.delete("/shop/orders").raise_for_status()
        self.forget_calls()

    def forget_calls(self) -> None:
        """Begin again to count calls and breaches."""
        self._control.delete("/ledger")

    def close(self) -> None:
        self._control.close()

    def place(self, count: int = 1) -> list[int]:
        return [order["uid"] for order in self.post("/shop/place", count=count)]

    def documents(self) -> dict[int, dict[str, Any]]:
        """Return the placed orders that are not discarded."""
        return {order["uid"]: order for order in self.get("/shop/orders") if not order.get("discarded")}

    def document(self, uid: int) -> dict[str, Any]:
        return self.get(f"/shop/orders/{uid}")  # type: ignore[no-any-return]

    def edit(self, uid: int) -> None:
        """Edit as an administrator: twice as much of everything, so that the VAT stays in proportion."""
        for row in self.document(uid)["items"]:
            self.post(f"/shop/orders/{uid}/edit", item=row["uid"], quantity=2 * row["choices"]["quantity"])

    def write_number(self, uid: int, number: str) -> None:
        """Write another link's number on the shop's order."""
        context = {"webshop": self.settings["ABICART__WEBSHOP"], "auth": self.settings["ABICART__AUTH"]}
        params = [uid, {"externalOrderNumber": number}, ["uid"]]
        call = {"jsonrpc": "2.0", "id": 1, "method": "Order.set", "params": params}
        answer = httpx.post(self.settings["ABICART__URL"], params=context, json=call).json()
        assert answer["result"] == {"uid": uid}, answer

    def number(self, uid: int) -> str:
        """Return the order number, which is also the external number where no prefix is set."""
        return str(self.document(uid)["orderNumber"])

    def at_specter(self, external: str) -> list[dict[str, Any]]:
        return self.get("/specter/orders", external=external)

    def spoil(self, kind: str, call: str = "*", server: str = "specter", **more: Any) -> None:
        self.post(f"/faults/{server}", kind=kind, call=call, **more)

    def heal(self, server: str = "specter") -> None:
        self._control.delete(f"/faults/{server}")

    def calls(self, name: str) -> int:
        return sum(counts.get(name, 0) for counts in self.get("/calls").values())

    @property
    def complaints(self) -> list[str]:
        return self.get("/complaints")


@contextmanager
def sandbox(*words: str) -> Iterator[World]:
    """Run a sandbox in a process of its own, until the block ends."""
    # Of this seed the first 1,000 orders can all be exported, as they are and edited: each VAT comes out to the öre.
    command = [sys.executable, "-m", "specter_tui.sandbox", "--plain", "--seed", "33", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        world = World(process.stdout.readline())
        try:
            yield world
        finally:
            world.close()
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


class Machine:
    """One machine with one journal: its programs reach Specter through a proxy."""

    def __init__(self, world: World, proxy: Proxy, folder: Path, **settings: str) -> None:
        self.world = world
        self.proxy = proxy
        self.folder = folder
        self.journal = folder / "data" / "journal.db"
        self.settings = {
            **world.settings,
            "SPECTER__URL": proxy.url,
            "JOURNAL__URL": f"sqlite:///{self.journal}",
            "UI__LANGUAGE": "en",
            "XDG_STATE_HOME": str(folder / "state"),
            "LIMITS__TIMEOUT": "20",
            "WATCH__INTERVAL": "0.3",
            **settings,
        }
        self._running: list[Program] = []
        folder.mkdir()

    def start(self, *words: str, first: Callable[[], None] | None = None, **settings: str) -> Program:
        """Start the program; `first` runs in its process before it."""
        program = Program(self.folder, words, self._environment(settings), first)
        self._running.append(program)
        return program

    def run(self, *words: str, first: Callable[[], None] | None = None, **settings: str) -> Program:
        """Run the program to its end."""
        program = self.start(*words, first=first, **settings)
        program.end()
        assert "Traceback" not in program.err, program.err
        return program

    def export(self, *numbers: str, **settings: str) -> dict[int, dict[str, Any]]:
        """Export these orders, or all; return each one's line."""
        return self.run("export", *(numbers or ["--all"]), "--json", **settings).views

    @contextmanager
    def console(self, **settings: str) -> Iterator[Terminal]:
        """Run the console, in a terminal of its own."""
        with open_terminal(self._environment(settings)) as term:
            yield term

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if "__" not in name}
        return {**plain, "TERM": "xterm-256color", **in_environment(self.settings | settings)}

    def close(self) -> None:
        for program in self._running:
            program.close()

    def reader(self) -> JournalReader:
        return open_reader(self.place, self.shop)

    @property
    def shop(self) -> int:
        return int(self.settings["ABICART__WEBSHOP"])

    @property
    def place(self) -> JournalLocation:
        return journal_place(self.settings["JOURNAL__URL"], self.shop, str(self.folder / "state"))

    def entries(self) -> dict[int, Entry]:
        if self.place.server is None and not self.journal.exists():
            return {}
        try:
            with self.reader() as journal:
                return {entry.uid: entry for entry in journal.orders.entries()}
        except NotInJournal:
            return {}

    def entry(self, uid: int) -> Entry:
        return self.entries()[uid]

    def events(self, uid: int | None = None) -> list[Event]:
        with self.reader() as journal:
            return journal.events.page(uid, limit=100_000)

    def verbs(self, uid: int) -> list[Verb]:
        return [event.verb for event in self.events(uid)]

    def stands(self, uid: int) -> tuple[str, str | None]:
        entry = self.entry(uid)
        return entry.state, entry.step

    def held(self, uid: int) -> int:
        """Return how many orders Specter has with the order's external number."""
        return self.held_each([uid])[0]

    def held_each(self, uids: Iterable[int]) -> list[int]:
        """Return the same for many orders, in one read of the journal."""
        entries = self.entries()
        numbers = ((entry.external_no if (entry := entries.get(uid)) else "") or self.world.number(uid) for uid in uids)
        return [len(self.world.at_specter(number)) for number in numbers]

    def _check_files(self) -> None:
        """Check that the journal and all files beside it are the owner's only, without keys and customer data."""
        told = {self.settings[name] for name in SECRETS}
        for order in self.world.documents().values():
            told |= {order["customer"]["info"]["email"], order["customer"]["address"]["lastName"]}
        for place in (self.journal.parent, self.folder / "state"):
            for one in [place, *place.rglob("*")] if place.exists() else []:
                assert mode(one) == (0o700 if one.is_dir() else 0o600), f"{one}: {mode(one):o}"
                content = one.read_bytes() if one.is_file() else b""
                assert [word for word in told if word and word.encode() in content] == [], one

    def check(self) -> None:
        """Check the invariants."""
        assert self.world.complaints == []
        self._check_files()
        entries = self.entries()
        exported = [entry for entry in entries.values() if entry.state == "exported"]
        numbers = [entry.specter_number for entry in exported]
        assert None not in numbers
        assert len(set(numbers)) == len(numbers)
        for entry in entries.values():
            found = self.world.at_specter(entry.external_no) if entry.external_no else []
            assert len(found) <= 1, f"order {entry.order_number} is at Specter {len(found)} times"
            assert not found or entry.state in ACCOUNTED_FOR, entry
            if entry.state == "exported" and entry.external_no:
                assert [str(order["number"]) for order in found] == [entry.specter_number]
