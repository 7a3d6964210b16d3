"""Nothing that would delay the first frame happens before it."""

import gc

import pytest
from textual.css.stylesheet import Stylesheet


@pytest.fixture
def uncollected():
    """Disable garbage collection as the process does at its start (specter_tui/__main__.py)."""
    gc.disable()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.mark.usefixtures("uncollected")
async def test_garbage_is_collected_from_the_first_frame_on(run):
    often, frozen = gc.get_threshold(), gc.get_freeze_count()
    async with run() as console:
        assert gc.isenabled()
        assert gc.get_freeze_count() > frozen, "and what is there then is not looked at any more"
        assert console.app.model.looked_at, "nor the orders"
        assert gc.get_threshold() == often


@pytest.mark.parametrize("environment", [{"TERM": "xterm-256color"}, {"TERM": "xterm-256color", "NO_COLOR": "1"}])
async def test_the_style_sheet_is_read_once(run, monkeypatch, environment):
    again: list[Stylesheet] = []

    def reparse(sheet: Stylesheet) -> None:
        again.append(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", reparse)
    async with run(environment=environment) as console:
        assert again == []
        console.app.apply_theme("light" if console.app.theme != "light" else "dark")
        await console.settle()
        assert again, "as it is for another theme"
