"""A connection for each call, closed whenever the call is cut."""

import asyncio
import gc
import ssl
from urllib.parse import urlsplit

from specter_tui.specter.http_exchange import Exchanges, Request


async def test_a_call_that_is_cut_while_it_connects_leaves_no_connection_open() -> None:
    """Each call is cut one turn of the loop later than the one before; a socket left open is an error of the tests."""

    async def accept(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    async with server:
        address = urlsplit(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
        exchanges = Exchanges(address, ssl.create_default_context(), None, most=1)
        for turns in range(20):
            call = asyncio.create_task(exchanges(Request("GET", "/", {}), connect_seconds=5, largest=100))
            for _ in range(turns):
                await asyncio.sleep(0)
            call.cancel()
            await asyncio.wait([call])
            del call
    gc.collect()
