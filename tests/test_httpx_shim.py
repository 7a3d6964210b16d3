"""The shim for httpcore: needed while it looks for sniffio at each call, and harmless where sniffio is."""

import inspect
import subprocess
import sys

from httpcore import _synchronization

SAYS = "import {wire}, sys; print(sys.modules.get('sniffio', 'looked for'))"


def test_the_shim_is_still_needed():
    assert "import sniffio" in inspect.getsource(_synchronization.current_async_library), "then remove the shim"


def test_an_absent_module_is_looked_for_no_more():
    for wire in ("specter_tui.abicart.rpc", "specter_tui.specter.transport"):
        command = [sys.executable, "-c", SAYS.format(wire=wire)]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "None\n"


def test_one_that_is_there_stays(tmp_path):
    (tmp_path / "sniffio.py").write_text("", encoding="utf-8")
    script = "import sys; import specter_tui.abicart.rpc; import sniffio; print(sniffio.__file__)"
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(tmp_path)})
    assert told.stdout == f"{tmp_path / 'sniffio.py'}\n"
