"""Servers on ports of loopback, on one event loop in a thread of its own."""

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from threading import Thread
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from specter_tui.sandbox.server.http_front import SocketProtocol

HOST = "127.0.0.1"


class Servers:
    """Runs servers; `beside` runs on the same event loop as long as they do."""

    def __init__(self, beside: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._beside = beside
        self._servers: list[uvicorn.Server] = []
        self._thread: Thread | None = None

    def start(self, *applications: tuple[ASGIApp, int]) -> list[str]:
        """Serve each application at its port (0: any free one); return their addresses when all accept connections."""
        with ExitStack() as bound:
            sockets = [listening(port, bound) for _, port in applications]
            bound.pop_all()
        self._servers = [server(application) for application, _ in applications]
        self._thread = Thread(target=asyncio.run, args=[self._serve(sockets)], name="sandbox", daemon=True)
        self._thread.start()
        while not all(one.started for one in self._servers):
            if not self._thread.is_alive():
                raise RuntimeError("the sandbox did not start")
            time.sleep(0.002)
        return [f"http://{HOST}:{one.getsockname()[1]}" for one in sockets]

    def stop(self) -> None:
        """Stop the servers, and close open connections."""
        for one in self._servers:
            one.should_exit = one.force_exit = True
        if self._thread is not None:
            self._thread.join()

    async def _serve(self, sockets: list[socket.socket]) -> None:
        beside = asyncio.create_task(self._beside())
        await asyncio.gather(*(one.serve([own]) for one, own in zip(self._servers, sockets, strict=True)))
        beside.cancel()
        for own in sockets:
            own.close()


def listening(port: int, bound: ExitStack) -> socket.socket:
    """Return a socket that listens on loopback; `bound` closes it."""
    # asyncio disables Nagle's algorithm only where the protocol is named, which socket.create_server does not do;
    # without that every answer is 40 ms late.
    made = bound.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP))
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((HOST, port))
    made.listen(512)
    return made


def server(app: ASGIApp) -> uvicorn.Server:
    """Return a server for one application that logs nothing."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=SocketProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_keep_alive=60,
        )
    )
