"""The record of a sandbox: calls counted, and each breach of a protocol as a sentence."""

from collections import Counter
from threading import Lock


class Ledger:
    """Counts calls by server and name, and records breaches; for a correct client `complaints` is empty."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: dict[str, Counter[str]] = {}
        self.complaints: list[str] = []

    def count(self, server: str, name: str) -> None:
        """Count one call of `name` (a method or action) to `server`."""
        with self._lock:
            self._calls.setdefault(server, Counter())[name] += 1

    def complain(self, server: str, text: str) -> None:
        """Record a breach by a client of `server`."""
        with self._lock:
            self.complaints.append(f"{server}: {text}")

    def calls(self) -> dict[str, dict[str, int]]:
        """Return how often each name was called, by server."""
        with self._lock:
            return {server: dict(counter) for server, counter in self._calls.items()}

    def clear(self) -> None:
        """Clear all calls and complaints."""
        with self._lock:
            self._calls.clear()
            self.complaints.clear()
