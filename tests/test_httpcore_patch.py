"""The patches of httpcore: needed with its present version, and harmless where sniffio is installed."""

import inspect
import subprocess
import sys

import httpx
from httpcore import _synchronization
from httpcore._async.http11 import AsyncHTTP11Connection

from specter_tui.http import httpcore_patch
from tests.support.raw_server import raw

SAYS = "import {wire}, sys; print(sys.modules.get('sniffio', 'looked for'))"


def test_the_shim_is_still_needed():
    assert "import sniffio" in inspect.getsource(_synchronization.current_async_library), "then remove the shim"


async def test_bytes_behind_an_answer_are_still_kept_by_httpcore_itself(monkeypatch):
    monkeypatch.setattr(AsyncHTTP11Connection, "_response_closed", httpcore_patch._keeping)

    async def twice(line):
        await line.read()
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"
        await line.write(answer + b"1" + answer + b"2")
        await line.read()

    async with raw(twice) as server, httpx.AsyncClient() as client:
        assert [(await client.get(server.address)).text for _ in range(2)] == ["1", "2"], "then remove the shim"


def test_an_absent_module_is_looked_for_no_more():
    command = [sys.executable, "-c", SAYS.format(wire="specter_tui.abicart.jsonrpc")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "None\n"


def test_one_that_is_there_stays(tmp_path):
    (tmp_path / "sniffio.py").write_text("", encoding="utf-8")
    script = "import sys; import specter_tui.abicart.jsonrpc; import sniffio; print(sniffio.__file__)"
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(tmp_path)})
    assert told.stdout == f"{tmp_path / 'sniffio.py'}\n"
