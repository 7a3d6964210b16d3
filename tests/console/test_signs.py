"""A terminal that is not UTF-8 gets replacements of equal width."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from specter_tui.console.viewmodel.state_styles import FLAGS, STATE_STYLES
from specter_tui.text.output_encoding import plainly
from tests.console.terminal.test_terminal import plain, terminal

OUTPUTS = {
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "POSIX": {"LANG": "C", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("environment", OUTPUTS.values(), ids=OUTPUTS.keys())
def test_the_screen_is_whole_where_the_output_is_not_utf_8(tmp_path: Path, environment: dict[str, str]) -> None:
    with terminal(tmp_path, is_forked=False, **environment) as term:
        term.wait_for(b"* ready")
        term.write(b"q")
        assert term.end() == 0
        assert "\\u" not in plain(term.seen)

        assert max(term.seen) < 0x80 or environment == OUTPUTS["latin-1"]


@pytest.mark.parametrize("sign", [*(look.sign for look in STATE_STYLES.values()), *FLAGS.values(), *"│╭╮╰╯─▌◆█▁…åÅé漢"])
def test_a_sign_keeps_its_width_in_ascii(sign: str) -> None:
    assert plainly(sign).isascii()
    assert len(plainly(sign)) == cell_len(sign)
