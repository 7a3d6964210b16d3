"""Send alerts with apprise, an optional extra; never on the engine's event loop, and without delaying shutdown."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from importlib.util import find_spec

from pydantic import SecretStr


def can_send() -> bool:
    """Return whether apprise is installed."""
    return find_spec("apprise") is not None


class Alerter:
    """Sends one text at a time, on a thread that ends with the process."""

    def __init__(self, urls: Sequence[SecretStr]) -> None:
        self._urls = urls
        self._last: Future[list[bool]] | None = None

    async def send(self, title: str, text: str) -> list[bool]:
        """Send to each address; return whether each accepted. None is sent while an earlier text is still in flight."""
        nobody = [False] * len(self._urls)
        if self._last is not None and not self._last.done():
            return nobody
        answer: Future[list[bool]] = Future()
        self._last = answer

        def work() -> None:
            taken = nobody
            try:
                taken = send_to(self._urls, title, text)
            except Exception:  # A service's plugin may fail in any way; the alert counts as not accepted.
                logging.getLogger(__name__).exception("an alert failed")
            finally:
                answer.set_result(taken)

        threading.Thread(target=work, name="alerts", daemon=True).start()
        return await asyncio.shield(asyncio.wrap_future(answer))


def send_to(urls: Sequence[SecretStr], title: str, text: str) -> list[bool]:
    """Send to every address; return whether each accepted. Imported late, since apprise is large and rarely needed."""
    from apprise import Apprise, NotifyFormat  # noqa: PLC0415

    # Its log messages contain the addresses, and these contain keys.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    taken = []
    for url in urls:
        # The service itself, not the Apprise object: its thread pool would prevent the process from ending.
        service = Apprise.instantiate(url.get_secret_value(), suppress_exceptions=True)
        told = service is not None and service.notify(title=title, body=text, body_format=NotifyFormat.TEXT)
        taken.append(bool(told))
    return taken


def kind_of(url: SecretStr) -> str:
    """Return the kind of service of an address; the rest of it may contain a key."""
    kind = url.get_secret_value().partition(":")[0]
    return kind if kind.isascii() and kind.isalnum() else "?"
