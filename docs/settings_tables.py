"""Make settings.env.example and docs/settings.md from config/settings.py: `python -m docs.settings_tables`."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from specter_tui.config.settings import Section, Settings

ROOT = Path(__file__).parent.parent
EXAMPLES = {"ABICART__WEBSHOP": "12345", "SPECTER__SBM_ID": "1234", "ORDER__SINCE": "2026-01-01"}


@dataclass(frozen=True)
class Row:
    name: str
    default: str
    meaning: str
    required: bool


def sections() -> Iterator[tuple[str, str, list[Row]]]:
    for name, field in Settings.model_fields.items():
        section = field.annotation
        if not (isinstance(section, type) and issubclass(section, Section)):
            raise TypeError(f"{name} is no section")
        rows = [row(f"{name}__{key}".upper(), about) for key, about in section.model_fields.items()]
        yield name.upper(), (section.__doc__ or "").strip(), rows


def row(name: str, about: FieldInfo) -> Row:
    meaning = re.sub(r"\s+", " ", about.description or "")
    if name == "UI__LANGUAGE":
        return Row(name, "", meaning, required=False)
    if about.is_required():
        return Row(name, EXAMPLES.get(name, ""), meaning, required=True)
    return Row(name, written(about.get_default(call_default_factory=True, validated_data={})), meaning, required=False)


def written(value: object) -> str:
    match value:
        case None | ():
            return ""
        case bool():
            return str(value).lower()
        case timedelta():
            seconds = int(value.total_seconds())
            return f"{seconds // 60} min" if seconds % 60 == 0 and seconds >= 120 else f"{seconds} s"
        case tuple():
            return ",".join(value)
        case dict():
            return json.dumps(value)
        case SecretStr():
            return ""
        case _:
            return str(value)


def example() -> str:
    lines = [
        "# Settings of specter-tui. Copy to settings.env, fill in what has no default, and run: chmod 600 settings.env",
        "# A line that begins with # shows a default. Environment variables override this file.",
    ]
    for name, title, rows in sections():
        lines += ["", f"# --- {name}: {title}"]
        for one in rows:
            lines.append(f"# {one.meaning}")
            lines.append(f"{one.name}={one.default}" if one.required else f"#{one.name}={one.default}")
    return "\n".join(lines) + "\n"


def table() -> str:
    lines = [
        "# Settings",
        "",
        "Made from `specter_tui/config/settings.py` by `python -m docs.settings_tables`.",
        "Each is read from the environment,",
        "then from one file: the one named by `--settings`, else `./settings.env`, else `settings.env` in the user's",
        "config folder. The file holds keys: it must be a plain file of yours that nobody else can read (`chmod 600`),",
        "or it is refused. Times are written `30 s`, `15 min` or `2 h`; lists with commas; maps as JSON.",
        "",
        "**Several shops.** `--settings` may be given several times, or name a folder: each `NAME.env` in it is a",
        "shop. The console, `watch`, `check`, `orders`, `report`, `export --all` and `stock pull` then work for all,",
        'each line with its shop (`"shop"` in JSON); every other command works for one shop and asks for its file.',
        "A file that cannot be used is refused by itself, with its name and setting; two files of one shop, or of",
        "one SQLite journal, are both refused. Shops with one `SPECTER__API_USER_ID` and a `SYNC` setting on are",
        "served by one program, which fetches for all of them; another program with one of them is refused.",
        "The environment may then hold settings of the process only (`WATCH__`,",
        "`LIMITS__`, `JOURNAL__`, `ALERT__`, `METRICS__`, `LOG__`, `UI__`). If it holds a setting of a shop",
        "(`ABICART__`, `SPECTER__`, `CUSTOMER__`, `ORDER__`, `ARTICLE__`, `STOCK__`, `DELIVERY__`), which would",
        "override every file, the program does not start.",
    ]
    for name, title, rows in sections():
        lines += ["", f"## {name}", "", title, "", "| name | default | meaning |", "| --- | --- | --- |"]
        for one in rows:
            default = "required" if one.required else f"`{one.default}`" if one.default else "-"
            lines.append(
                f"| {one.name} | {default.replace('|', chr(92) + '|')} | {one.meaning.replace('|', chr(92) + '|')} |"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    (ROOT / "settings.env.example").write_text(example(), encoding="utf-8")
    (ROOT / "docs" / "settings.md").write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main()
