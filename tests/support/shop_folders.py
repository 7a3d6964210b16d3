"""A folder of settings files for shops on sandboxes."""

from collections.abc import Mapping
from pathlib import Path

from specter_tui.sandbox.sandbox import Sandbox


def shop_file(folder: Path, name: str, settings: Mapping[str, str], mode: int = 0o600) -> Path:
    """Write one shop's settings file; the folder is made if it is missing."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.env"
    file.write_text("".join(f"{key}='{value}'\n" for key, value in settings.items()), encoding="utf-8")
    file.chmod(mode)
    return file


def shops_folder(folder: Path, *sandboxes: Sandbox, **others: str) -> Path:
    """Write a file for each sandbox, `shop-NUMBER.env`, each with a journal of its own beside the folder."""
    for sandbox in sandboxes:
        number = sandbox.settings["ABICART__WEBSHOP"]
        own = {
            "JOURNAL__URL": f"sqlite:///{folder.parent / f'journal-{number}' / 'journal.db'}",
            "JOURNAL__SEEN": str(folder.parent / "seen"),
            "UI__LANGUAGE": "en",
        }
        shop_file(folder, f"shop-{number}", {**sandbox.settings, **own, **others})
    return folder
