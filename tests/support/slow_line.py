"""A connection to a distant server: its bytes arrive late, however many are in flight."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from queue import SimpleQueue


@contextmanager
def distant(port: int, seconds: float) -> Iterator[int]:
    """Listen on a free port, and forward everything to a port of this machine; give the free port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_accept, args=(listening, port, seconds), daemon=True).start()
        yield listening.getsockname()[1]


def _accept(listening: socket.socket, port: int, seconds: float) -> None:
    with suppress(OSError):
        while True:
            near, _ = listening.accept()
            far = socket.create_connection(("127.0.0.1", port))
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for start, end, delay in ((near, far, 0.0), (far, near, seconds)):
                late: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
                threading.Thread(target=_read, args=(start, late, delay), daemon=True).start()
                threading.Thread(target=_write, args=(end, late), daemon=True).start()


def _read(start: socket.socket, late: SimpleQueue[tuple[float, bytes]], delay: float) -> None:
    data = b" "
    while data:
        try:
            data = start.recv(65536)
        except OSError:
            data = b""
        late.put((time.monotonic() + delay, data))


def _write(end: socket.socket, late: SimpleQueue[tuple[float, bytes]]) -> None:
    with closing(end), suppress(OSError):
        while True:
            due, data = late.get()
            time.sleep(max(0.0, due - time.monotonic()))
            if not data:
                return
            end.sendall(data)
